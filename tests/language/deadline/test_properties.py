"""What must hold for any text at all."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.deadline.normalize import normalize
from tests.support.counts import count

_LINES = (Path(__file__).parent / "cases_invented.jsonl").read_text(encoding="utf-8").splitlines()
TEXTS = [json.loads(line)["text"] for line in _LINES]
ANCHOR = date(2024, 3, 15)
WORDS = st.sampled_from(
    [
        *"年月日前底末内至、,。;()-/.:每自从第半两十一二三〇0123456789 已未的",
        "2024年",
        "十四五",
        "季度",
        "工作日",
        "长期",
        "持续",
        "立即",
        "完成",
        "上旬",
        "本月",
        "下周",
        "截至",
        "开工",
    ]
)
SOUP = st.lists(WORDS, max_size=14).map("".join)
ANCHORS = st.one_of(st.none(), st.dates())
#: between two Chinese characters, or a figure and its unit
_SEAM = re.compile(r"(?<=[\u4e00-\u9fff〇])(?=[\u4e00-\u9fff〇0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")


@given(st.one_of(st.text(max_size=60), SOUP), ANCHORS)
@settings(max_examples=count(150, 20_000), deadline=None)
def test_nothing_raises(text: str, anchor: date | None) -> None:
    """Any text gives a coherent result, with ascending days."""
    read = parse_deadline(text, anchor=anchor)
    assert list(read.due) == sorted(set(read.due))
    assert ("dated" in read.kinds) is bool(read.due)
    assert read.kinds
    assert all(0 <= start < end <= len(text) for start, end in read.used)


@given(st.one_of(st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none(), st.binary(max_size=4)))
def test_no_value_raises(value: object) -> None:
    """Any cell value gives a result; a typed date is its own."""
    read = parse_deadline(value, anchor=ANCHOR)
    if isinstance(value, datetime):
        assert read.due == (value.date(),)
    elif isinstance(value, date):
        assert read.due == (value,)


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=count(100, 5000), deadline=None)
def test_spaces_change_nothing(text: str, data: st.DataObject) -> None:
    """Spaces between characters, or a figure and its unit, are not read."""
    seams = [match.start() for match in _SEAM.finditer(text)]
    chosen = data.draw(st.sets(st.sampled_from(seams))) if seams else set()
    spaced = "".join((" " if place in chosen else "") + mark for place, mark in enumerate(text))
    plain, other = parse_deadline(text, anchor=ANCHOR), parse_deadline(spaced, anchor=ANCHOR)
    assert (plain.kinds, plain.due, plain.alternatives) == (other.kinds, other.due, other.alternatives)


@given(st.sampled_from(TEXTS))
def test_width_changes_nothing(text: str) -> None:
    """Full-width figures, letters and marks are their half-width selves."""
    wide = "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)
    plain, other = parse_deadline(text, anchor=ANCHOR), parse_deadline(wide, anchor=ANCHOR)
    assert (plain.kinds, plain.due) == (other.kinds, other.due)


@given(st.text(max_size=40))
def test_offsets_lead_back(text: str) -> None:
    """Every character of the normal text comes from one place of the original, in order."""
    normal = normalize(text)
    places = [normal.span(index, index + 1) for index in range(len(normal.text))]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
