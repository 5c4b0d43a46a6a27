"""What holds of every merge: nothing is lost, nothing of the office's changes unasked, the same again is nothing new."""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rectify_xl.common.text_keys import text_key
from rectify_xl.ledger.base_view import base_of
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.provenance.carried import key_number
from rectify_xl.schema.conversion import convert, shown, shown_in
from tests.rounds.in_memory import FARM, HOUSING, WATER, merged, saved_again
from tests.rounds.stories import MONTHS, Story, first_lists, first_master, hand_in, office_works
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

# The ordinary run has the same examples every time, the long run others.
MANY = settings(max_examples=count(12, 2000), derandomize=not os.environ.get("RECTIFY_XL_LONG"))


def places(master: Master, key: str) -> list[str]:
    """All that a master shows of a field, in whichever sheet."""
    known = master.campaign.schema[key]
    texts = [shown_in(known, task.values.get(key)) for task in master.tasks]
    texts += [shown_in(known, report.values.get(key)) for report in master.reports]
    texts += [report.words.get(key, "") for report in master.reports]
    texts += [shown_in(known, row.values.get(key)) for row in master.pending]
    texts += [row.words.get(key, "") for row in master.pending if hasattr(row, "words")]
    return texts + [side.value for one in master.conflicts if one.field == key for side in one.sides]


def lost(submission: Submission, master: Master, lists: Sequence[Submission]) -> list[tuple[str, str, str]]:
    """The values of a list that no sheet of the master shows; of the same state in other words the unit's last word is enough."""
    found = []
    once = sum(one.unit_text == submission.unit_text for one in lists) == 1
    findings = [one for one in master.findings if one.file == submission.path]
    for table in submission.tables:
        for row in table.rows:
            for key in table.columns:
                known, raw = master.campaign.schema[key], row.values.get(key)
                value = convert(known, raw)
                text = shown_in(known, value)
                # Of two rows of its own on one task a unit's later number is shown.
                alone = once and sum(one.values.get("problem") == row.values.get("problem") for one in table.rows) == 1
                own_number = key == "task_id" and not row.key and not alone
                sent = {text_key(said.get(key, "")) for said in submission.dispatched.values()}  # of any row: keys are typed over
                if value is None or own_number or text_key(text) in sent:
                    continue
                cell = table.cell(row, key)
                at_cell = any(
                    one.cell == cell or (one.slug == "superseded-submission" and one.cell.endswith(str(row.row)))
                    for one in findings
                )
                texts = [] if at_cell else [text_key(shows) for shows in places(master, key)]
                own_word = [shown(raw)] if once else [shown(raw), text]
                words = own_word if known.kind == "choice" else [text]
                if not at_cell and not any(text_key(said) in one for said in words for one in texts):
                    found.append((cell, key, text))
    return found


def content(master: Master, order: Callable[[Any], Any] = lambda value: value) -> dict[str, list[Any]]:
    """What a master says, without the digests of the files that it was made of; ``order`` is applied to every value."""

    def filled(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: order(value) for key, value in values.items() if value is not None}

    return {
        "tasks": [(task.key, filled(task.values), sorted(task.disputed)) for task in master.tasks],
        "reports": [(one.key, one.unit, filled(one.values), one.words, one.other, one.round_id) for one in master.reports],
        "conflicts": [(one.key, one.field, one.kind, order(one.ours), order(one.sides)) for one in master.conflicts],
        "pending": [(one.unit, filled(one.values)) for one in master.pending],
        "changes": [(one.key, one.field, order(one.old), order(one.new), one.outcome) for one in master.changes],
    }


def unordered(master: Master, base: Master) -> dict[str, list[str]]:
    """The same in whichever order it came: rows, sides of conflicts, lines of several units in one cell, keys of new tasks."""

    def in_order(value: Any) -> Any:
        if isinstance(value, tuple):
            return sorted((side.unit, side.value) for side in value)
        return sorted(part.strip() for part in value.split("【")) if isinstance(value, str) else value

    def without_new_keys(row: Any) -> Any:
        return ("new", *row[1:]) if key_number(row[0]) > base.last_key else row

    said = content(master, in_order)
    for _, _, values, *_ in said["reports"]:
        values.pop("task_id", None)  # a unit that reports a task under two numbers of its own has shown the later one
    return {what: sorted(repr(without_new_keys(row)) for row in rows) for what, rows in said.items()}


