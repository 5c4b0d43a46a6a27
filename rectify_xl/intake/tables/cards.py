"""Tasks laid out as cards, one below the other: every heading stands with its value (责任单位 | 市水利局, or 责任单位：市水利局).

Cards are read where a sheet has no table, and only where nothing is in doubt: each card begins with the same heading, no
heading stands in it twice, and one names the problem or the measures. Everything keeps the address of its own cell; a task's
row is that of its problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.submission import RowKind, Table, TaskRow
from rectify_xl.intake.tables.around import surroundings
from rectify_xl.intake.tables.card_headings import LONGEST_LABEL, field_of, label_of, pairs_of, right_of
from rectify_xl.intake.tables.lines import WIDE, Line, has_words, tells_how, width_of
from rectify_xl.intake.tables.signatures import is_footer
from rectify_xl.intake.tables.task_rows import odd_fields
from rectify_xl.schema.conversion import blank_to_none, convert, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.card_headings import Cell, Pair
    from rectify_xl.schema.schema import Schema

_CONTENT = ("problem", "measures")
_ANSWERS = frozenset({"leader", "lead_unit", "deadline", "status"})
_LEAST_LABELS = 4
_LEAST_ROWS = 3
_MOST_ROWS = 60  # of one card
_ITEM = LazyPattern(r"\s*(?:\d{1,2}[.、．)）]|[(（]\d{1,2}[)）]|[①-⑳])")


@dataclass
class _Card:
    """One task: for each field the cell of its value, the value and the heading; what other headings say; its rows."""

    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what the heading of a field might have named as well
    is_inside: bool = False  # its headings stand in the cells of their values

    @property
    def content(self) -> str | None:
        """The field that says what the task is, or would have to."""
        worded = (key for key in _CONTENT if has_words(self.values.get(key)))
        return next(worded, None) or next((key for key in _CONTENT if key in self.cells), None)

    def move(self, key: str, to: str) -> None:
        """Take what was read as one field for another."""
        self.values[to], self.cells[to] = self.values.pop(key), self.cells.pop(key)
        self.labels[to], self.others[to] = self.labels.pop(key), self.others.pop(key)

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
    # A title stands left of the values, or in the column of headings that stand in the cells of their values.
    left = min(column + card.is_inside for card in cards for _, column in card.cells.values())
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
        merge = sheet.merge_at(row, right_of(sheet, own[0]))
        if merge and merge.right > merge.left and 0 < len(label_of(sheet.value(*own[0]))) <= LONGEST_LABEL:
            last = row
            yield row


def _is_task(card: _Card) -> bool:
    if len(card.cells) < _LEAST_LABELS or card.content is None or not _ANSWERS & card.cells.keys():
        return False
    filled = [value for value in card.values.values() if value is not None]
    return not filled or 2 * sum(map(tells_how, filled)) <= len(filled)  # what each column is for, in a guide to filling in


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
    open_value: tuple[str, Cell] | None = None  # of the last heading of the row above, when it was the only one there
    waiting: list[tuple[int, list[Pair]]] = []  # rows of other headings, which may be the first ones of the next card
    for row in sorted(sheet.cells):
        own = sheet.own_cells(row)
        if cards and open_value and _goes_on(sheet, own, open_value[1], cards[-1], schema):
            _add_line(sheet, cards[-1], open_value, own[0])
            open_value = open_value[0], own[0]
            continue
        pairs = pairs_of(sheet, own, schema)
        if pairs is None:
            return None
        keys = [pair.keys[0] for pair in pairs if pair.keys]
        open_value = None
        if not keys:
            waiting = _other_headings(cards, row, pairs, waiting, schema)
            continue
        start = start or keys[0]
        if start in keys:
            cards.append(_Card())
        waiting = _all_taken(cards[-1], waiting, schema)
        if not _take(cards[-1], row, pairs, schema):
            return None
        open_value = _last_value(cards[-1], pairs)
    if cards:
        _all_taken(cards[-1], waiting, schema)
    return cards if all(len(card.rows) <= _MOST_ROWS for card in cards) else None


def _other_headings(
    cards: list[_Card], row: int, pairs: list[Pair], waiting: list[tuple[int, list[Pair]]], schema: Schema
) -> list[tuple[int, list[Pair]]]:
    """The rows that wait for the card that they belong to, after one that has no heading of a field."""
    if any(pair.is_inside for pair in pairs):
        # 交办时间：8月3日 is said of the card right above; above the first one it is said of the paper.
        if cards and cards[-1].rows[-1] == row - 1:
            _take(cards[-1], row, pairs, schema)
        return waiting
    if cards and (not pairs or (waiting and row > waiting[-1][0] + 1)):  # a title or a gap ends the card
        waiting = _all_taken(cards[-1], waiting, schema)
    return [*waiting, (row, pairs)] if pairs else waiting


def _last_value(card: _Card, pairs: list[Pair]) -> tuple[str, Cell] | None:
    """The field and the cell of a row's only heading, whose value may go on in the row below."""
    values = ((key, cell) for key, cell in card.cells.items() if cell == pairs[0].cell)
    return next(values) if len(pairs) == 1 else None


def _all_taken(card: _Card, waiting: list[tuple[int, list[Pair]]], schema: Schema) -> list[tuple[int, list[Pair]]]:
    """Add the rows that waited to a card; none is left."""
    for row, pairs in waiting:
        _take(card, row, pairs, schema)
    return []


def _take(card: _Card, row: int, pairs: list[Pair], schema: Schema) -> bool:
    """Add a row to a card; False where a heading stands in it a second time."""
    card.rows.append(row)
    for pair in pairs:
        value = blank_to_none(pair.value)
        card.is_inside |= pair.is_inside
        if not pair.keys:
            card.extras |= {pair.label: shown(value)} if value is not None else {}
            continue
        key = _free(card, pair.keys, value, schema)
        if key is None:
            return False
        card.values[key], card.cells[key], card.labels[key] = value, pair.cell, pair.label
        card.others[key] = pair.keys
    return True


def _free(card: _Card, keys: tuple[str, ...], value: Any, schema: Schema) -> str | None:  # noqa: ANN401 - a cell holds anything
    """The field of a heading; beside 整改时限, 完成日期 is the day on which the work was done, in whichever order they stand."""
    first = keys[0]
    if first not in card.cells:
        return first
    done = _day_among(keys, card, value, schema)
    if done is None and (done := _day_among(card.others[first], card, card.values[first], schema)):
        card.move(first, done)
        return first
    return done


def _day_among(keys: tuple[str, ...], card: _Card, value: Any, schema: Schema) -> str | None:  # noqa: ANN401 - as above
    """The field of a day among those that a heading may name, where the card lacks it and the value is one or none."""
    days = [key for key in keys[1:] if schema[key].kind == "date" and key not in card.cells]
    return next((key for key in days if value is None or isinstance(convert(schema[key], value), date)), None)


def _goes_on(sheet: Sheet, own: list[Cell], above: Cell, card: _Card, schema: Schema) -> bool:
    """Whether a row holds one text more below the value of the row above it, or below a heading that stood alone there."""
    if len(own) != 1 or own[0][0] != above[0] + 1 or field_of(sheet, own[0], schema):
        return False
    if card.is_inside:  # what stands below may as well be a title (问题二): only the next item of a value is none
        return own[0][1] == above[1] and bool(_ITEM.match(shown(sheet.value(*own[0]))))
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
