"""Formulas that turn a cell red while somebody types: what is missing, and deadlines that no one could check.

They are made of functions that Excel, WPS and LibreOffice share, hold no array constants (Excel allows none in
conditional formats) and no function with more than 30 arguments (the limit of .xls). They say less than the rules, and
nothing that the rules would not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import column_letters
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.schema.fields import REPORTED_WITH_STATUS, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema

_VAGUE = (
    "尽快", "尽早", "尽速", "从速", "迅速", "火速", "早日", "近期", "近日", "短期", "适时", "及时", "择机", "择期", "择日",
    "如期", "按期", "按时", "限期", "限时", "待定", "待议", "未定", "暂定", "暂缓", "另行通知", "视情", "条件成熟", "时机成熟",
    "抓紧", "加快", "逐步", "有序推进", "稳步推进", "推进中", "正在整改", "持续改善", "持续提升", "持续提高", "持续优化",
)  # fmt: skip
# With one of these a text may name a day after all, a period, a status, or a duty for which there is another rule.
_MAYBE_DATED = (
    *"0123456789",
    *"年月季旬周节每已",
    "世纪",
    "日前",
    "日内",
    "立行",
    "立即",
    "马上",
    "即知",
    "迅速改",
    "长期",
    "常态",
    "持续推进",
)
_MOST_ARGUMENTS = 25
_SAYS_NOTHING = ("/", "—", "无")


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """Cells of one column that turn red where ``formula`` is true; it is written for the first row."""

    key: str
    formula: str


@cache
def vague_words() -> tuple[str, ...]:
    """The usual words of vague deadlines, as far as the reader of deadlines finds them vague."""
    return tuple(word for word in _VAGUE if parse_deadline(word).vague)


def vague_formula(cell: str) -> str:
    """True where a deadline postpones without naming anything that could be a day."""
    return f"AND({_finds(vague_words(), cell)},NOT({_finds(_MAYBE_DATED, cell)}))"


def column_formats(schema: Schema, first_row: int, columns: Iterable[Field] = ()) -> tuple[ConditionalFormat, ...]:
    """The marks of all columns of the schema.

    ``first_row`` is the sheet's number of the first row to fill in; ``columns`` are those of the sheet where it has others too.
    """
    row = _Row({known.key: column_letters(at) for at, known in enumerate(columns or schema.fields, 1)}, first_row)
    found = []
    for known in schema.fields:
        if known.required:
            found.append(ConditionalFormat(known.key, row.missing(_group(schema, known))))
        if known.role == "deadline":
            found.append(ConditionalFormat(known.key, vague_formula(row.cell(known.key))))
    if schema.states.closed and "completed_on" in schema:
        done = _either(f'{row.cell(STATUS)}="{word}"' for word in schema.states.closed)
        found.append(ConditionalFormat("completed_on", f"AND({_blank(row.cell('completed_on'))},{done})"))
    reported = [key for key in REPORTED_WITH_STATUS if key in schema]
    if STATUS in schema and reported:
        filled = _either(f"NOT({_blank(row.cell(key))})" for key in reported)
        found.append(ConditionalFormat(STATUS, f"AND({_blank(row.cell(STATUS))},{filled})"))
    return tuple(found)


def _group(schema: Schema, known: Field) -> tuple[str, ...]:
    """The columns of which one must be filled: the column alone, or its group."""
    if known.required == "true":
        return (known.key,)
    return tuple(other.key for other in schema.fields if other.required == known.required)


@dataclass(frozen=True, slots=True)
class _Row:
    """The first row: field key -> column, and its number."""

    columns: dict[str, str]
    number: int

    def cell(self, key: str) -> str:
        """The cell of a field, its column fixed."""
        return f"${self.columns[key]}{self.number}"

    def missing(self, keys: Iterable[str]) -> str:
        """True where none of ``keys`` is filled in a row that holds a task.

        A row without number and problem goes on with the task above it and needs no leader of its own.
        """
        row = f"$A{self.number}:${[*self.columns.values()][-1]}{self.number}"
        begins = [f'{self.cell(key)}<>""' for key in ("task_id", "problem") if key in self.columns]
        blank = ",".join(_blank(self.cell(key)) for key in keys)
        return f"AND({blank},COUNTA({row})>0,{_either([*begins, f'ROW()={self.number}'])})"


def _blank(cell: str) -> str:
    return _either([f'TRIM({cell})=""', *(f'TRIM({cell})="{text}"' for text in _SAYS_NOTHING)])


def _finds(words: Iterable[str], cell: str) -> str:
    return _either(f'ISNUMBER(FIND("{word}",{cell}))' for word in words)


def _either(conditions: Iterable[str]) -> str:
    parts = list(conditions)
    while len(parts) > _MOST_ARGUMENTS:
        parts = [_either(parts[start : start + _MOST_ARGUMENTS]) for start in range(0, len(parts), _MOST_ARGUMENTS)]
    return f"OR({','.join(parts)})"
