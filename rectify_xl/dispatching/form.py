"""A dispatched workbook: a template with a unit's rows in it, the columns that they carry, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.dispatching.asked import Asked
from rectify_xl.provenance.carried import KEY, LAST_PROGRESS, ROLE, task_key
from rectify_xl.provenance.stamp import BASE
from rectify_xl.schema.fields import STATUS, Field
from rectify_xl.template.form import Choices, Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.dispatching.assignments import Role
    from rectify_xl.dispatching.rows import DispatchRow

ROLES = {"lead": Text("牵头", "Lead"), "cooperating": Text("配合", "Cooperating")}
ZERO = "本期零报告"  # in any language: the reader looks for these words
# No schema has such keys.
_ROLE, _LAST, _KEY = "carried:role", "carried:last_progress", "carried:key"


def _label(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


_CARRIED = {
    _ROLE: Field(_ROLE, _label(ROLE), "text", owner="office", width=8, hint={
        "zh": "牵头的任务写全部进展；配合的任务只写本单位承担部分的进展，状态和完成率由牵头单位填。",
        "en": "Of a task that you lead report all progress; of others your own share, without status and percentage.",
    }),
    _LAST: Field(_LAST, _label(LAST_PROGRESS), "long_text", owner="office", width=32, hint={
        "zh": "贵单位上期所报，供对照；请写本期的新进展，不要照抄。",
        "en": "What you reported last, to compare with; write what is new instead of copying it.",
    }),
    _KEY: Field(_KEY, _label(KEY), "text", owner="office", width=9),
}  # fmt: skip


@dataclass(frozen=True)
class DispatchForm(Template):
    """What one unit is sent.

    Attributes:
        rows: its tasks, one row each or one per part; none in the form of a zero report.
        base: the SHA-256 of the master that it was made of.
        asked: 本期要求.
    """

    rows: tuple[DispatchRow, ...] = ()
    base: str = ""
    asked: Asked = field(default_factory=lambda: Asked(()))

    @property
    def is_zero_form(self) -> bool:
        """Whether there is nothing to report on but that."""
        return not self.rows

    @property
    def stamp(self) -> dict[str, str]:
        """What the workbook says of itself when it comes back."""
        return {**super().stamp, BASE: self.base}

    @property
    def columns(self) -> tuple[Field, ...]:
        """The schema's, 角色 behind the number, 上期进展 before what the unit fills in, and 任务标识 last."""
        if self.is_zero_form:
            return self.schema.fields
        found = list(self.schema.fields)
        first = next((at for at, known in enumerate(found) if known.owner == "unit"), len(found))
        found.insert(first, _CARRIED[_LAST])
        found.insert(1 if found[0].key == "task_id" else 0, _CARRIED[_ROLE])
        return (*found, _CARRIED[_KEY])

    @property
    def extendable(self) -> dict[str, Mapping[str, Any]]:
        """Key -> row of the tasks for which the unit may ask for a later deadline: those that it leads and has not done."""
        done = set(self.schema.states.closed)
        found: dict[str, Mapping[str, Any]] = {}
        for row in self.rows:
            if row.role == "lead" and row.values.get(STATUS) not in done:
                found.setdefault(task_key(row.key), row.values)
        return found

    def role_word(self, role: Role) -> str:
        """牵头 or 配合, as the list says it."""
        return ROLES[role].in_language(self.lang)

    def is_hidden(self, known: Field) -> bool:
        """Whether a column is for the program alone."""
        return known.key == _KEY

    def is_fixed(self, row: Mapping[str, Any], known: Field) -> bool:
        """Whether a cell is not for the unit to change."""
        return (bool(row) and known.key in _CARRIED) or super().is_fixed(row, known)

    @property
    def note(self) -> str:
        """The line beside unit and date."""
        return " · ".join((self.say("请先看“本期要求”表", "see the sheet What is asked first"), super().note))

    @cached_property
    def sent(self) -> dict[str, dict[str, str]]:
        """Key -> field key -> the text of every cell as it is sent out: the sheet 派发底稿."""
        return {row.key: row.sent(self.schema) for row in self.rows}

    def _choices(self, known: Field) -> Choices:
        if self.is_zero_form and known.key == "problem":
            return Choices((ZERO,), inline=True)
        return super()._choices(known) if known.key not in _CARRIED else Choices(())


def filled_rows(rows: tuple[DispatchRow, ...], lang: str) -> tuple[dict[str, Any], ...]:
    """The rows as the template writes them."""
    return tuple(
        {**row.values, _ROLE: ROLES[row.role].in_language(lang), _LAST: row.last_progress or None, _KEY: row.key} for row in rows
    )
