"""dispatch(): a master workbook -> one prefilled workbook per unit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.arguments import check_language, normalise_campaign, normalise_day, normalise_path
from rectify_xl.campaign.other_round import with_round
from rectify_xl.campaign.round_settings import check_round_id
from rectify_xl.campaign.schema_choice import chosen_by_master
from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.figures import whole_number
from rectify_xl.common.file_names import file_name, free_name
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.regular_file import bytes_of
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.dispatching import make_forms
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.saved_workbook import check_password
from rectify_xl.provenance.stamp import KIND, LAST_KEY, MASTER, PLAN
from rectify_xl.workbook import check_form_target, write_template
from rectify_xl.workflow.base import read_base

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike, DayLike, PathLike
    from rectify_xl.dispatching import DispatchForm
    from rectify_xl.ledger.master import Master

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True, repr=False)
class DispatchedFile(ShortRepr):
    """A workbook for a unit: its name in the folder, how many tasks it holds in which role, and its SHA-256."""

    path: str
    unit: str
    tasks: int
    lead: int
    cooperating: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {key: getattr(self, key) for key in ("path", "unit", "tasks", "lead", "cooperating", "sha256")}


@dataclass(frozen=True, slots=True, repr=False)
class Dispatched(ShortRepr):
    """What was dispatched.

    Attributes:
        round_id: the round.
        files: the workbooks with tasks, in the order of the roster.
        zero_forms: those for the report that there is nothing to report.
        notes: what somebody should know.
    """

    round_id: str
    files: tuple[DispatchedFile, ...]
    zero_forms: tuple[DispatchedFile, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def without_tasks(self) -> tuple[str, ...]:
        """The units that got the form of a zero report."""
        return tuple(file.unit for file in self.zero_forms)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON-ready data (docs/json-output.md)."""
        return {
            "version": 1,
            "round": self.round_id,
            "files": [file.to_dict() for file in self.files],
            "without_tasks": list(self.without_tasks),
            "zero_reports": [{"path": file.path, "unit": file.unit, "sha256": file.sha256} for file in self.zero_forms],
        }


def dispatch(
    master: PathLike,
    folder: PathLike,
    *,
    campaign: CampaignLike | None = None,
    unit: str | None = None,
    round_id: str | None = None,
    as_of: DayLike | None = None,
    lang: str = "zh",
) -> Dispatched:
    """Write the workbook that each unit fills in this round: its open tasks, what it said last, and what is asked of it.

    Decisions that stand in 冲突 and 待确认 count as applied; the master itself is not written.
    The same master, settings, day and language give the same bytes. Files of an earlier dispatch are replaced, unless
    somebody has saved them since.

    Args:
        master: a workbook that :func:`rectify_xl.write_master` or :func:`rectify_xl.write_tasks` wrote, edited since or not.
        folder: where the workbooks go; made where it is missing.
        campaign: the settings of the round, or the path of their folder; without, those that the master itself names.
        unit: for this unit alone, by any name that the roster knows.
        round_id: the round; the campaign's when absent, else the master's.
        as_of: the day on which overdue is judged, as a date or as text; today when absent.
        lang: language of the workbooks, ``zh`` or ``en``.

    Raises:
        RectifyError: the file is no master, or of another campaign; the roster has no such unit; a workbook cannot be written;
            or an argument has a wrong value.
        TypeError: an argument is of a wrong type.
    """
    path, target = normalise_path(master, "master"), normalise_path(folder, "folder")
    given = None if campaign is None else normalise_campaign(campaign)
    for name, text in (("unit", unit), ("round_id", round_id)):
        if text is not None and not isinstance(text, str):
            raise TypeError(f"{name} must be a text, not {type(text).__name__}")
    check_language(lang)
    day = normalise_day(as_of) or date.today()  # noqa: DTZ011 - the office's own calendar day
    content = _content(path)
    decided = with_decisions(_ledger(path, content, given, day), round_id)
    ledger = decided.master
    settings = chosen_by_master(given or ledger.campaign, ledger.campaign.schema.name)
    chosen = check_round_id(round_id) if round_id is not None else settings.round_id or ledger.campaign.round_id
    dated = with_round(settings, chosen)
    found = make_forms(ledger, base=hashlib.sha256(content).hexdigest(), campaign=dated, unit=unit, lang=lang)
    called = _names(found.units)
    names = [called[form.unit] for form in found.forms]
    for name in names:
        check_form_target(target / name)
    files = [_written(form, target, name) for form, name in zip(found.forms, names, strict=True)]
    unassigned = tuple(task.name for task in found.unassigned if unit is None)
    unlisted = tuple(form.unit for form in found.forms if settings.units and form.unit not in settings.unit_by_name)
    notes = (
        *ledger.notes, *decided.notes, *_notes(path, content, ledger, unassigned, unlisted, decided.count), *_passed(dated, day),
    )  # fmt: skip
    return Dispatched(chosen, tuple(file for file in files if file.tasks), tuple(file for file in files if not file.tasks), notes)


