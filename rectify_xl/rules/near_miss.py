"""What a sheet lacks of being a task list, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def lacking(facts: Mapping[str, Any]) -> tuple[str, str]:
    """What the nearest row of headings lacks, as a clause in Chinese and in English."""
    if facts.get("upright"):
        return (
            "列名竖着排在一列里，任务横着排；请转置成一行一项任务",
            "the headings stand below each other and the tasks side by side: turn the table, one row per task",
        )
    if facts.get("stacked"):
        return (
            "列名上下两行、一项任务占两行以上，分不清哪一行是哪一列；请改为一行列名、一行一项任务",
            "two rows of headings stand above two or more rows per task: use one row of headings and one row per task",
        )
    labels = facts.get("lacks") or ()
    zh, en = ("或".join(f"“{label['zh']}”" for label in labels), " or ".join(label["en"] for label in labels))
    if not labels:
        return "下面没有可读的任务", "no task that could be read stands below it"
    return f"缺少{zh}列", f"it has no column {en}"
