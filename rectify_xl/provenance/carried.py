"""The columns that a dispatched workbook carries for the office: which task a row is, in which role, what was said last month.

They are known headings in every list, and no field of any schema.
"""

from __future__ import annotations

from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import heading_key

KEY = Text("任务标识", "Task key")
ROLE = Text("角色", "Role")
LAST_PROGRESS = Text("上期进展", "Last progress")

_BY_HEADING = {heading_key(label): name for name in (KEY, ROLE, LAST_PROGRESS) for label in (name.zh, name.en)}


def carried_column(heading: str) -> Text | None:
    """Which of these columns a heading names; None for any other."""
    return _BY_HEADING.get(heading_key(heading))
