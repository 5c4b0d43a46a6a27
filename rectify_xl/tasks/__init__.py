"""Rows -> what each unit reported on each task -> tasks, with every disagreement kept and none decided.

Two grains, kept apart: a :class:`Reported` is one task as one list has it (several rows when the task has parts);
a :class:`Task` joins what all units reported on it.
"""

from __future__ import annotations

from rectify_xl.tasks.agreeing import Conflict, Task, differ, differing_part
from rectify_xl.tasks.joining import joined
from rectify_xl.tasks.reported import Reported, category_key, roster_name

__all__ = ["Conflict", "Reported", "Task", "category_key", "differ", "differing_part", "joined", "roster_name"]
