"""Columns of Python values -> a DataFrame with real dtypes, the ones that all frames of the library share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STRING = pd.StringDtype("python")
# Seconds, because a cell can hold days beyond the year 2262, where nanoseconds end.
DAY = "datetime64[s]"
NUMBER = "Float64"
COUNT = "Int64"
TRUTH = "boolean"


def category(words: Iterable[str]) -> pd.CategoricalDtype:
    """One of these words, in this order."""
    return pd.CategoricalDtype(list(words), ordered=True)


def make_frame(columns: Mapping[str, tuple[Any, Sequence[Any]]], index: pd.Index | None = None) -> pd.DataFrame:
    """A frame of named columns, each a dtype and its values; None, and for texts also "", is missing."""
    return pd.DataFrame({name: typed_array(values, dtype) for name, (dtype, values) in columns.items()}, index=index)


def typed_array(values: Sequence[Any], dtype: Any) -> Any:  # noqa: ANN401 - as pandas takes and makes them
    """The values as a pandas array of that dtype."""
    if dtype is STRING:
        values = [None if value is None or value == "" else str(value) for value in values]
    return pd.array(values, dtype=dtype)
