"""holidays.csv -> which days are worked: what the office adds to the published calendar, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.csv_table import Row, read_rows
from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.workdays import WorkCalendar

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_COLUMNS = {
    "date": ("日期", "day"),
    "kind": ("类别", "类型", "种类"),
    "name": ("名称", "节日", "节假日", "说明"),
}
_KINDS = {
    False: "holiday 放假 休 休息 节假日 法定节假日 假日 放假日",
    True: "workday 上班 班 调休 调休上班 补班 工作日 调休工作日",
}
_WORKED = {word: worked for worked, words in _KINDS.items() for word in words.split()}


def read_holidays(path: Path) -> WorkCalendar:
    """The published calendar with the office's own days over it.

    Raises:
        RectifyError: a line is wrong; the message names it.
        OSError: the file cannot be opened.
    """
    own: dict[date, bool] = {}
    for row in read_rows(path, _COLUMNS, "date"):
        day, worked = _day(row), _WORKED.get(row.get("kind").casefold())
        if worked is None:
            raise row.error(
                f"{row.heading('kind')} 只能写 holiday 或 workday（放假 或 上班），不能写“{row.get('kind')}”",
                f"{row.heading('kind')} must be holiday or workday, not “{row.get('kind')}”",
            )
        if own.setdefault(day, worked) is not worked:
            raise row.error(f"{day} 既写了放假又写了上班", f"{day} is both a holiday and a workday")
    return WorkCalendar(own)


def _day(row: Row) -> date:
    try:
        return parse_day(row.get("date").replace("/", "-"))
    except RectifyError as error:
        raise row.error(error.message.zh, error.message.en) from error
