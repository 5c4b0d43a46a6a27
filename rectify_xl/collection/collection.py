"""All task rows of all files, with what the language floor reads in them.

Rules see a Collection and nothing else: no file, no clock. Positions are 0-based numbers of rows; masks are lists of
booleans of the same length. Rules look at single values, hence the columns as lists; pandera judges the typed frame made of the
rows that are in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from rectify_xl.collection.place import table_key
from rectify_xl.collection.readings import KeyedOptions, read_both_units, read_deadline, read_leaders
from rectify_xl.collection.sender import reporting_of_table, reporting_units
from rectify_xl.collection.timing import Timing, date_or_none, is_closed, timing
from rectify_xl.collection.verdict import Verdict, judge_deadline
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.language.deadline import Deadline, effective_due, parse_deadline
from rectify_xl.schema.column_values import cells_in_doubt
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    import pandas as pd

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.collection.place import Place, TableKey
    from rectify_xl.collection.sender import Reporting
    from rectify_xl.intake.submission import Submission, Table
    from rectify_xl.language.leaders import Leader
    from rectify_xl.language.units import Match, Units
    from rectify_xl.schema.states import State

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Collection:
    """Every accepted row of every file. ``columns`` holds the converted values of each schema field, one per row.

    Values are as :func:`rectify_xl.schema.conversion.convert` gives them; None is blank *or* a column the list lacks
    (``has`` tells which). ``collected`` says that the files are a whole collection and not one unit's list, so that
    rules about missing units and numbers may speak. ``base`` is what the last round's master says, where there is one.
    ``derived_from``: (position, field) -> the field in whose cell a value stands that has no cell of its own.
    """

    campaign: Campaign
    as_of: date
    submissions: tuple[Submission, ...]
    places: tuple[Place, ...]
    columns: Mapping[str, list[Any]]
    collected: bool = False
    base: Base | None = None
    derived_from: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return f"<Collection of {len(self)} rows in {len(self.tables)} tables of {len(self.submissions)} files>"

    @cached_property
    def tables(self) -> tuple[tuple[Submission, Table], ...]:
        """Every task table with its file."""
        return tuple((submission, table) for submission in self.submissions for table in submission.tables)

    @cached_property
    def known(self) -> frozenset[str]:
        """The fields that any row has a cell of. Lists lack half of a schema's columns, which nobody need look through."""
        return frozenset[str]().union(*(place.task.values for place in self.places))  # noqa: PD011 - a row's values

    def values(self, key: str) -> list[Any]:
        """The column ``key``, one value per row; all None where the schema has no such field."""
        return self.columns[key] if key in self.columns else [None] * len(self)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All rows as one typed frame, indexed by file, sheet and row; :meth:`Schema.to_pandera` describes it."""
        import pandas as pd  # noqa: PLC0415 - no rule asks for the frame

        from rectify_xl.schema.columns import typed_frame  # noqa: PLC0415

        places = [(place.submission.path, place.table.sheet, place.task.row) for place in self.places]
        index = pd.MultiIndex.from_arrays(list(zip(*places, strict=True)) or [[], [], []], names=["file", "sheet", "row"])
        return typed_frame(self.campaign.schema.fields, self.columns, index)

    def has(self, key: str) -> list[bool]:
        """Whether each row's list has the column ``key``."""
        return [key in place.table.columns for place in self.places]

    def blank(self, key: str) -> list[bool]:
        """Whether each row's list has the column ``key`` with nothing in it."""
        return [has and value is None for has, value in zip(self.has(key), self.values(key), strict=True)]

    def positions(self, mask: Iterable[bool]) -> Iterator[int]:
        """The positions at which ``mask`` is true."""
        return (position for position, holds in enumerate(mask) if holds)

    def texts(self, key: str) -> Iterator[tuple[int, str]]:
        """Position and text of every row that holds words in column ``key`` (numbers and dates excluded)."""
        return ((at, value) for at, value in enumerate(self.values(key)) if isinstance(value, str) and value)

    def task_id(self, position: int) -> str | None:
        """The task number of a row as text."""
        return shown(self.values("task_id")[position]) or None

    @property
    def anchor(self) -> date:
        """The day on which relative and year-less deadlines hang: the issue date, else the as-of date."""
        return self.campaign.issued or self.as_of

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """How each row's deadline cell reads; an empty or unreadable cell has ``problem`` set."""
        return [self.read_deadline(None if isinstance(value, UNREADABLE) else value) for value in self.values("deadline")]

    def read_deadline(self, value: Any) -> Deadline:  # noqa: ANN401 - a cell holds anything
        """How the value of a deadline cell reads in this campaign."""
        return read_deadline(value, self.anchor, self._deadline_options)

    @cached_property
    def _deadline_options(self) -> KeyedOptions:
        return KeyedOptions(self.campaign.deadline_options)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """What each row's deadline cell amounts to."""
        # Rows of the same words share a verdict: of a cell that says anything it is the cell's alone.
        known: dict[str, Verdict] = {}
        found = []
        rows = zip(self.values("deadline"), self.deadlines, self.values("measures"), self.places, strict=True)
        for value, deadline, measures, place in rows:
            verdict = known.get(value) if type(value) is str else None
            if verdict is None:
                has_column = "deadline" in place.table.columns
                verdict = judge_deadline(value, deadline, self.campaign, measures=measures, has_column=has_column)
                if type(value) is str and deadline.problem != "empty":
                    known[value] = verdict
            found.append(verdict)
        return found

    @property
    def no_deadline(self) -> Deadline:
        """How an empty deadline cell reads."""
        return parse_deadline(None)

    @cached_property
    def due(self) -> list[tuple[date | None, str]]:
        """Each row's effective due date and the code of its reason: 到期日."""
        rules = self.campaign.deadlines
        return [effective_due(deadline, rules.immediate, rules.long_term) for deadline in self.deadlines]

    @cached_property
    def statuses(self) -> list[str | None]:
        """Each row's status where it is one of the schema's states."""
        return [state.word if state else None for state in self.states]

    @cached_property
    def states(self) -> list[State | None]:
        """What each row's status means; None where it has none that the schema knows."""
        known = self.campaign.schema.states
        return [known.get(value) for value in self.values("status")]

    @cached_property
    def closed(self) -> list[bool]:
        """Whether each row's task is finished."""
        rows = zip(self.states, self.deadlines, self.values("completed_on"), strict=True)
        return [is_closed(state, deadline, completed_on) for state, deadline, completed_on in rows]

    @cached_property
    def timings(self) -> list[Timing]:
        """Each row judged on the as-of date: overdue, due soon or done late."""
        known: dict[tuple[Any, ...], Timing] = {}
        found = []
        rows = zip(self.deadlines, self.due, self.states, self.closed, self.values("completed_on"), strict=True)
        for deadline, (due, _), state, closed, completed_on in rows:
            done = date_or_none(completed_on)
            key = id(deadline), state, closed, done  # equal cells are read as one and the same deadline
            if key not in known:
                known[key] = timing(
                    deadline, due, state=state, closed=closed, completed_on=done, as_of=self.as_of, rules=self.campaign.deadlines
                )
            found.append(known[key])
        return found

    @cached_property
    def units(self) -> list[Units]:
        """Who is responsible for each row: the lead column's text, with the cooperating column added."""
        rows = zip(self.places, self.values("lead_unit"), self.values("coop_units"), strict=True)
        return [
            read_both_units(lead, cooperating, heading=place.table.headings.get("lead_unit", ""))
            for place, lead, cooperating in rows
        ]

    @cached_property
    def leaders(self) -> list[tuple[Leader, ...]]:
        """The leaders named in each row."""
        return [read_leaders(value) for value in self.values("leader")]

    @cached_property
    def unreadable(self) -> tuple[tuple[int, str, Any], ...]:
        """Position, field and marker of the cells that hold an error, a formula never calculated or a rounded number."""
        return tuple(
            (position, key, value)
            for key, column in self.columns.items()
            if any(issubclass(kind, UNREADABLE) for kind in set(map(type, column)))
            for position, value in enumerate(column)
            if isinstance(value, UNREADABLE)
        )

    @cached_property
    def odd_texts(self) -> tuple[tuple[int, str, str], ...]:
        """Position, field and raw text of the cells with characters by which a text can be damaged."""
        tasks = [place.task for place in self.places]
        found = ((position, key, task) for position, task in enumerate(tasks) for key in task.odd)
        return tuple((position, key, task.values[key]) for position, key, task in found)  # noqa: PD011 - a row's values

    @cached_property
    def column_failures(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """Slug -> (position, field key) of the values that fail the schema's pandera checks."""
        fields_in_doubt, rows = cells_in_doubt(self.campaign.schema.fields, self.columns)
        if not rows:
            return {}
        from rectify_xl.schema.columns import failures_among  # noqa: PLC0415 - loads pandas and pandera

        return failures_among(fields_in_doubt, self.columns, rows)

    @cached_property
    def reporting(self) -> Mapping[str, Reporting]:
        """File -> which units it speaks for."""
        return {submission.path: reporting_units(submission, self.campaign) for submission in self.submissions}

    def match(self, name: str) -> Match:
        """What the roster makes of a unit's name, judged on the issue date."""
        if name not in self._matches:
            self._matches[name] = self.campaign.roster.match(name, on=self.campaign.issued)
        return self._matches[name]

    def once(self, work_out: Callable[[Collection], T]) -> T:
        """What a floor above works out of the collection, worked out the first time that it is asked for."""
        if work_out not in self._worked_out:
            self._worked_out[work_out] = work_out(self)
        found: T = self._worked_out[work_out]
        return found

    def forget(self) -> None:
        """Let go of all that was worked out of the rows; it is worked out again where somebody asks for it.

        It is more than the rows themselves, and a master that is written needs the memory.
        """
        for name in self.__dict__.keys() - {known.name for known in fields(self)}:
            del self.__dict__[name]

    @cached_property
    def _worked_out(self) -> dict[Callable[[Collection], Any], Any]:
        return {}

    @cached_property
    def _matches(self) -> dict[str, Match]:
        return {}

    @cached_property
    def _by_table(self) -> dict[TableKey, Reporting]:
        """File, sheet and header row of every table -> whom it speaks for."""
        return {
            table_key(submission, table): reporting_of_table(submission, table, self.campaign, self.reporting[submission.path])
            for submission, table in self.tables
        }

    def reporting_of(self, position: int) -> Reporting:
        """Whom the table speaks for in which a row stands."""
        return self._by_table[self.places[position].table_key]

    def unit_of(self, position: int) -> str:
        """The unit whose list a row stands in."""
        return self.reporting_of(position).unit

    def unit_of_table(self, submission: Submission, table: Table) -> str:
        """The unit whose list a table is."""
        return self._by_table[table_key(submission, table)].unit

    def unit_of_sheet(self, path: str, sheet: str | None) -> str:
        """The unit whose list stands on a sheet; the file's where no list stands there."""
        here = (found.unit for (file, name, *_), found in self._by_table.items() if (file, name) == (path, sheet))
        return next(here, self.reporting[path].unit)

    def units_of(self, submission: Submission) -> tuple[str, ...]:
        """The units whose lists a file holds, the file's own first."""
        tables = (self.unit_of_table(submission, table) for table in submission.tables)
        return tuple(dict.fromkeys(tables)) or (self.reporting[submission.path].unit,)