def _content(path: Path) -> bytes:
    """The bytes of a master: a list without keys is refused, since nothing could join what comes back."""
    try:
        content = bytes_of(path)
    except OSError as error:
        raise RectifyError(
            f"{path}: 无法打开（{os_reason(error).zh}）；请检查路径",
            f"{path}: cannot be opened ({os_reason(error).en}); check the path",
        ) from error
    marks = read_marks(content)
    if not marks.sheets:
        check_password(path)
        raise RectifyError(
            f"{path}: 不是 .xlsx 工作簿；总台账另存成了其他格式的，请用 Excel 或 WPS 打开，另存为 .xlsx 再派发",
            f"{path}: no .xlsx workbook; a master that was saved in another format has to be saved as .xlsx first",
        )
    if marks.properties.get(KIND) not in (MASTER, PLAN):
        raise RectifyError(
            f"{path}: 不是总台账，里面没有任务标识，报回来的表无法与任务对上；"
            "请先用 rectify-xl merge 生成总台账，或用 rectify-xl import 由方案生成任务清单，再派发",
            f"{path}: this is no master and has no task keys, by which the returned workbooks would be joined;"
            " make a master with rectify-xl merge, or a list with rectify-xl import, and dispatch that",
        )
    return content


def _ledger(path: Path, content: bytes, campaign: Campaign | None, day: date) -> Master:
    """What is dispatched: a master, or the tasks of a plan, on which nobody has reported yet."""
    if read_marks(content).properties.get(KIND) == PLAN:
        return read_base(path, campaign or Campaign(), day)
    return read_master(path, campaign=campaign, as_of=day)


def _names(units: Iterable[str]) -> dict[str, str]:
    """What each unit's workbook is called. All have a say: one made alone later must not take the place of another unit's."""
    taken: set[str] = set()
    return {unit: f"{free_name(file_name(unit), taken)}.xlsx" for unit in units}


def _written(form: DispatchForm, target: Path, name: str) -> DispatchedFile:
    write_template(form, target / name)
    roles = {row.key.partition(".")[0]: row.role for row in form.rows}
    lead = sum(role == "lead" for role in roles.values())
    digest = hashlib.sha256((target / name).read_bytes()).hexdigest()
    return DispatchedFile(name, form.unit, len(roles), lead, len(roles) - lead, digest)


def _passed(campaign: Campaign, day: date) -> Iterable[Text]:
    """Workbooks that ask for an answer by a day that is over: most likely nobody has begun the new round."""
    due = campaign.round_due
    if due and due < day:
        yield Text(
            f"填报表写的报送截止日期 {due} 已过；要开始新的一轮，请先运行 rectify-xl round，再重新派发",
            f"the workbooks ask for an answer by {due}, which is over;"
            " to begin a new round run rectify-xl round and dispatch again",
        )


def _named(names: tuple[str, ...]) -> Text:
    """The first names of many."""
    shown, more = names[:_MOST_NAMED], len(names) > _MOST_NAMED
    return Text("、".join(shown) + ("等" if more else ""), ", ".join(shown) + (" and others" if more else ""))


def _notes(
    path: Path, content: bytes, ledger: Master, unassigned: tuple[str, ...], unlisted: tuple[str, ...], decided: int
) -> Iterable[Text]:
    if decided:
        yield Text(
            f"{path}: 有 {decided} 条处理意见还没有写进总台账，填报表已按这些意见生成；"
            "下次 merge 或 summarize 时写入总台账，并记入“变更记录”",
            f"{path}: {decided} decisions do not stand in the ledger yet; the workbooks follow them,"
            " and the next merge or summarize applies and logs them",
        )
    if unassigned:
        names = _named(unassigned)
        yield Text(
            f"有 {len(unassigned)} 项任务没有写明单位，未派发：{names.zh}；请在总台账补上牵头单位",
            f"{len(unassigned)} tasks name no unit and were not dispatched: {names.en}; fill in the lead unit in the master",
        )
    if unlisted:
        names = _named(unlisted)
        yield Text(
            f"有 {len(unlisted)} 个单位不在单位名册中，填报表按台账中的写法生成：{names.zh}；请核对名称，或补入 units.csv",
            f"{len(unlisted)} units are not in units.csv; their workbooks bear the names as written: {names.en}; check them",
        )
    given = read_marks(content).properties.get(LAST_KEY, "0")
    known = whole_number(given)
    new = ledger.last_key - known if known is not None else 0
    if new:
        yield Text(
            f"{path}: 有 {new} 项任务是新加的行，标识还没有写进总台账；"
            f"请先运行 rectify-xl summarize {path.name} 再派发，以免总台账排序后对错任务",
            f"{path}: {new} tasks are new rows whose keys do not stand in the master yet; run rectify-xl summarize {path.name}"
            " and dispatch again, so that sorting the master cannot confuse them",
        )
