"""The typed frame of a schema, the pandera schema that describes it, and what that finds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.schema.column_values import cells_in_doubt
from rectify_xl.schema.columns import failures, failures_among, typed_frame
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.fields import AS_WRITTEN, Field
from rectify_xl.schema.loading import load_schema
from rectify_xl.schema.schema import Schema
from tests.support.counts import count

pytestmark = pytest.mark.slow

SCHEMA = load_schema()
NUMBERS = Schema("n", 1, {"zh": "数"}, (Field("amount", {"zh": "数量", "en": "Amount"}, "number"),))
INDEX = pd.MultiIndex.from_tuples([("a.xlsx", "清单", 7), ("a.xlsx", "清单", 8)], names=["file", "sheet", "row"])


def frame_of(key: str, *values: Any, schema: Schema = SCHEMA, index: pd.Index | None = None) -> pd.DataFrame:
    """One column of these values, the others blank."""
    columns = {known: [None] * len(values) for known in schema.keys} | {key: list(values)}
    return typed_frame(schema.fields, columns, pd.RangeIndex(7, 7 + len(values)) if index is None else index)


def found(key: str, *values: Any, schema: Schema = SCHEMA) -> dict[str, tuple[tuple[int, str], ...]]:
    """The failures of one column of these values."""
    return dict(failures(schema.to_pandera(), frame_of(key, *values, schema=schema)))


@pytest.mark.parametrize(
    ("key", "value", "slug"),
    [
        ("problem", "甲" * 32767, None),
        ("problem", "甲" * 32768, "text-too-long"),
        ("leader", "甲" * 1001, "text-too-long"),
        ("leader", "柳青禾", None),
        ("deadline", date(2026, 12, 31), None),
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
        ("completed_on", date(9999, 12, 31), None),
        ("completed_on", date(1, 1, 1), None),
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


def test_the_dtypes_are_real() -> None:
    frame = frame_of("percent", 0.5, None)
    kinds = {key: str(frame[key].dtype) for key in ("problem", "deadline", "status", "percent", "completed_on")}
    assert kinds == {
        "problem": "string", "deadline": "string", "status": "category", "percent": "Float64", "completed_on": "datetime64[s]",
    }  # fmt: skip
    assert frame["status"].cat.ordered
    assert tuple(frame["status"].cat.categories) == SCHEMA.states.words
    assert frame["percent"].sum() == 0.5


def test_a_value_of_another_kind_stays_beside_its_column() -> None:
    frame = frame_of("percent", "约一半", 0.5)
    assert frame["percent"].isna().tolist() == [True, False]
    assert frame["percent" + AS_WRITTEN].tolist() == ["约一半", pd.NA]
    assert list(frame.columns[: len(SCHEMA.keys)]) == list(SCHEMA.keys)
    assert all(key.removesuffix(AS_WRITTEN) in SCHEMA for key in frame.columns)


def test_an_unusable_cell_has_no_value() -> None:
    frame = frame_of("problem", CellError("#REF!"), "南河淤积")
    assert frame["problem"].isna().tolist() == [True, False]


def test_a_user_gets_the_schema_and_runs_it_on_the_frame() -> None:
    schema = SCHEMA.to_pandera()
    assert isinstance(schema, pa.DataFrameSchema)
    assert schema is SCHEMA.to_pandera()
    assert set(SCHEMA.keys) <= set(schema.columns)
    assert schema.columns["percent"].title == "完成率"
    clean = frame_of("percent", 0.5, 1, index=INDEX)
    pd.testing.assert_frame_equal(schema.validate(clean), clean)
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        schema.validate(frame_of("percent", 1.5, "约一半", index=INDEX), lazy=True)
    cases = caught.value.failure_cases
    assert sorted(zip(cases["column"], cases["check"], cases["failure_case"], strict=True)) == [
        ("percent", "out-of-range", 1.5), ("percent_as_written", "wrong-type", "约一半"),
    ]  # fmt: skip
    assert "('a.xlsx', '清单', 8)" in map(str, cases["index"])


@pytest.mark.parametrize(("key", "wrong"), [("percent", "string"), ("completed_on", "Float64"), ("status", "string")])
def test_a_frame_of_other_dtypes_is_refused(key: str, wrong: str) -> None:
    frame = frame_of("problem", "南河淤积")
    frame[key] = pd.array([None], dtype=wrong)
    with pytest.raises(pa.errors.SchemaErrors):
        failures(SCHEMA.to_pandera(), frame)


def test_a_list_may_lack_optional_columns_only() -> None:
    frame = frame_of("problem", "南河淤积")
    SCHEMA.to_pandera().validate(frame.drop(columns=["percent", "remark", "status_as_written"]))
    with pytest.raises(pa.errors.SchemaError, match="leader"):
        SCHEMA.to_pandera().validate(frame.drop(columns=["leader"]))


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 200), st.floats(), st.dates(), st.datetimes(), st.text(max_size=3),
    st.sampled_from([
        *SCHEMA.states.words, "甲" * 1000, "甲" * 1001, "甲" * 32767, "甲" * 32768, CellError("#N/A"), Uncached("A1"),
        Rounded("1" * 18), ShownNumber(1.1, "1.10"),
    ]),
)  # fmt: skip


@settings(max_examples=count(40, 2000), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SCHEMA.fields), VALUES), min_size=1, max_size=60))
def test_a_row_is_in_doubt_exactly_where_a_check_fails(cells: list[tuple[Field, Any]]) -> None:
    columns: dict[str, list[Any]] = {key: [None] * len(cells) for key in SCHEMA.keys}
    for position, (known, value) in enumerate(cells):
        columns[known.key][position] = convert(known, value)
    everything = failures(SCHEMA.to_pandera(), typed_frame(SCHEMA.fields, columns, pd.RangeIndex(len(cells))))
    fields, rows = cells_in_doubt(SCHEMA.fields, columns)
    failed = {place for places in everything.values() for place in places}
    assert {known.key for known in fields} == {key for _, key in failed}
    assert rows == sorted({position for position, _ in failed})
    assert failures_among(fields, columns, rows) == everything


def test_nothing_wrong_and_nothing_there() -> None:
    assert found("problem") == {}
