"""Which workbook a merge goes on from: the last round's master, the master that it is about to replace, or a plan's list."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import normalise_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.intake.refusal import Refused
from rectify_xl.intake.sniff import sniff
from rectify_xl.ledger.source_rows import SourceRow
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.provenance.carried import task_key
from rectify_xl.provenance.stamp import KIND, LAST_KEY, MADE_FROM, MASTER, OWN_KINDS, ROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.ledger.decisions import Decided
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report

# What of a list is in none of its tasks.
_UNREAD = frozenset({"unread-rows", "unknown-column", "duplicate-column", "sheet-not-read", "read-in-part", "rounded-number"})


@dataclass(frozen=True)
class BaseChoice:
    """The workbook that a merge goes on from.

    Attributes:
        path: the workbook; None where it begins from nothing.
        own: the stamp of the master that goes on from itself: of which base it was made stays as it was.
        notes: what somebody should know of the choice.
    """

    path: Path | None
    own: Mapping[str, str] | None = None
    notes: tuple[Text, ...] = ()

    def stamped(self, master: Master) -> Master:
        """The master made of it, which names its base."""
        made_from = master.made_from if self.own is None else self.own.get(MADE_FROM, "")
        return replace(master, made_from=made_from, notes=(*self.notes, *master.notes))


def choose_base(output: Path, base: Path | None, *, fresh: bool = False) -> BaseChoice:
    """Which workbook a merge into ``output`` goes on from.

    A master that is there already goes on from itself, so that what the office did in it stays when a late file is merged.

    Args:
        output: the master to be written; where it exists it is a master of this campaign.
        base: the base that was named.
        fresh: leave what is there behind.

    Raises:
        RectifyError: the master that is there was made from another base than the one named.
    """
    if not output.exists():
        return BaseChoice(base)
    same = base is not None and os.path.realpath(base) == os.path.realpath(output)
    if fresh:
        return BaseChoice(None if same else base, notes=(_left_behind(output),))
    marks = _marks(output)
    made_from = marks.get(MADE_FROM, "")
    if base is None or same or (made_from and made_from == digest_of(base)):
        return BaseChoice(output, marks)
    theirs = _marks(base).get(ROUND, "")
    raise RectifyError(
        f"{output}: 已有这份台账，它不是由 {base}{f'（{theirs}）' if theirs else ''} 做成的，没有覆盖；"
        "要在它的基础上继续，请去掉 --base；要丢开它重新汇总，请加 --fresh",
        f"{output}: this master was not made from {base} and was not overwritten; leave --base out to go on from it,"
        " or add --fresh to start anew",
    )


def read_base(path: Path, campaign: Campaign, day: date | None) -> Master:
    """A base as a master, whose ``made_from`` says of which bytes it is.

    Raises:
        RectifyError: it cannot be read, is one of our other workbooks, or a master of another campaign.
    """
    from rectify_xl.ledger.reading import read_master  # noqa: PLC0415 - the first round needs none of it

    kind = _marks(path).get(KIND, "")
    if kind == MASTER or not path.is_file():
        return replace(read_master(path, campaign=campaign), made_from=digest_of(path))
    if kind in OWN_KINDS:
        raise RectifyError(
            f"{path}: 是本软件生成的校验报告，不能作为上期台账；请给出总台账，或方案的任务清单",
            f"{path}: a report of ours, which is no base; name a master, or the plan's list of tasks",
        )
    return _of_list(path, campaign, day)


def compared(path: Path, campaign: Campaign, day: date | None) -> tuple[Campaign, Decided, Base]:
    """A base with the decisions that the office made in it, and what lists are compared with.

    Args:
        path: see :func:`read_base`.
        campaign: the settings; those that come back have the schema of the base where they leave the choice open.
        day: the day on which it is judged.

    Raises:
        RectifyError: see :func:`read_base`.
    """
    # The first round needs none of it.
    from rectify_xl.campaign.schema_choice import chosen_by_master  # noqa: PLC0415
    from rectify_xl.history import last_deadlines, last_written  # noqa: PLC0415
    from rectify_xl.ledger.base_view import base_of  # noqa: PLC0415
    from rectify_xl.ledger.decisions import with_decisions  # noqa: PLC0415

    saved = read_base(path, campaign, day)
    settings = chosen_by_master(campaign, saved.campaign.schema.name)
    decided = with_decisions(saved, settings.round_id)
    written = last_written(settings.folder, path)
    reported = decided.master
    if written:  # there is a history
        from rectify_xl.ledger.last_words import as_reported  # noqa: PLC0415
        from rectify_xl.ledger.office_edits import edits_of  # noqa: PLC0415
        from rectify_xl.ledger.reading import read_saved  # noqa: PLC0415

        before = read_saved(written, path, campaign).master
        reported = as_reported(reported, before.reports)
        decided = replace(decided, edits=edits_of(before, saved))
    last = replace(base_of(reported), deadlines=last_deadlines(settings.folder, path, settings.round_id), left=decided.left)
    return settings, decided, last


def base_at(path: Path, campaign: CampaignLike | None, day: date | None) -> tuple[Campaign, Base]:
    """What lists are compared with, from a master or a plan's list, and the settings for it.

    Raises:
        RectifyError: see :func:`read_base`.
    """
    settings, _, last = compared(path, normalise_campaign(campaign), day)
    # Nothing is written here: the decisions stand where they were saved.
    return settings, replace(last, left=tuple(one._replace(cell=one.saved_cell) for one in last.left))


def _of_list(path: Path, campaign: Campaign, day: date | None) -> Master:
    """A plan's list: its tasks, on which nobody has reported yet."""
    from rectify_xl.ledger.keys import with_keys  # noqa: PLC0415 - of a list alone
    from rectify_xl.ledger.merging import consolidated  # noqa: PLC0415 - as above
    from rectify_xl.ledger.saved_workbook import check_password  # noqa: PLC0415 - as above
    from rectify_xl.rounds import planned_marks  # noqa: PLC0415 - as above
    from rectify_xl.workflow.validate import validate  # noqa: PLC0415 - as above

    report = validate([path], campaign=campaign, as_of=day, workers=1)
    if any(submission.reason == "own-output" for submission in report.submissions):
        if sniff(path).name == "xlsx":
            raise RectifyError(
                f"{path}: 是总台账，但台账标记已经丢失（用别的程序重新写过），不能作为上期台账；请改用原来的总台账，或它的备份",
                f"{path}: a master whose stamp is lost (another program has written it), which is no base; use the master"
                " itself, or one of its backups",
            )
        raise RectifyError(
            f"{path}: 是总台账或本软件的报告另存成的其他格式，不能作为上期台账；请用 Excel 或 WPS 打开，另存为 .xlsx 再用",
            f"{path}: a master or report of ours that was saved in another format, which is no base; save it as .xlsx first",
        )
    master = consolidated(report)
    if not master.tasks:
        check_password(path)
        raise RectifyError(
            f"{path}: 既不是总台账，也读不出任务清单；请给出总台账，或方案的任务清单",
            f"{path}: neither a master nor a list of tasks; name a master, or the plan's list of tasks",
        )
    keys = _keys_in(report)
    parts = {report.key: report.parts for report in reversed(master.reports) if report.parts}
    keyed = (
        replace(task, key=next((keys[row] for row in task.rows if row in keys), ""), parts=parts.get(task.key, ()))
        for task in master.tasks
    )
    tasks, last_key, _ = with_keys(keyed, _last_key(path))
    planned = planned_marks(campaign.schema, ((task.key, task.values) for task in tasks))
    return replace(
        master, tasks=tasks, last_key=last_key, campaign=replace(master.campaign, round_id=""), reports=(), absences=(),
        turnout={}, findings=(), report=None, from_list=True, planned=planned,
        made_from=digest_of(path), notes=(*master.notes, *_left_unread(path, report)),
    )  # fmt: skip


