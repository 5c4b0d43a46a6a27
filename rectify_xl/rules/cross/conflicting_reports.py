"""Two reports on one task disagree.

What it checks:
    Two units report the same task (same number and problem) and differ in a field that has one value per
    task; or two files of one unit differ and nothing tells which is the newer. Texts are compared without
    spaces and punctuation, deadlines and units by their reading; a blank contradicts nothing. Every side is told,
    each by the name of the other. What the office has decided on is not reported again; nor, against a last
    master, what it has filled in itself: protected-field-changed speaks of that.
Why:
    Programs that let the newest file win hide exactly what the office has to decide.
Wrong:
    市水利局: 已完成;  市财政局: 整改中
Right:
    Both report 整改中, or only the lead unit fills in the status
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.untouched import is_as_dispatched
from rectify_xl.common.findings import Severity
from rectify_xl.rounds import is_closing
from rectify_xl.rounds.joined_rows import joined_of_round
from rectify_xl.rounds.known_values import is_decided, task_of_rows
from rectify_xl.rounds.plan_parts import on_the_same_parts, says_what_the_plan_says
from rectify_xl.rules import ANY_CELL, at, phrases
from rectify_xl.schema.conversion import shown_in
from rectify_xl.tasks import differ, differing_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks import Reported

ZH = """对同一任务的填报互相矛盾。

查什么：
    两个单位填报同一任务（编号和问题都相同），在每项任务只应有一个值的列上不一致；或同一单位的两个文件不
    一致，又看不出哪个更新。文字不计空格标点，时限和单位按含义比较；空白不算矛盾。矛盾的各方都会收到，并
    写明对方是谁。整改办已经裁定的不再报；对照上期总台账时，整改办掌握而且已经填好的列也不报，写得不一样
    的由 protected-field-changed 指出。
为什么：
    有的程序让最新的文件直接覆盖，恰恰把需要整改办裁定的地方盖住了。
错例：
    市水利局填“已完成”，市财政局填“整改中”
正例：
    两家都填“整改中”，或只由牵头单位填写状态
"""
CODE = "X702"
SEVERITY = Severity.ERROR
FIELDS = ANY_CELL
SCOPE = "files"
MESSAGE = {
    "zh": "{label}“{value}”与{other}（{other_file} 的 {other_cell}）填报的“{other_value}”不一致；请与对方核实后统一",
    "en": "{label} “{value}” contradicts “{other_value}” of {other_en} ({other_cell} of {other_file}); settle it with them",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one hit per side and field that differs. Rows of one file are duplicate-task's business."""
    for task in joined_of_round(collection):
        for conflict in task.conflicts:
            known = collection.campaign.schema[conflict.field]
            sides = [side for side in conflict.sides if not _says_nothing(collection, *side)]
            reports = [report for report, _ in sides]
            if _is_kept_by_the_office(collection, conflict.sides[0][0], known) or _is_decided(collection, reports, known):
                continue
            if all(says_what_the_plan_says(collection, one, known) for one in reports):
                continue
            for report, field in sides:
                contradicted = (
                    (side, same)
                    for side in sides
                    if _of_another_file(side[0], report, known)
                    and (same := _comparable(collection, report, side[0], known))
                    and differ(*same, known)
                )
                if found := next(contradicted, None):
                    other, same = found
                    position = differing_part(*same, known)
                    value = collection.values(field)[position]
                    # Words stand in the message as they were written, figures and dates as the column shows them.
                    own: dict[str, Any] = {} if value is None or isinstance(value, str) else {"value": shown_in(known, value)}
                    yield at(position, field, **own, **_other_side(*other, report))


def _is_kept_by_the_office(collection: Collection, side: Reported, known: Field) -> bool:
    """Whether the ledger keeps its value whatever units say: protected-field-changed reports each that says otherwise."""
    task = task_of_rows(collection).get(side.positions[0]) if collection.base and known.owner == "office" else None
    is_kept = task is not None and (task.values.get(known.key) is not None or is_closing(known.key))
    return task is not None and is_kept and known.key not in task.disputed


def _is_decided(collection: Collection, sides: Sequence[Reported], known: Field) -> bool:
    """Whether the office has decided on it: on what a side says, while the others say nothing since."""
    base, decided = collection.base, [is_decided(collection, side, known) for side in sides]
    others = [side for side, is_known in zip(sides, decided, strict=True) if not is_known]
    return base is not None and any(decided) and all(base.merged_before(side.place.submission) for side in others)


def _says_nothing(collection: Collection, report: Reported, field: str) -> bool:
    """Whether a value is what the office has dispatched: where there is a base, that speaks for itself."""
    return collection.base is not None and all(is_as_dispatched(collection, at, field) for at in report.positions)


def _of_another_file(one: Reported, other: Reported, known: Field) -> bool:
    """Whether the reports came in two files; what is the unit's own only its own files can contradict."""
    if known.grain == "unit" and one.sender != other.sender:
        return False
    return one.place.submission.path != other.place.submission.path


def _comparable(collection: Collection, report: Reported, other: Reported, known: Field) -> tuple[Reported, Reported] | None:
    """Two reports as far as they speak of the same thing; of what is the office's they speak to the office."""
    return (report, other) if known.owner == "office" else on_the_same_parts(collection, report, other)


def _other_side(first: Reported, key: str, here: Reported) -> dict[str, Any]:
    """Who says otherwise, and where: a unit by its name, its own other file as that."""
    place = first.place
    unit = first.unit or place.submission.path
    own = bool(first.unit) and first.sender == here.sender
    said = phrases("other", "本单位另一份清单" if own else unit, "its own other list" if own else unit)
    facts: dict[str, Any] = {"other_file": place.submission.path, "other_sheet": place.table.sheet}
    return facts | said | {"other_cell": first.cell(key), "other_value": first.shown(key)}
