"""What every sheet needs of a master: its words in one language, its columns and its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.summary.tables import Column

if TYPE_CHECKING:
    from rectify_xl.ledger import LedgerRow, Master
    from rectify_xl.schema import Field

Words = dict[str, str]

MISSING: Words = {"zh": "未填写", "en": "missing"}
UNSET: Words = {"zh": "(未填写)", "en": "(none)"}


class View:
    """A master seen in one language."""

    def __init__(self, master: Master, lang: str = "zh") -> None:
        self.master = master
        self.lang = lang
        self.schema = master.campaign.schema
        self._units: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en

    def column(self, known: Field) -> Column:
        """The column of a schema field."""
        return Column(known.label[self.lang], known.kind, known.width)

    def label(self, key: str) -> str:
        """The heading of a field; the key itself where the schema has no such field."""
        return self.schema[key].label[self.lang] if key in self.schema else key

    def title(self, zh: str, en: str) -> str:
        """A sheet's title, with the campaign's name before it."""
        name = self.master.campaign.name
        return f"{name} {self.say(zh, en)}" if name else self.say(zh, en)

    def status(self, row: LedgerRow) -> str:
        """A task's status, or the words for none."""
        status = row.task.values.get("status")
        choices = self.schema["status"].choices if "status" in self.schema else ()
        return status if status in choices else UNSET[self.lang]

    def units_of(self, row: LedgerRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Lead and cooperating units as read in the report that stands for the task; worked out once per row."""
        # The master keeps its rows, so that their identities stay theirs.
        if id(row) not in self._units:
            self._units[id(row)] = self._read_units(row)
        return self._units[id(row)]

    def _read_units(self, row: LedgerRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if "lead_unit" in {conflict.field for conflict in row.task.conflicts} and row.task.values["lead_unit"] is None:
            return (), ()
        units = [self.master.book.units[position] for position in row.task.main.positions]
        lead = dict.fromkeys(name for unit in units for name in (unit.lead or unit.responsible))
        others = dict.fromkeys(name for unit in units for name in unit.cooperating)
        return tuple(lead), tuple(others)
