"""Every phrase of the case files is read as labelled."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from rectify_xl.language.deadline import KINDS, Deadline, parse_deadline

HERE = Path(__file__).parent
#: figures as on a cheque, and two characters of one number or word in Latin letters
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾]")
_WITHIN_NUMBER = re.compile(r"[0-9A-Za-z.\uff0e\uff10-\uff19]{2}")


def _load(name: str) -> list[dict[str, object]]:
    with (HERE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


#: invented and blind were labelled before the parser saw them; forms pin readings checked by eye afterwards
CASES = _load("cases_invented.jsonl") + _load("cases_blind.jsonl") + _load("cases_forms.jsonl")


DAMAGED = _load("cases_damaged.jsonl")


def _read(case: dict[str, object]) -> Deadline:
    return parse_deadline(case["text"], anchor=date.fromisoformat(str(case["anchor"])))


def _differing(case: dict[str, object], found: dict[str, object]) -> dict[str, object]:
    """What was read otherwise than labelled."""
    return {name: value for name, value in found.items() if value != case[name]}


def _iso(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


# A test of its own for each of the thousand phrases would take ten times as long as reading them.


def test_every_phrase_is_read_as_labelled() -> None:
    """Kinds, days and ambiguity are the labelled ones; the labelled alternatives are named."""
    wrong = {}
    for case in CASES:
        read = _read(case)
        found = {"kinds": list(read.kinds), "due": _iso(read.due), "vague": read.vague, "ambiguous": read.ambiguous}
        labelled = case["alt_due"]
        assert isinstance(labelled, list)
        if differing := _differing(case, found) or set(labelled) - set(_iso(read.alternatives)):
            wrong[str(case["text"])] = differing
    assert wrong == {}


def test_a_damaged_date_is_offered_and_never_taken() -> None:
    """What is damaged has no day; its one likely reading is named. Sound neighbours of the same look keep theirs."""
    wrong = {}
    for case in DAMAGED:
        read = _read(case)
        found = {"kinds": list(read.kinds), "due": _iso(read.due), "alt_due": _iso(read.alternatives)}
        if differing := _differing(case, found):
            wrong[str(case["text"])] = differing
    assert wrong == {}


def test_every_result_is_coherent() -> None:
    """The promises of the Deadline hold for every phrase."""
    for case in CASES:
        text = str(case["text"])
        read = _read(case)
        assert ("dated" in read.kinds) is bool(read.due), text
        assert [kind for kind in KINDS if kind in read.kinds] == list(read.kinds), text
        assert (read.problem is not None) is (read.kinds == ("invalid",)), text
        assert bool(read.reasons) or not read.ambiguous, text
        assert all(0 <= start < end <= len(text) for start, end in read.used), text
        assert all(before[1] <= after[0] for before, after in zip(read.used, read.used[1:], strict=False)), text


def test_a_line_break_parts_nothing() -> None:
    """A break within a number aside, the lines of a narrow cell are one phrase."""
    wrong = []
    for case in CASES:
        text, anchor = str(case["text"]), date.fromisoformat(str(case["anchor"]))
        if "\n" in text or _FORMAL.search(text):
            continue
        whole = parse_deadline(text, anchor=anchor)
        for place in range(1, len(text)):
            if not _WITHIN_NUMBER.match(text, place - 1):
                lines = f"{text[:place]}\n{text[place:]}"
                broken = parse_deadline(lines, anchor=anchor)
                if (broken.kinds, broken.due) != (whole.kinds, whole.due):
                    wrong.append(lines)
    assert wrong == []
