"""What a round makes of the questions that stood open in 冲突: a unit has a newer word, or nothing is left to decide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.decision_records import ConflictSide
from rectify_xl.ledger.draft import same_text
from rectify_xl.ledger.roles import roster_name
from rectify_xl.rounds import Outcome
from rectify_xl.rounds.composing import split_lines
from rectify_xl.schema.conversion import convert, shown_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.decision_records import ConflictRecord
    from rectify_xl.ledger.draft import Draft
    from rectify_xl.rounds import FieldOutcome


def sides_with(old: Sequence[ConflictSide], new: Sequence[ConflictSide], campaign: Campaign) -> tuple[ConflictSide, ...]:
    """Of a unit that says something new its new words alone; a side whose source is not named is the older one of the same."""
    named = {(side.unit, side.value) for side in (*old, *new) if side.source}
    renewed = {side.unit for side in new if side.source}
    kept = [side for side in old if side.unit not in renewed and roster_name(campaign, side.unit) not in renewed]
    known = {(side.unit, side.value) for side in kept}
    fresh = [side for side in new if (side.unit, side.value) not in known]
    return tuple(dict.fromkeys(side for side in (*kept, *fresh) if side.source or (side.unit, side.value) not in named))


def asked_anew(conflict: ConflictRecord, sides: tuple[ConflictSide, ...]) -> ConflictRecord:
    """A question with the sides of now: a decision that took one of the old ones and could not be applied is none on these."""
    decision = conflict.decision
    holds = sides == conflict.sides or any(words.is_said(decision, said) for said in (words.KEEP, words.AS_DECIDED))
    return replace(conflict, sides=sides) if holds else replace(conflict, sides=sides, decision="", decided_value="")


def renew_sides(draft: Draft, outcomes: Iterable[FieldOutcome]) -> None:
    """A unit that has reported something else since stands in 冲突 with that: what it said before is nobody's word any more."""
    places = {(one.key, one.field): at for at, one in enumerate(draft.conflicts) if one.kind == "conflict"}
    for one in outcomes:
        at = places.get((one.key, one.field))
        if at is None or one.theirs is None or one.outcome not in (Outcome.REPORTED, Outcome.UNCHANGED):
            continue
        conflict, known = draft.conflicts[at], draft.campaign.schema[one.field]
        word = one.reported.words.get(one.field, one.theirs) if one.reported else one.theirs  # as the side has it
        new = ConflictSide(one.unit, shown_in(known, word), one.cell)
        mine = [side for side in conflict.sides if roster_name(draft.campaign, side.unit) == one.unit]
        if mine and not any(same_text(side.value, new.value) for side in mine):
            draft.conflicts[at] = asked_anew(conflict, sides_with(conflict.sides, (new,), draft.campaign))


def drop_answered(draft: Draft, outcomes: Iterable[FieldOutcome]) -> None:
    """A question is none any more where all sides say what 总台账 says: the office took it over by its own hand, or they agree.

    A decision that the office has begun to write stays with its question.
    """
    answered = {(one.key, one.field, "conflict") for one in outcomes if one.answered}
    gone = [
        conflict
        for conflict in draft.conflicts
        if not conflict.decision and ((conflict.key, conflict.field, conflict.kind) in answered or _is_answered(draft, conflict))
    ]
    draft.conflicts = [conflict for conflict in draft.conflicts if not any(conflict is one for one in gone)]
    still = {(conflict.key, conflict.field) for conflict in draft.conflicts if conflict.kind == "conflict"}
    for conflict in gone:
        if (conflict.key, conflict.field) not in still:
            draft.tasks[conflict.key].disputed.discard(conflict.field)


def _is_answered(draft: Draft, conflict: ConflictRecord) -> bool:
    task = draft.tasks.get(conflict.key)
    if task is None or conflict.field not in draft.campaign.schema or not conflict.sides:
        return False
    known = draft.campaign.schema[conflict.field]
    ours = shown_in(known, task.values.get(conflict.field))
    lines = split_lines(ours, named=lambda name: roster_name(draft.campaign, name)) or {}

    def says_ours(side: ConflictSide) -> bool:
        line = lines.get(roster_name(draft.campaign, side.unit), ours)
        return same_text(side.value, line) or same_text(shown_in(known, convert(known, side.value)), line)

    return all(says_ours(side) for side in conflict.sides)
