"""The second sample: a plant's hazard ledger, read with ``schema: hazard_list``."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from builder.package import fix_dates, pack, read_parts

if TYPE_CHECKING:
    from pathlib import Path

CAMPAIGN = """# A plant's own ledger of hazards; judged as of 2026-11-21.
name: 望川化工厂安全隐患排查治理
issuer: 望川化工厂安全环保部
issued: 2026-10-08
schema: hazard_list
"""
HEADINGS = (
    "序号",
    "检查时间",
    "隐患部位",
    "隐患内容",
    "隐患类别",
    "隐患等级",
    "整改措施",
    "责任部门",
    "责任人",
    "整改期限",
    "是否闭环",
    "整改完成时间",
)
DAY = date(2026, 10, 12)
ROWS = (
    (
        DAY,
        "一号堆场",
        "临边护栏缺失约六米",
        "高处作业",
        "一般",
        "补装护栏并刷警示色",
        "生产一车间",
        "卫长庚 班长",
        date(2026, 10, 30),
        "已闭环",
        date(2026, 10, 27),
    ),
    (
        DAY,
        "配电室",
        "三号配电箱门没有上锁",
        "用电安全",
        "一般",
        "加锁并张贴责任牌",
        "动力车间",
        "车庚 班长",
        date(2026, 10, 20),
        "已闭环",
        date(2026, 10, 15),
    ),
    (
        DAY,
        "氨压缩机房",
        "两具灭火器压力不足",
        "消防安全",
        "一般",
        "更换灭火器",
        "动力车间",
        "车庚 班长",
        date(2026, 12, 5),
        "未闭环",
        None,
    ),
    (
        DAY,
        "二号皮带廊",
        "拉绳开关失效",
        "机械防护",
        "重大",
        "停机更换并试验",
        "设备部",
        "柯思远 部长",
        date(2026, 11, 10),
        "未闭环",
        None,
    ),
    (DAY, "成品库", "安全通道堆放托盘", "消防安全", "一般", "清理并划线", "仓储部", "阮小荷 主管", "尽快完成", "未闭环", None),
)


def write_hazards(folder: Path) -> None:
    """Write the campaign folder."""
    (folder / "submissions").mkdir(parents=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "隐患台账"
    sheet.append(["望川化工厂安全隐患排查治理台账"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    sheet.append(HEADINGS)
    for number, row in enumerate(ROWS, 1):
        sheet.append([number, *row])
    for column in range(1, len(HEADINGS) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
    stream = BytesIO()
    book.save(stream)
    parts = read_parts(stream.getvalue())
    fix_dates(parts)
    (folder / "submissions" / "望川化工厂.xlsx").write_bytes(pack(parts))
