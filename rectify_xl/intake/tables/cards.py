"""Tasks laid out as cards, one below the other: every heading stands beside its value (责任单位 | 市水利局 | 整改时限 | …).

Cards are read where a sheet has no table, and only where nothing is in doubt: each card begins with the same heading, no
heading stands in it twice, and one names the problem or the measures. Everything keeps the address of its own cell; a task's
row is that of its problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.intake.submission import RowKind, Table, TaskRow
from rectify_xl.intake.tables.around import surroundings
from rectify_xl.intake.tables.heading_names import is_short
from rectify_xl.intake.tables.heading_words import named_fields
from rectify_xl.intake.tables.lines import WIDE, Line, has_words, is_footer, width_of
from rectify_xl.intake.tables.task_rows import odd_fields
from rectify_xl.schema.conversion import blank_to_none, convert, shown
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

_CONTENT = ("problem", "measures")
_ANSWERS = frozenset({"leader", "lead_unit", "deadline", "status"})
_LEAST_LABELS = 4
_LONGEST_LABEL = 12
_LEAST_ROWS = 3
_MOST_ROWS = 60  # of one card

Cell = tuple[int, int]
Pairs = list[tuple[str, str, Cell]]  # the headings of a row: the field ("" for another), the heading, the cell of its value


@dataclass
class _Card:
    """One task: for each field the cell of its value, the value and the heading; what other headings say; its rows."""

    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    @property
    def content(self) -> str | None:
        """The field that says what the task is, or would have to."""
        worded = (key for key in _CONTENT if has_words(self.values.get(key)))
        return next(worded, None) or next((key for key in _CONTENT if key in self.cells), None)

    @property
    def is_filled(self) -> bool:
        """Whether anybody has written a word into it, its number left aside."""
        return any(value is not None for key, value in self.values.items() if key != "task_id")


def read_cards(sheet: Sheet, schema: Schema) -> Table | None:
    """The tasks of a sheet that holds nothing but cards, between titles and notes; None for any other sheet."""
    drawn = _cards(sheet, schema) or []
    cards = [card for card in drawn if card.is_filled]
    if not all(_is_task(card) for card in drawn) or not any(has_words(card.values.get(card.content or "")) for card in cards):
        return None
    first = min(cards[0].rows)
    rows = [_task(sheet, card) for card in cards]
    header = first if rows[0].row > first else first - 1
    if header < 1:
        return None
    inside = {row for card in drawn for row in card.rows}
    outside = [row for row in sorted(sheet.cells) if row not in inside]
    above = [row for row in outside if row < first]
    kinds = {row: RowKind.CARD if card.is_filled else RowKind.UNFILLED for card in drawn for row in card.rows}
    kinds |= {task.row: RowKind.TASK for task in rows}
    kinds |= {
        row: RowKind.ABOVE if row < first else RowKind.NOTE for row in outside if row < first or _is_note(sheet, row, cards)
    }
    columns: dict[str, int] = {}
    headings: dict[str, str] = {}
    for card in cards:
        for key, (_, column) in card.cells.items():
            columns.setdefault(key, column)
            headings.setdefault(key, card.labels[key])
    kinds |= dict.fromkeys(_blank_fields(sheet, kinds, cards), RowKind.CARD)
    around = surroundings(sheet, above, [])
    return Table(
        sheet.name, header, columns, headings,
        tuple(_complete(task, card, columns) for task, card in zip(rows, cards, strict=True)),
        title=around.title, title_cell=around.title_cell, unit_text=around.unit, filled_on=around.filled_on, kinds=kinds,
    )  # fmt: skip


def read_sure_cards(sheet: Sheet, schema: Schema) -> Table | None:
    """The tasks of a sheet that holds cards for certain: the headings of each stand in several rows, and no row is left over.

    Three headings in a row, each beside its value, look like those of a table as well.
    """
    table = read_cards(sheet, schema)
    if table is None or {row for row in sheet.cells if sheet.own_cells(row)} - table.kinds.keys():
        return None
    rows_of_tasks = [{from_a1(cell)[0] for cell in task.anchors.values()} for task in table.rows]
    return table if all(len(rows) >= _LEAST_ROWS for rows in rows_of_tasks) else None


def _is_note(sheet: Sheet, row: int, cards: list[_Card]) -> bool:
    """Whether a row between or below cards is a title or a note: one text across the columns, or at their left; or who signed."""
    own = sheet.own_cells(row)
    inside = any(min(card.rows) < row < max(card.rows) for card in cards)
    if own and not inside and is_footer(Line(row, {}, {at: sheet.value(*at) for at in own})):
        return True
    left = min(column for card in cards for _, column in card.cells.values())
    return not own or (len(own) == 1 and not inside and (own[0][1] < left or width_of(sheet, own[0]) >= WIDE))


def _blank_fields(sheet: Sheet, kinds: Mapping[int, RowKind], cards: list[_Card]) -> Iterator[int]:
    """Rows right below a card that are a heading of it with nothing beside it: 验收意见 in a form that nobody has judged yet.

    The cell for its value is drawn: merged as those of the card are. Without that the text may be anything.
    """
    last = 0
    firsts = (min(card.cells.values(), key=lambda at: at[1]) for card in cards)
    left = {sheet.anchor(row, column - 1)[1] for row, column in firsts}  # where the headings stand
    for row in sorted(sheet.cells):
        own = sheet.own_cells(row)
        below = row - 1 == last or kinds.get(row - 1) in (RowKind.CARD, RowKind.TASK)
        if row in kinds or not below or len(own) != 1 or own[0][1] not in left:
            continue
        merge = sheet.merge_at(row, _right_of(sheet, own[0]))
        if merge and merge.right > merge.left and 0 < len(_label(sheet.value(*own[0]))) <= _LONGEST_LABEL:
            last = row
            yield row


def _is_task(card: _Card) -> bool:
    return len(card.cells) >= _LEAST_LABELS and card.content is not None and bool(_ANSWERS & card.cells.keys())


def _task(sheet: Sheet, card: _Card) -> TaskRow:
    row = card.cells[card.content or ""][0]
    anchors = {key: a1(*at) for key, at in card.cells.items()}
    hidden = all(one in sheet.hidden_rows for one in card.rows)
    return TaskRow(row, card.values, anchors, card.extras, None, hidden, odd_fields(card.values))


def _complete(task: TaskRow, card: _Card, columns: Iterable[str]) -> TaskRow:
    """A card that lacks a heading of the others has nothing there; what is said of that points to its first row."""
    at = a1(*min(card.cells.values()))
    lacking = [key for key in columns if key not in card.cells]
    return TaskRow(
        task.row, {**dict.fromkeys(lacking), **task.values}, {**dict.fromkeys(lacking, at), **task.anchors}, task.extras,
        hidden=task.hidden, odd=task.odd,
    )  # fmt: skip


def _cards(sheet: Sheet, schema: Schema) -> list[_Card] | None:
    """The cards of a sheet from top to bottom; None where its headings do not stand beside values."""
    cards: list[_Card] = []
    start = ""
    open_value: tuple[str, Cell] | None = None  # the last heading of the row above, when it was the only one there
    waiting: list[tuple[int, Pairs]] = []  # rows of other headings, which may be the first ones of the next card
    for row in sorted(sheet.cells):
        own = sheet.own_cells(row)
        if cards and open_value and _goes_on(sheet, own, open_value[1], schema):
            _add_line(sheet, cards[-1], open_value, own[0])
            open_value = open_value[0], own[0]
            continue
        pairs = _pairs(sheet, own, schema)
        if pairs is None:
            return None
        keys = [key for key, *_ in pairs if key]
        open_value = (keys[0], pairs[0][2]) if len(pairs) == 1 and keys else None
        if not keys:
            if cards and (not pairs or (waiting and row > waiting[-1][0] + 1)):  # a title or a gap ends the card
                waiting = _all_taken(sheet, cards[-1], waiting)
            waiting += [(row, pairs)] if pairs else []
            continue
        start = start or keys[0]
        if start in keys:
            cards.append(_Card())
        waiting = _all_taken(sheet, cards[-1], waiting)
        if not _take(sheet, cards[-1], row, pairs):
            return None
    if cards:
        _all_taken(sheet, cards[-1], waiting)
    return cards if all(len(card.rows) <= _MOST_ROWS for card in cards) else None


def _all_taken(sheet: Sheet, card: _Card, waiting: list[tuple[int, Pairs]]) -> list[tuple[int, Pairs]]:
    """Add the rows that waited to a card; none is left."""
    for row, pairs in waiting:
        _take(sheet, card, row, pairs)
    return []


def _take(sheet: Sheet, card: _Card, row: int, pairs: Pairs) -> bool:
    """Add a row to a card; False where a heading stands in it a second time."""
    card.rows.append(row)
    for key, label, at in pairs:
        value = blank_to_none(sheet.value(*at))
        if not key:
            card.extras |= {label: shown(value)} if value is not None else {}
        elif key in card.cells:
            return False
        else:
            card.values[key], card.cells[key], card.labels[key] = value, at, label
    return True


def _goes_on(sheet: Sheet, own: list[Cell], above: Cell, schema: Schema) -> bool:
    """Whether a row holds one text more below the value of the row above it, or below a heading that stood alone there."""
    if len(own) != 1 or own[0][0] != above[0] + 1 or _field(sheet, own[0], schema):
        return False
    blank = blank_to_none(sheet.value(*above)) is None
    return own[0][1] == above[1] or (blank and own[0][1] < above[1])


def _add_line(sheet: Sheet, card: _Card, open_value: tuple[str, Cell], at: Cell) -> None:
    key, _ = open_value
    said, more = card.values[key], sheet.value(*at)
    card.rows.append(at[0])
    if said is None:
        card.values[key], card.cells[key] = more, at
    else:
        card.values[key] = f"{shown(said)}\n{shown(more)}"


def _pairs(sheet: Sheet, own: list[Cell], schema: Schema) -> Pairs | None:
    """The headings of a row with the cells of their values.

    None where headings stand side by side, and where a heading has several values: that is a list turned on its side.
    """
    fields = {cell: _field(sheet, cell, schema) for cell in own}
    groups = [cell for cell in own[:1] if _is_over_rows(sheet, cell) or (len(own) >= WIDE and _heads_groups(sheet, cell, schema))]
    if any(fields[cell] and fields.get((cell[0], _right_of(sheet, cell))) for cell in own if cell not in groups):
        return None
    found: Pairs = []
    at = 0
    while at < len(own):
        cell = own[at]
        value = cell[0], _right_of(sheet, cell)
        follows = at + 1 < len(own) and own[at + 1] == value
        label = _label(sheet.value(*cell))
        if cell in groups and follows and fields[value]:
            at += 1  # 基本情况 beside several headings: a group of them
            continue
        if fields[cell]:
            found.append((_free(fields[cell], sheet.value(*value), schema), label, value))
        elif follows and 0 < len(label) <= _LONGEST_LABEL and not fields[value]:
            found.append(("", label, value))
        elif any(fields.values()):
            return None
        at += 2 if follows else 1
    return found


def _heads_groups(sheet: Sheet, cell: Cell, schema: Schema) -> bool:
    """Whether a cell stands in a column of groups, of which others are merged over several headings: 整改结果 over one."""
    tops = (merge.top for merge in sheet.merges if merge.left == merge.right == cell[1] and merge.bottom > merge.top)
    return any(_field(sheet, (top, cell[1] + 1), schema) for top in tops)


def _is_over_rows(sheet: Sheet, cell: Cell) -> bool:
    merge = sheet.merge_at(*cell)
    return merge is not None and merge.bottom > merge.top


def _label(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    return value.strip().rstrip(":：").strip() if isinstance(value, str) else ""


def _right_of(sheet: Sheet, cell: Cell) -> int:
    merge = sheet.merge_at(*cell)
    return (merge.right if merge else cell[1]) + 1


def _field(sheet: Sheet, cell: Cell, schema: Schema) -> tuple[str, ...]:
    text = sheet.value(*cell)
    if not isinstance(text, str) or not is_short(text):
        return ()
    label = _label(text)
    return named_fields(label, schema)


def _free(keys: tuple[str, ...], value: Any, schema: Schema) -> str:  # noqa: ANN401 - a cell holds anything
    """Of the fields that a heading may name the one that its value is of."""
    for key in keys:
        if key == STATUS and convert(schema[key], value) in schema[key].choices:
            return key
    texts = [key for key in keys if schema[key].is_text]
    return (texts or list(keys))[0]
