"""Which of several columns that could be one field is taken first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.tables.heading_names import Candidates

# Beside a column of the lead unit, a column with such a heading holds the other units of the task.
LEADS = re.compile(r"牵头|主办|主责")
_PLACE_ONLY = re.compile(r"^(?!.*责任).*属地")  # where it is, and who answers only where no other column says
OVERSEES = re.compile(r"监[管督]责任|主管(?!领导|负责)")
_GUIDES = re.compile(r"督导领导")
LAST, IN_DOUBT = 8, 9  # who guides or oversees the work answers for it only where nobody else is named, and that is said
_NAMES_ONLY = re.compile(r"(?:名称|主题|标题|点位?|项)\s*$")
DEMANDS = re.compile(r"(?:要求|需求|意见|建议)\s*$")


def choice_of(key: str, heading: str) -> int:
    """In which order columns with the words of the same field are taken: the lowest first."""
    if OVERSEES.search(heading):
        return IN_DOUBT
    if key == "lead_unit":
        return 0 if LEADS.search(heading) else 2 if _PLACE_ONLY.search(heading) else 1
    return (
        LAST
        if _GUIDES.search(heading)
        else int(bool(_NAMES_ONLY.search(heading)) or (key == "measures" and bool(DEMANDS.search(heading))))
    )


def is_behind(key: str, column: int, candidates: Mapping[int, Candidates]) -> bool:
    """Whether a problem stands right of the progress: there it is what hinders the work."""
    return key == "problem" and any(
        other < column and any(name == "progress" for name, _ in fields) for other, fields in candidates.items()
    )
