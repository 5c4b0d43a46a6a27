"""Every phrase of the case files is read as labelled."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from rectify_xl.language.deadline import KINDS, parse_deadline

HERE = Path(__file__).parent
#: figures as on a cheque, and two characters of one number or word in Latin letters
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾]")
_WITHIN_NUMBER = re.compile(r"[0-9A-Za-z.\uff0e\uff10-\uff19]{2}")


def _load(name: str) -> list[dict[str, object]]:
    with (HERE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


#: invented and blind were labelled before the parser saw them; forms pin readings checked by eye afterwards
CASES = _load("cases_invented.jsonl") + _load("cases_blind.jsonl") + _load("cases_forms.jsonl")


def _days(values: object) -> tuple[date, ...]:
    assert isinstance(values, list)
    return tuple(date.fromisoformat(value) for value in values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_case(case: dict[str, object]) -> None:
    """Kinds, days and ambiguity are the labelled ones; the labelled alternatives are named."""
    read = parse_deadline(case["text"], anchor=date.fromisoformat(str(case["anchor"])))
    assert list(read.kinds) == case["kinds"]
    assert read.due == _days(case["due"])
    assert read.vague is case["vague"]
    assert read.ambiguous is case["ambiguous"]
    assert set(_days(case["alt_due"])) <= {*read.alternatives}


@pytest.mark.parametrize("case", _load("cases_damaged.jsonl"), ids=lambda case: str(case["text"]))
def test_a_damaged_date_is_offered_and_never_taken(case: dict[str, object]) -> None:
    """What is damaged has no day; its one likely reading is named. Sound neighbours of the same look keep theirs."""
    read = parse_deadline(case["text"], anchor=date.fromisoformat(str(case["anchor"])))
    assert list(read.kinds) == case["kinds"]
    assert read.due == _days(case["due"])
    assert read.alternatives == _days(case["alt_due"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_result_is_coherent(case: dict[str, object]) -> None:
    """The promises of the Deadline hold for every phrase."""
    text = str(case["text"])
    read = parse_deadline(text, anchor=date.fromisoformat(str(case["anchor"])))
    assert ("dated" in read.kinds) is bool(read.due)
    assert [kind for kind in KINDS if kind in read.kinds] == list(read.kinds)
    assert (read.problem is not None) is (read.kinds == ("invalid",))
    assert bool(read.reasons) or not read.ambiguous
    assert all(0 <= start < end <= len(text) for start, end in read.used)
    assert all(before[1] <= after[0] for before, after in zip(read.used, read.used[1:], strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_a_line_break_parts_nothing(case: dict[str, object]) -> None:
    """A break within a number aside, the lines of a narrow cell are one phrase."""
    text, anchor = str(case["text"]), date.fromisoformat(str(case["anchor"]))
    if "\n" in text or _FORMAL.search(text):
        return
    whole = parse_deadline(text, anchor=anchor)
    for place in range(1, len(text)):
        if not _WITHIN_NUMBER.match(text, place - 1):
            broken = parse_deadline(f"{text[:place]}\n{text[place:]}", anchor=anchor)
            assert (broken.kinds, broken.due) == (whole.kinds, whole.due)