@MANY
@given(st.randoms())
def test_no_value_is_lost(luck: Random) -> None:
    story = Story(luck)
    master = first_master(story)
    for month in MONTHS[:2]:
        lists = list(hand_in(story, master, month))
        after = merged(lists, master, month)
        for submission in lists:
            assert lost(submission, after, lists) == []
        master = office_works(story, after)


@MANY
@given(st.randoms())
def test_no_value_is_lost_in_the_first_round(luck: Random) -> None:
    lists = first_lists(Story(luck), most=2)
    master = merged(lists)
    assert [lost(submission, master, lists) for submission in lists] == [[]] * len(lists)


@pytest.mark.parametrize("seed", [2453, 3880, 5523])
def test_the_order_of_files_with_two_words_for_one_state_does_not_matter(seed: int) -> None:
    _shuffled(Random(seed))  # noqa: S311 - repeatable


@MANY
@given(st.randoms())
def test_the_order_of_files_does_not_matter(luck: Random) -> None:
    _shuffled(luck)


def _shuffled(luck: Random) -> None:
    story = Story(luck)
    master = office_works(story, first_master(story))
    lists = list(hand_in(story, master, MONTHS[0]))
    shuffled = luck.sample(lists, len(lists))
    assert unordered(merged(shuffled, master, MONTHS[0]), master) == unordered(merged(lists, master, MONTHS[0]), master)


def _name_any(lists: Sequence[Submission], units: Sequence[str]) -> bool:
    rows = [str(row.values) for one in lists for table in one.tables for row in table.rows]
    return any(unit in row for unit in units for row in rows)


@MANY
@given(st.randoms())
def test_lists_of_units_that_share_no_task_come_to_the_same_in_one_merge_or_in_two(luck: Random) -> None:
    story = Story(luck)
    master = office_works(story, first_master(story))
    lists = list(hand_in(story, master, MONTHS[0]))
    first = [one for one in lists if one.unit_text == WATER]
    others = [one for one in lists if one.unit_text != WATER]
    shared = {
        task.key
        for task in with_decisions(master).master.tasks
        if WATER in str(task.values) and (HOUSING in str(task.values) or FARM in str(task.values))
    }
    assume(not shared)
    # A list may also give another unit a part in a task that it had none in.
    assume(not _name_any(first, (HOUSING, FARM)))
    assume(not _name_any(others, (WATER,)))
    once = unordered(merged(lists, master, MONTHS[0]), master)
    assert unordered(merged(others, merged(first, master, MONTHS[0]), MONTHS[0]), master) == once
    assert unordered(merged(first, merged(others, master, MONTHS[0]), MONTHS[0]), master) == once


@pytest.mark.parametrize(
    "seed",
    [
        224,  # a new task stands twice in a list
        870,  # a copy of a row under a key that was typed over, above the row itself
        981,  # a new task stands in two lists of a unit
        1332,  # a task that another unit brought up has the words of a row that was taken for an older one
        2147,  # two rows that say the same, one of which was decided before the other
        4498,  # as 1332, with keys
        15191,  # as 1332, the unit itself having brought it up
        6163,  # two rows that say the same, both of which wait
        10491,  # as 870, the first of two rows having been found by its words
        60196,  # a new task of which the two lists of a unit say contradictory things
    ],
)
def test_a_story_merged_again_changes_nothing(seed: int) -> None:
    _merged_again(Random(seed))  # noqa: S311 - repeatable


@MANY
@given(st.randoms())
def test_merging_again_changes_nothing(luck: Random) -> None:
    _merged_again(luck)


def _merged_again(luck: Random) -> None:
    story = Story(luck)
    master = office_works(story, first_master(story))
    lists = list(hand_in(story, master, MONTHS[0]))
    once = merged(lists, master, MONTHS[0])
    assert content(merged(lists, once, MONTHS[0])) == content(once)
    assert content(merged(map(saved_again, lists), once, MONTHS[0])) == content(once)


@MANY
@given(st.randoms())
def test_what_the_office_has_filled_in_changes_by_its_decision_alone(luck: Random) -> None:
    story = Story(luck)
    master = first_master(story)
    for month in MONTHS:
        lists = list(hand_in(story, master, month))
        decided = with_decisions(master, month).master
        after = merged(lists, master, month)
        base, now = base_of(decided), {task.key: task.values for task in after.tasks}
        assert list(now)[: len(base.tasks)] == [task.key for task in base.tasks]
        for task in base.tasks:
            for known in after.campaign.schema.fields:
                ours = task.values.get(known.key)
                if known.owner == "office" and ours is not None:
                    assert now[task.key][known.key] == ours
        master = office_works(story, after)
