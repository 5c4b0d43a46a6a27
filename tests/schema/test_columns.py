"""The pandera checks of the columns, and what they find in a frame."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.schema.columns import LONGEST_NAME, LONGEST_TEXT, failures, pandera_schema
from rectify_xl.schema.fields import Field, Schema
from rectify_xl.schema.loading import load_schema

SCHEMA = load_schema()
NUMBERS = Schema("n", 1, {"zh": "数"}, (Field("amount", {"zh": "数量", "en": "Amount"}, "number"),))


def found(key: str, *values: Any, schema: Schema = SCHEMA) -> dict[str, tuple[tuple[int, str], ...]]:
    """The failures of one column of these values."""
    return dict(failures(schema, pd.DataFrame({key: list(values)}, index=range(7, 7 + len(values)), dtype=object)))


@pytest.mark.parametrize(
    ("key", "value", "slug"),
    [
        ("problem", "甲" * LONGEST_TEXT, None),
        ("problem", "甲" * (LONGEST_TEXT + 1), "text-too-long"),
        ("leader", "甲" * (LONGEST_NAME + 1), "text-too-long"),
        ("leader", "柳青禾", None),
        ("status", "整改中", None),
        ("status", "快好了", "not-allowed"),
        ("status", 1, "not-allowed"),
        ("percent", 0.5, None),
        ("percent", 1, None),
        ("percent", 1.5, "out-of-range"),
        ("percent", -0.1, "out-of-range"),
        ("percent", "一半", "wrong-type"),
        ("percent", True, "wrong-type"),
        ("percent", float("inf"), "wrong-type"),
        ("completed_on", date(2026, 1, 1), None),
        ("completed_on", datetime(2026, 1, 1), "wrong-type"),  # noqa: DTZ001
        ("completed_on", "月底", "wrong-type"),
        ("completed_on", None, None),
        *((key, value, None) for key in ("percent", "status", "completed_on") for value in (CellError("#N/A"), Uncached("A1"))),
        ("percent", Rounded("1" * 18), None),
    ],
)
def test_check(key: str, value: Any, slug: str | None) -> None:
    assert found(key, None, value) == ({slug: ((1, key),)} if slug else {})


def test_numbers() -> None:
    assert found("amount", 1, 2.5, "三", schema=NUMBERS) == {"wrong-type": ((2, "amount"),)}


def test_nothing_wrong_and_nothing_there() -> None:
    assert found("problem") == {}
    assert pandera_schema(SCHEMA) is pandera_schema(SCHEMA)
    assert set(pandera_schema(SCHEMA).columns) == set(SCHEMA.keys)