def _left_unread(path: Path, report: Report) -> Iterator[Text]:
    """What of a plan's list no task has: its findings are nobody's in the round, and the office has to know."""
    from rectify_xl.validation.engine import run_rules  # noqa: PLC0415 - of a list alone
    from rectify_xl.validation.exemptions import set_apart  # noqa: PLC0415 - as above

    slugs = {finding.slug for finding in report.findings} & _UNREAD
    if not slugs:
        return
    choice = replace(report.choice, select=tuple(sorted(slugs)))
    zh, en = (
        set_apart(report.collection, run_rules(report.collection, choice, lang=lang), choice).findings for lang in ("zh", "en")
    )
    for one, same in zip(zh, en, strict=True):
        where = " ".join(filter(None, (one.sheet, one.cell)))
        said, said_en = "：".join(filter(None, (where, one.message))), ": ".join(filter(None, (where, same.message)))
        yield Text(f"{path}: {said}", f"{path}: {said_en}")


def _keys_in(report: Report) -> dict[SourceRow, str]:
    """The keys that stand in the list: they stay, wherever the office has put the rows since."""
    return {
        SourceRow(submission.path, table.sheet, row.row): task_key(row.key)
        for submission in report.submissions
        for table in submission.tables
        for row in table.rows
        if row.key
    }


def _last_key(path: Path) -> int:
    """The highest key that was ever given in a list of ours."""
    return whole_number(_marks(path).get(LAST_KEY, "")) or 0


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes.

    Raises:
        RectifyError: it cannot be read.
    """
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        why = os_reason(error)
        raise RectifyError(f"{path}: 读不出来（{why.zh}）", f"{path}: cannot be read ({why.en})") from error


def _marks(path: Path) -> Mapping[str, str]:
    """The document properties of a workbook; none of a file that is none."""
    if not path.is_file():
        return {}
    try:
        if sniff(path).name != "xlsx":
            return {}
        return read_marks(path.read_bytes()).properties
    except (Refused, OSError):  # the reader of the list says what is wrong with it
        return {}


def _left_behind(output: Path) -> Text:
    return Text(
        f"--fresh：不再沿用 {output} 中的内容（改过的值、已定的意见、增加的任务和列）",
        f"--fresh: what the office did in {output} (values, decisions, added tasks and columns) is left behind",
    )
