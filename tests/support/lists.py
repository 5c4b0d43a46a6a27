"""Small task lists of invented content, as units send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEADINGS = {
    "task_id": "序号",
    "category": "问题类别",
    "problem": "存在问题",
    "measures": "整改措施",
    "leader": "责任领导",
    "lead_unit": "责任单位",
    "deadline": "整改时限",
    "status": "整改状态",
    "progress": "整改进展",
    "percent": "完成率",
    "completed_on": "实际完成日期",
    "remark": "备注",
}
CLEAN: dict[str, Any] = {
    "task_id": 1,
    "problem": "北渠沿岸六处排口没有截污,雨后黑水入河",
    "measures": "(1)封堵排口六处。(2)铺设截污管三百米。",
    "leader": "钟离岳 副市长",
    "lead_unit": "市水务局牵头,市住建局配合",
    "deadline": "2026年12月31日前",
    "status": "整改中",
    "progress": "已封堵四处排口,截污管铺设二百一十米",
}


def write_list(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    *,
    unit: str = "",
    filled: str = "",
    keys: tuple[str, ...] = tuple(CLEAN),
) -> Path:
    """One list: a title, the line 填报单位/填报日期 where given, a header, then CLEAN with each row's own values on top."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务清单"
    sheet.append([f"{unit}整改任务清单"])
    sheet.append([f"填报单位:{unit}    填报日期:{filled}" if filled else (f"填报单位:{unit}" if unit else None)])
    sheet.append([HEADINGS.get(key, key) for key in keys])
    for row in rows:
        values = {**CLEAN, **row}
        sheet.append([values.get(key) for key in keys])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
