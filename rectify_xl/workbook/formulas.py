"""Formulas of 汇总 over 总台账: what the office edits or filters there shows here, without running anything.

Formulas are made of our own words, sheet names and days; no text of a unit is ever part of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.common.addresses import column_letters
from rectify_xl.ledger.sheets.ledger import DISPUTED
from rectify_xl.schema.fields import PACE, STATUS
from rectify_xl.workbook.lists import FIRST_ROW
from rectify_xl.workbook.sheet import MAX_ROWS, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.ledger.sheets.tables import ListSheet

_SPARE_ROWS = 1000


class LedgerFormulas:
    """Formulas without their ``=``. Counts go on below the list, so that tasks added there count too."""

    def __init__(self, ledger: ListSheet, context: SheetContext) -> None:
        self._sheet = quoted(ledger.name)
        self._last = FIRST_ROW + max(len(ledger.rows), 1)
        self.flag_at, self._due_at, self._node_at = (ledger.index(key) for key in ("flag", "due", "next_due"))
        # Without states there is nothing to count by.
        self.status_at = ledger.index(STATUS) if context.schema.states.words else None
        self._words: dict[str, str] = {warning: labels[context.lang] for warning, labels in WARNING_LABELS.items()}
        self._closed = context.schema.states.closed
        self.pace_at = ledger.index(PACE) if context.schema.paces else None

    def total(self) -> str:
        """All tasks: every task has a warning."""
        return f"COUNTA({self._all(self.flag_at)})"

    def warned(self, warning: str) -> str:
        """Tasks with a warning, in just that word."""
        return f"COUNTIF({self._all(self.flag_at)},{_text(self._words[warning])})"

    def flagged(self, flag: str) -> str:
        """Tasks with a flag: those overdue by a date in doubt are overdue."""
        return "+".join(map(self.warned, _warnings(flag)))

    def of_status(self, words: Iterable[str]) -> str:
        """Tasks with one of the statuses, agreed or disputed."""
        if self.status_at is None:
            return "0"
        return f"SUMPRODUCT(COUNTIF({self._all(self.status_at)},{_any(words)}))"

    def closed(self) -> str:
        """Tasks that are finished by their status."""
        return self.of_status(self._closed)

    def of_pace(self, words: Iterable[str]) -> str:
        """Tasks that say one of the words of their pace and are not finished by their status."""
        if self.pace_at is None or self.status_at is None:
            return "0"
        said = f"ISNUMBER(MATCH({self._all(self.pace_at)},{_any(words)},0))"
        return f"SUMPRODUCT({said}*ISNA(MATCH({self._all(self.status_at)},{_any(self._closed)},0)))"

    def shown(self, flag: str | None = None) -> str:
        """Of the tasks that a filter in 总台账 leaves visible, all or those with a warning."""
        column = self._listed(self.flag_at)
        if flag is None:
            return f"SUBTOTAL(103,{column})"
        found = "+".join(f"({column}={_text(self._words[warning])})" for warning in _warnings(flag))
        return f"SUMPRODUCT({self._visible()}*{f'({found})' if '+' in found else found})"

    def shown_closed(self) -> str:
        """Of the tasks that a filter leaves visible, those that are finished."""
        if self.status_at is None:
            return "0"
        return f"SUMPRODUCT({self._visible()}*ISNUMBER(MATCH({self._listed(self.status_at)},{_any(self._closed)},0)))"

    def due(self, first: date | None, end: date | None) -> str:
        """Tasks due from ``first`` up to, not including, ``end``: by the node judged by, else by the due date."""
        return self._due(first, end, "")

    def overdue(self, first: date | None, end: date | None) -> str:
        """Those of them that are overdue."""
        return "+".join(self._due(first, end, self._with_word("", warning)) for warning in _warnings("overdue"))

    def due_closed(self, first: date | None, end: date | None) -> str:
        """Those of them that are finished and not overdue by a part."""
        if self.status_at is None:
            return "0"
        flags = "".join(self._with_word("<>", warning) for warning in _warnings("overdue"))
        return self._due(first, end, f",{self._all(self.status_at)},{_any(self._closed)}{flags}")

    def _with_word(self, sign: str, warning: str) -> str:
        return f",{self._all(self.flag_at)},{_text(sign + self._words[warning])}"

    def _due(self, first: date | None, end: date | None, more: str) -> str:
        node, due = self._all(self._node_at), self._all(self._due_at)
        by_node, by_due = (f"{_between(column, first, end)}{more}" for column in (node, due))
        # Not by asking for empty nodes: LibreOffice loses the rows below the last node then.
        formula = f'COUNTIFS({by_node})+COUNTIFS({by_due})-COUNTIFS({by_due},{node},">0")'
        return f"SUMPRODUCT({formula})" if "{" in more else formula

    def _visible(self) -> str:
        """1 for each row of the list that is shown, 0 for each that is filtered out."""
        letters = column_letters(self.flag_at + 1)
        first = f"{self._sheet}!${letters}${FIRST_ROW + 1}"
        return f"SUBTOTAL(103,OFFSET({first},ROW({self._listed(self.flag_at)})-ROW({first}),0))"

    def _all(self, at: int) -> str:
        # Not down to the sheet's last row: LibreOffice takes a quarter of a minute to count over whole columns.
        return self._range(at, min(self._last + _SPARE_ROWS, MAX_ROWS))

    def _listed(self, at: int) -> str:
        return self._range(at, self._last)

    def _range(self, at: int, last: int) -> str:
        letters = column_letters(at + 1)
        return f"{self._sheet}!${letters}${FIRST_ROW + 1}:${letters}${last}"


def _warnings(flag: str) -> tuple[str, ...]:
    return ("overdue", "in-doubt") if flag == "overdue" else (flag,)


def _text(word: str) -> str:
    """A word as a criterion: nothing in it is a wildcard."""
    for sign in "~*?":
        word = word.replace(sign, f"~{sign}")
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _any(words: Iterable[str]) -> str:
    """An array of words, each also with the mark of a disputed value."""
    return "{" + ",".join(_text(mark + word) for word in words for mark in ("", DISPUTED)) + "}"


def _between(cells: str, first: date | None, end: date | None) -> str:
    bounds = [(">=", first), ("<", end)]
    return ",".join(f'{cells},"{sign}"&DATE({day.year},{day.month},{day.day})' for sign, day in bounds if day)
