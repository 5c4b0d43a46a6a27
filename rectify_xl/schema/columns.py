"""Schema -> a pandera DataFrameSchema, and what it finds in a frame of task rows."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa

from rectify_xl.common.unreadable import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rectify_xl.schema.fields import Field, Schema

# Excel's own limit for a cell.
LONGEST_TEXT = 32767
LONGEST_NAME = 1000


@lru_cache(maxsize=8)
def pandera_schema(schema: Schema) -> pa.DataFrameSchema:
    """The checks of every column, named by the slug of the rule that reports them.

    Columns hold Python objects (str, int, float, date or None), so dtypes are not coerced: each check looks at
    the values. Unreadable cells (error values, uncached formulas) pass here; family S reports them.
    """
    return pa.DataFrameSchema(
        {known.key: pa.Column(object, _checks(known), nullable=True, required=False) for known in schema.fields},
        name=schema.name,
    )


def failures(schema: Schema, frame: pd.DataFrame) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Slug -> the (position, field key) pairs of ``frame`` that fail the check of that name."""
    # A column that no list has, or that is empty throughout, has nothing to check.
    positional = frame.reset_index(drop=True).dropna(axis="columns", how="all")
    try:
        pandera_schema(schema).validate(positional, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        found: dict[str, list[tuple[int, str]]] = {}
        for slug, key, index in zip(cases["check"], cases["column"], cases["index"], strict=True):
            found.setdefault(str(slug), []).append((int(index), str(key)))
        return {slug: tuple(sorted(set(places))) for slug, places in found.items()}
    return {}


def load_checks(schema: Schema) -> None:
    """Build now what pandera builds at its first validation; done while the files are still being read."""
    failures(schema, pd.DataFrame({schema.keys[0]: pd.Series([""], dtype=object)}))


def _checks(known: Field) -> list[pa.Check]:
    longest = LONGEST_TEXT if known.kind == "long_text" else LONGEST_NAME
    if known.is_text:
        return [_check("text-too-long", lambda value: not isinstance(value, str) or len(value) <= longest)]
    if known.kind == "choice":
        return [_check("not-allowed", lambda value: value in known.choices)]
    if known.kind == "percent":
        in_range: Callable[[Any], bool] = lambda value: not _is_number(value) or 0 <= value <= 1
        return [_check("wrong-type", _is_number), _check("out-of-range", in_range)]
    if known.kind == "number":
        return [_check("wrong-type", _is_number)]
    return [_check("wrong-type", lambda value: isinstance(value, date) and not isinstance(value, datetime))]


def _is_number(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _check(slug: str, passes: Callable[[Any], bool]) -> pa.Check:
    def judge(column: pd.Series[Any]) -> pd.Series[bool]:
        passed = [value is None or isinstance(value, UNREADABLE) or passes(value) for value in column]
        return pd.Series(passed, index=column.index, dtype=bool)

    return pa.Check(judge, name=slug, error=slug, ignore_na=False)
