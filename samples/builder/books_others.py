"""Submissions of the remaining departments, the counties, the districts and the development zone."""

from __future__ import annotations

from builder import columns as c
from builder.layout import Blank, Book, Notes, Row, Sheet, Text
from builder.tasks import Fault


def _filled(unit: str, day: str) -> str:
    return f"填报单位:{unit}    填报日期:2026.11.{day}"


INDUSTRY = Book(
    "市工业和信息化局.et",
    "市工业和信息化局",
    (
        Sheet(
            columns=c.INDUSTRY,
            name="工信",
            title=("工业领域整改任务进展表", _filled("市工业和信息化局", "17")),
            rows=tuple(map(Row, (19, 20, 21))),
            numbering="{n}、{text}",
        ),
    ),
)

TRANSPORT = Book(
    "市交通运输局.xlsm",
    "市交通运输局",
    (
        Sheet(
            columns=c.FULL,
            name="交通",
            title=("交通运输整改任务清单", _filled("市交通运输局", "18")),
            rows=tuple(map(Row, (22, 23, 24))),
        ),
    ),
    macros=True,
    faults=(Fault("", "has-macros", "含宏"),),
)

MARKET = Book(
    "附件2.xlsx",
    "市市场监督管理局",
    (
        Sheet(
            columns=c.SHUFFLED,
            name="Sheet1",
            title=("整改任务进展情况", _filled("市市场监督管理局", "19")),
            rows=tuple(map(Row, (50, 51, 69))),
            dropdown=True,
        ),
    ),
)

CHENGYUAN = Book(
    "澄原县.xlsx",
    "澄原县",
    (
        Sheet(
            columns=c.PARTS,
            name="澄原县",
            title=("澄原县承担任务整改情况", _filled("澄原县", "18")),
            rows=tuple(map(Row, (42, 43, 52))),
            date_format="yyyy/m/d",
            footer=("填表人：游子衿    审核人：冯述之",),
        ),
    ),
    mac_dates=True,
)

BOZHU = Book(
    "柏渚区整改清单.xlsx",
    "柏渚区",
    (
        Sheet(
            columns=c.DISTRICT,
            name="柏渚区",
            title=("柏渚区督察反馈问题整改任务清单（共4项）", _filled("柏渚区", "17")),
            rows=(
                Row(
                    5,
                    {"deadline": "2027年6月底前"},
                    (Fault("deadline", "conflicting-reports", "与市水利局11月报.xlsx同一任务的时限不一致"),),
                ),
                Row(44),
                Row(53),
            ),
            faults=(Fault("title", "count-mismatch", "标题写共4项，实有3项"),),
        ),
    ),
    external_link=True,
    faults=(Fault("", "external-links", "链接到别的工作簿"),),
)

LIANTING = Book(
    "莲汀区.xlsx",
    "莲汀区",
    (
        Sheet(
            columns=c.WITHOUT_LEADER,
            name="莲汀区",
            title=("莲汀区整改任务清单", _filled("莲汀区", "21")),
            rows=tuple(map(Row, (45, 54))),
            faults=(Fault("", "missing-column", "没有责任领导列"),),
        ),
    ),
    template=(("kind", "template"), ("campaign", "榆泽市省级环保督察反馈问题整改"), ("round", "2026-10")),
    faults=(
        Fault("", "late-submission", "填报日期2026-11-21晚于2026-11-20"),
        Fault("", "wrong-template", "用上一轮2026-10的模板填报"),
    ),
)

ZONE = Book(
    "榆泽经济开发区.xlsx",
    "榆泽经济开发区",
    (
        Sheet(
            columns=c.ZONE,
            name="经开区",
            title=("经济开发区整改任务清单", _filled("榆泽经济开发区", "19")),
            rows=(
                Row(31, {"difficulty": "一般", "remark_again": "施工图已报市整改办"}),
                Row(32, {"difficulty": "较大"}),
                Row(34, {"difficulty": "较大", "remark_again": "监测井由第三方维护"}),
                Row(35, {"difficulty": "一般"}),
            ),
            faults=(
                Fault("=整改难度", "unknown-column", "清单之外的列（提示级）"),
                Fault("=备注", "duplicate-column", "备注列出现两次"),
            ),
        ),
    ),
)

TRADE = Book(
    "市商务局.xlsx",
    "市商务局",
    (
        Sheet(
            columns=c.TRADE,
            name="商务",
            title=("商务领域整改任务清单", _filled("市商务局", "18")),
            rows=(
                Row(55),
                Row(56),
                Row(68),
                Row(68, {}, (Fault("task_id", "duplicate-task", "同一任务填了两行"),)),
            ),
        ),
    ),
)

POLICE = Book(
    "市公安局.xlsx",
    "市公安局",
    (
        Sheet(
            columns=c.POLICE,
            name="公安",
            title=("公安机关整改任务清单", _filled("市公安局", "17")),
            rows=tuple(map(Row, (57, 58, 65))),
        ),
        Notes(
            "支队进展",
            (
                ("支队", "完成情况", "整改时限"),
                ("交警支队", "夜间巡查组每周上路三次，处罚渣土车19辆", "2026年12月底前"),
                ("治安支队", "烟花爆竹零售点复核过半，余下的十二月初查完", "2026年12月底前"),
            ),
            (Fault("", "sheet-not-read", "有进展、时限而没有问题列"),),
        ),
    ),
)

YANPING = Book(
    "砚坪县.xlsx",
    "砚坪县",
    (
        Sheet(
            columns=c.COUNTY,
            name="砚坪县",
            title=("砚坪县整改任务清单", _filled("砚坪县", "18")),
            rows=(
                *map(Row, (46, 61, 62, 63, 64)),
                Blank(),
                Text(
                    ("序号", "物资名称", "库存数量", "存放地点"),
                    merged=False,
                    faults=(Fault("", "unread-rows", "清单下面另有一张物资表"),),
                ),
                Text((1, "围油栏", "600米", "县应急物资库"), merged=False),
                Text((2, "吸油毡", "80包", "城关镇储备点"), merged=False),
                Blank(),
            ),
            footer=("填表人：贝叶青    审核人：穆清源",),
        ),
    ),
)

BOOKS = (INDUSTRY, TRANSPORT, MARKET, CHENGYUAN, BOZHU, LIANTING, ZONE, TRADE, POLICE, YANPING)
