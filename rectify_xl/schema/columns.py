"""Schema -> a pandera DataFrameSchema of typed columns, the frame that it describes, and what it finds in one.

Every column has a real dtype: string, Float64, datetime64[s] or an ordered category. What a cell holds that is no value of its
column stands as text in a column of its own beside it (``percent_as_written``), so that nothing is lost and the same schema
that types the columns reports it. Error values, formulas never calculated and damaged numbers are no values at all; the rules
of family S report them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa

from rectify_xl.common.frames import DAY, NUMBER, STRING, category
from rectify_xl.schema.column_values import as_text, is_value
from rectify_xl.schema.fields import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.schema.fields import Field

SLUGS = frozenset({"text-too-long", "out-of-range", "wrong-type", "not-allowed"})


@lru_cache(maxsize=8)
def pandera_schema(fields: tuple[Field, ...], name: str, title: str) -> pa.DataFrameSchema:
    """The columns of ``fields`` with their dtypes; each check fails under the slug of the rule that reports it."""
    columns = {known.key: _column(known) for known in fields}
    columns |= {known.key + AS_WRITTEN: _as_written_column(known) for known in fields if not known.is_text}
    return pa.DataFrameSchema(columns, name=name, title=title)


def _column(known: Field) -> pa.Column:
    described: dict[str, Any] = {
        "nullable": True,
        "required": known.required == "true",
        "title": known.label["zh"],
        "description": known.hint.get("zh") or None,
    }
    if known.is_text:
        return pa.Column(STRING, pa.Check.str_length(max_value=known.longest, error="text-too-long"), **described)
    if known.kind == "percent":
        return pa.Column(NUMBER, pa.Check.in_range(0, 1, error="out-of-range"), **described)
    return pa.Column(_dtype(known), **described)


def _dtype(known: Field) -> Any:  # noqa: ANN401 - as pandas takes dtypes
    if known.kind == "choice":
        return category(known.choices)
    return {"date": DAY, "number": NUMBER, "percent": NUMBER}.get(known.kind, STRING)


def _as_written_column(known: Field) -> pa.Column:
    """Beside a typed column: the text of cells that are no value of it. There should be none."""
    slug = "not-allowed" if known.kind == "choice" else "wrong-type"
    # Blank cells are left out before a check runs, so that whatever it sees is one too many.
    return pa.Column(STRING, pa.Check(lambda column: column.isna(), error=slug), nullable=True, required=False)


def typed_frame(fields: Sequence[Field], columns: Mapping[str, Sequence[Any]], index: pd.Index) -> pd.DataFrame:
    """The rows of converted values as the frame that :func:`pandera_schema` describes, one row per entry of ``index``.

    Args:
        fields: the columns in their order.
        columns: field key -> one value per row, as :func:`rectify_xl.schema.conversion.convert` gives them.
        index: of the frame.
    """
    typed: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for known in fields:
        values = columns[known.key]
        if known.is_text:
            typed[known.key] = pd.array([as_text(value) for value in values], dtype=STRING)
            continue
        passes = [is_value(known, value) for value in values]
        kept = [value if passed else None for value, passed in zip(values, passes, strict=True)]
        typed[known.key] = pd.array(kept, dtype=_dtype(known))
        others = [None if passed else as_text(value) for value, passed in zip(values, passes, strict=True)]
        beside[known.key + AS_WRITTEN] = pd.array(others, dtype=STRING)
    return pd.DataFrame({**typed, **beside}, index=index)


def failures(checks: pa.DataFrameSchema, frame: pd.DataFrame) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Slug -> the (position, field key) pairs of a typed frame that fail the check of that name in ``checks``.

    Raises:
        SchemaErrors: the frame is not of the schema's dtypes, which is a mistake of the program and of no unit.
    """
    try:
        checks.validate(frame.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        if not SLUGS.issuperset(cases["check"]):
            raise
        found: dict[str, list[tuple[int, str]]] = {}
        for slug, key, index in zip(cases["check"], cases["column"], cases["index"], strict=True):
            found.setdefault(str(slug), []).append((int(index), str(key).removesuffix(AS_WRITTEN)))
        return {slug: tuple(sorted(set(places))) for slug, places in found.items()}
    return {}


def failures_among(
    fields: tuple[Field, ...], columns: Mapping[str, Sequence[Any]], positions: Sequence[int]
) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """As :func:`failures`, of ``fields`` and of the rows at ``positions`` alone: a column costs some ms whatever it holds."""
    checks = pandera_schema(fields, "in-doubt", "")
    some = {known.key: [columns[known.key][position] for position in positions] for known in fields}
    found = failures(checks, typed_frame(fields, some, pd.RangeIndex(len(positions))))
    return {slug: tuple((positions[at], key) for at, key in places) for slug, places in found.items()}
