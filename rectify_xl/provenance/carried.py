"""The columns that a dispatched workbook carries for the office: which task a row is, in which role, what was said last month.

They are known headings in every list, and no field of any schema. How keys are given is told in ``ledger/keys.py``.
"""

from __future__ import annotations

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import heading_key

KEY = Text("任务标识", "Task key")
ROLE = Text("角色", "Role")
LAST_PROGRESS = Text("上期进展", "Last progress")

_KEY = LazyPattern(r"T(\d{4,9})(?:\.(\d{1,4}))?")
_BY_HEADING = {heading_key(label): name for name in (KEY, ROLE, LAST_PROGRESS) for label in (name.zh, name.en)}


def carried_column(heading: str) -> Text | None:
    """Which of these columns a heading names; None for any other."""
    return _BY_HEADING.get(heading_key(heading))


def key_number(key: str) -> int:
    """The number of a task's key or of a part's; 0 for what is no key."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else 0


def task_key(key: str) -> str:
    """The key of the task: that of the whole for a part's (T0007.2 -> T0007), nothing for what is no key."""
    return make_key(key_number(key)) if key_number(key) else ""


def part_number(key: str) -> int:
    """Which part of its task a key names, from 1; 0 for the task as a whole."""
    match = _KEY.fullmatch(key)
    return int(match[2] or 0) if match else 0


def make_key(number: int, part: int = 0) -> str:
    """The key of a task, or of one of its parts."""
    return f"T{number:04d}" + (f".{part}" if part else "")
