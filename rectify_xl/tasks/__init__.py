"""Rows -> what each unit reported on each task -> tasks, with every disagreement kept and none decided.

Two grains, kept apart: a :class:`Reported` is one task as one list has it (several rows when the task has parts);
a :class:`Task` joins what all units reported on it.
"""

from __future__ import annotations

from rectify_xl.tasks.agreeing import HOW_FAR, OF_OWN_SHARE, Conflict, Task, latest_of
from rectify_xl.tasks.comparing import differ, differing_part, meaning_of, stated_in
from rectify_xl.tasks.cooperating import is_the_leads, only_cooperates
from rectify_xl.tasks.joining import join_tasks, joined
from rectify_xl.tasks.numbering import category_key, category_of, number_keys, numbering_scopes, roster_name
from rectify_xl.tasks.part_values import PartValues, by_part, is_split, measure_keys, part_values, said_by_each
from rectify_xl.tasks.reported import UNSTATED, Reported, first_rows, reported_tasks, value_of_parts
from rectify_xl.tasks.split_rows import measures_in
from rectify_xl.tasks.versions import Written, ordered, written_of
from rectify_xl.tasks.wording import wording_key

__all__ = [
    "HOW_FAR", "OF_OWN_SHARE", "UNSTATED", "Conflict", "PartValues", "Reported", "Task", "Written", "by_part",
    "category_key", "category_of", "differ", "differing_part", "first_rows", "is_split", "is_the_leads", "join_tasks", "joined",
    "latest_of", "meaning_of", "measure_keys", "measures_in", "number_keys", "numbering_scopes", "only_cooperates", "ordered",
    "part_values", "reported_tasks", "roster_name", "said_by_each", "stated_in", "value_of_parts", "wording_key", "written_of",
]  # fmt: skip
