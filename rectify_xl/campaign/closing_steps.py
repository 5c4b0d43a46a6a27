"""The steps by which a task is closed, and the column that holds the day of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.schema.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.schema.schema import Schema

STEP_NAMES = {
    "apply": Text("申请销号", "application"),
    "review": Text("资料审核", "review of documents"),
    "inspect": Text("现场核查", "site check"),
    "accept": Text("验收", "acceptance"),
    "approve": Text("集体审定", "approval"),
    "sign": Text("领导签批", "signature"),
    "notice": Text("公示", "public notice"),
    "recheck": Text("上级复核", "re-check by the higher office"),
    "close": Text("销号", "strike-off"),
    "file": Text("归档", "filing"),
}
#: Step -> the field that holds its day; of the notice its first day, the last one stands in :data:`NOTICE_END`.
DAY_OF = {
    "apply": "applied_on", "review": "reviewed_on", "inspect": "site_checked_on", "accept": "accepted_on",
    "approve": "approved_on", "sign": "signed_on", "notice": "publicity_start", "recheck": "rechecked_on",
    "close": "closed_on", "file": "filed_on",
}  # fmt: skip
NOTICE_END = "publicity_end"


def with_steps(schema: Schema, steps: Sequence[str]) -> Schema:
    """The schema with a column for the day of every step; a step that it has no column for gets one behind the step before."""
    fields = list(schema.fields)
    for at, step in enumerate(steps):
        if DAY_OF[step] in (known.key for known in fields):
            continue
        before = [place for place, known in enumerate(fields) if known.key in _columns_of(steps[:at])]
        fields.insert(max(before, default=len(fields) - 1) + 1, _field(step))
    return schema if len(fields) == len(schema.fields) else replace(schema, fields=tuple(fields))


def _columns_of(steps: Sequence[str]) -> set[str]:
    return {DAY_OF[step] for step in steps} | ({NOTICE_END, "notice_medium"} if "notice" in steps else set())


def _field(step: str) -> Field:
    name = STEP_NAMES[step]
    return Field(
        DAY_OF[step],
        {"zh": f"{name.zh}日期", "en": f"Day of {name.en}"},
        "date",
        aliases=tuple(Text(f"{name.zh}时间", f"Date of {name.en}")),
        owner="unit" if step == "apply" else "office",
        width=13,
        hint={"zh": "由整改办填写。", "en": "Set by the office."},
    )
