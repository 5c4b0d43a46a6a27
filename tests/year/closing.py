"""The year's tasks from done to struck off and back: extensions, five ways to a strike-off, two that came back, a look-back.

Played with the calendar of ``events.py`` in the long run, and alone, with the first units, in every other.
"""

from __future__ import annotations

from datetime import date

from tests.year.events import FARM, HOUSING, OFFICE, WATER, Event, Months

UNITS = (WATER, HOUSING, FARM)
SETTINGS = (
    "closing: {steps: [apply, accept, notice, sign, close], notice: {days: 10, phone: 0000-8311}}\n"
    "lookback: {ratio: 1}\n"
)  # fmt: skip
HOLIDAYS = "date,kind,name\n2027-01-01,holiday,元旦\n2027-04-05,holiday,清明节\n"
APPLIED = date(2026, 12, 1)
RELAPSE = "暴雨后排口再次溢流"


def _done(unit: str, task: int, month: str) -> tuple[Event, ...]:
    """A unit says that it has finished a task, and applies for the strike-off."""
    day = date.fromisoformat(f"{month}-01")
    return (
        Event(unit, "says", task, "status", "已完成", "reported"),
        Event(unit, "says", task, "completed_on", day, "reported"),
        Event(unit, "says", task, "applied_on", day, "reported"),
    )


def _dates(task: int, **days: date) -> Event:
    return Event(OFFICE, "dates", task, value=days)


CLOSING: Months = {
    "2026-11": (),
    "2026-12": (
        *(event for unit, task in ((HOUSING, 7), (HOUSING, 10), (FARM, 13), (FARM, 14), (FARM, 15))
          for event in _done(unit, task, "2026-12")),
        Event(FARM, "asks to extend", 12, value=(date(2026, 12, 10), date(2027, 6, 30), "管材到货推迟")),
        Event(HOUSING, "asks to extend", 6, value=(date(2026, 12, 15), date(2027, 3, 31), "施工许可未办结")),
    ),
    "2027-01": (
        Event(OFFICE, "answers", 12, value=("同意", "钟离岳", date(2026, 12, 28), "青整改办〔2026〕9号")),
        Event(OFFICE, "answers", 6, value=("不同意", "钟离岳", date(2026, 12, 28), None)),
        # Its last day lies in a year that no calendar knows yet.
        _dates(13, accepted_on=date(2026, 12, 22), publicity_start=date(2026, 12, 23)),
        Event(HOUSING, "asks to extend", 9, value=(date(2027, 1, 10), date(2027, 6, 30), "征地未完成")),
    ),
    "2027-02": (
        Event(OFFICE, "adds the holidays"),
        # Step by step; too early; without notice and signature; all at once; without a day of strike-off.
        _dates(13, signed_on=date(2027, 1, 7), closed_on=date(2027, 1, 8)),
        _dates(7, accepted_on=date(2027, 1, 4), publicity_start=date(2027, 1, 5), signed_on=date(2027, 1, 18),
               closed_on=date(2027, 1, 15)),
        _dates(10, accepted_on=date(2027, 1, 4), closed_on=date(2027, 1, 25)),
        _dates(14, accepted_on=date(2027, 1, 4), publicity_start=date(2027, 1, 5), publicity_end=date(2027, 1, 18),
               signed_on=date(2027, 1, 19), closed_on=date(2027, 1, 19)),
        _dates(15, accepted_on=date(2027, 1, 4), publicity_start=date(2027, 1, 5), publicity_end=date(2027, 1, 18),
               signed_on=date(2027, 1, 19)),
        *(Event(OFFICE, "closes", task) for task in (13, 7, 10, 14, 15)),
    ),
    "2027-03": (
        _dates(7, closed_on=date(2027, 1, 19)),
        Event(OFFICE, "reopens", 14, value=(date(2027, 2, 20), "群众举报反弹")),
        Event(OFFICE, "looks back", 13, value=(date(2027, 2, 24), RELAPSE)),
        *_done(HOUSING, 8, "2027-03"),
    ),
}  # fmt: skip

#: Month -> what the merge says of the life of which task.
JUDGED = {
    "2026-11": set(),
    "2026-12": set(),
    "2027-01": {(6, "extension-not-granted"), (9, "extension-too-late"), (9, "extension-not-granted")},
    "2027-02": {
        (6, "extension-not-granted"), (9, "extension-too-late"), (9, "extension-not-granted"),
        (7, "closing-too-early"), (10, "closing-step-skipped"), (15, "closing-step-skipped"),
    },
    "2027-03": {
        (6, "extension-not-granted"), (9, "extension-too-late"), (9, "extension-not-granted"),
        (10, "closing-step-skipped"), (15, "closing-step-skipped"),
    },
}  # fmt: skip
#: Written deadlines that are not the plan's usual one.
DEADLINES = {6: "2026年12月31日前", 9: "2026年12月31日前", 12: "2027年1月31日前"}
