"""A row of a saved 总台账 -> an Entry, its deadline, units and leaders read and judged anew."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import KeyedOptions, read_deadline, read_leaders, read_units
from rectify_xl.collection.timing import date_or_none, is_closed, timing
from rectify_xl.common.addresses import from_a1
from rectify_xl.language.deadline import effective_due, reason_text
from rectify_xl.ledger.entries import Entry, Home, no_date
from rectify_xl.ledger.sheets.ledger_sheets import DISPUTED
from rectify_xl.schema.conversion import convert, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.collection.timing import Timing
    from rectify_xl.language.deadline import Deadline
    from rectify_xl.ledger.rows import Rows
    from rectify_xl.ledger.view import View
    from rectify_xl.schema.states import State

_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_REPORT_PLACE = -3  # file, sheet and row end every row of 分单位填报


class Judge:
    """Judges rows of a ledger on the as-of date, with the campaign's settings."""

    def __init__(self, view: View, unclear: Mapping[str, str], reports: Rows) -> None:
        self._view = view
        self._campaign = view.contents.campaign
        self._as_of = view.contents.as_of
        self._anchor = self._campaign.issued or self._as_of
        self._options = KeyedOptions(self._campaign.deadline_options)
        self._unclear = unclear
        self._places = _Places(reports)

    def entry(self, row: Mapping[str, Any], extras: Mapping[str, Any]) -> Entry:
        """One row by field key, and what stands in the office's own columns."""
        disputed = frozenset(key for key in self._view.schema.keys if str(row.get(key) or "").startswith(DISPUTED))
        values = {known.key: convert(known, self._agreed(row, known.key, disputed)) for known in self._view.schema.fields}
        deadline = values.get("deadline")
        parts = [self._read(part) for part in _parts(deadline)]
        due, reason = self._due(parts, row)
        state = self._view.schema.states.get(values.get("status"))
        judged = self._timing(values, state, parts, due, row)
        source = shown(row["source"])
        leaders = tuple(dict.fromkeys(leader.name for leader in read_leaders(values.get("leader")) if leader.name))
        return Entry(
            values=values,
            disputed=disputed,
            state=state,
            subject=values.get("problem") or values.get("measures"),
            written_units=row["written_units"],
            lead=self._lead(values.get("lead_unit")),
            leaders=leaders,
            led=bool(leaders),
            due=due,
            kinds=tuple(dict.fromkeys(kind for part in parts for kind in part.kinds)) if deadline is not None else (),
            reason=reason if due else "",
            timing=judged,
            unclear=self._reason(parts, source, deadline, judged),
            source=source,
            homes=self._places.named_in(source),
            extras=extras or None,
        )

    def _agreed(self, row: Mapping[str, Any], key: str, disputed: frozenset[str]) -> Any:  # noqa: ANN401
        value = row.get(key)
        return (str(value)[len(DISPUTED) :] or None) if key in disputed else value

    def _read(self, value: Any) -> Deadline:  # noqa: ANN401
        return read_deadline(value, self._anchor, self._options)

    def _due(self, parts: list[Deadline], row: Mapping[str, Any]) -> tuple[date | None, str]:
        """As the cell reads now; where it names no day, the day that stands in the ledger."""
        rules = self._campaign.deadlines
        dues = [effective_due(part, rules.immediate, rules.long_term) for part in parts]
        if any(due is None for due, _ in dues):
            return date_or_none(row["due"]), row["reason"] or ""
        due, code = max(dues)
        return due, reason_text(code, self._view.lang)

    def _timing(
        self, values: Mapping[str, Any], state: State | None, parts: list[Deadline], due: date | None, row: Mapping[str, Any]
    ) -> Timing:
        rules = self._campaign.deadlines
        node = date_or_none(row["next_due"])
        if node and due and node < due and (len(parts) > 1 or node not in parts[0].due):
            # Parts with days of their own: the ledger names the first that is not done, and that is what is late.
            due = node
        whole = parts[0] if len(parts) == 1 else self._read(None)
        return timing(
            whole,
            due,
            state=state,
            closed=is_closed(state, whole, values.get("completed_on")),
            completed_on=date_or_none(values.get("completed_on")),
            as_of=self._as_of,
            rules=rules,
        )

    def _lead(self, cell: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Roster names; a name that the roster does not know stays as it is."""
        units, roster, issued = read_units(cell), self._campaign.roster, self._campaign.issued
        matches = ((name, roster.match(name, on=issued)) for name in units.lead or units.responsible)
        return tuple(dict.fromkeys(match.unit.name if match.unit else name for name, match in matches))

    def _reason(self, parts: list[Deadline], source: str, deadline: Any, judged: Timing) -> str:  # noqa: ANN401
        """Why the deadline is none: as the checks said, unless the cell has become clear since."""
        clear = deadline is not None and all(part.due and not part.ambiguous for part in parts)
        if not clear and source in self._unclear:
            return self._unclear[source]
        return no_date(deadline, self._view.lang) if judged.flag == "undated" else ""


def _parts(deadline: Any) -> list[Any]:  # noqa: ANN401
    """The deadlines of a task's parts stand one per line."""
    return [line for line in deadline.split("\n") if line.strip()] if isinstance(deadline, str) else [deadline]


class _Places:
    """The rows of 分单位填报, found by a source as the ledger writes it: ``file!cell`` or ``file!sheet!cell``."""

    def __init__(self, reports: Rows) -> None:
        self._homes: dict[tuple[str, str, int], list[Home]] = defaultdict(list)
        for file, sheet, rows in (row[_REPORT_PLACE:] for row in reports):
            said = _ROWS.fullmatch(shown(rows))
            if not said:  # the office has written something else there
                continue
            first, last = said[1], said[2]
            homes = [(file, sheet, row) for row in range(int(first), int(last or first) + 1)]
            self._homes[file, "", int(first)] += homes
            self._homes[file, sheet, int(first)] += homes

    def named_in(self, sources: str) -> tuple[Home, ...]:
        """The rows of the sources, one per line; a source that the office changed names none."""
        return tuple(home for source in sources.split("\n") for home in self._of(source))

    def _of(self, source: str) -> list[Home]:
        place, _, cell = source.rpartition("!")
        file, _, sheet = place.rpartition("!")
        try:
            row = from_a1(cell)[0]
        except ValueError:
            return []
        return self._homes.get((place, "", row)) or self._homes.get((file, sheet, row), [])
