"""Submissions of the departments with the richer layouts. Task texts come from ``data/``."""

from __future__ import annotations

from datetime import date

from builder import columns as c
from builder.layout import Blank, Book, Header, Notes, Row, Sheet, Text
from builder.tasks import AIR, DUTY, WASTE, WATER, Fault

_SIGNED = "填表人：{}        审核人：{}        联系电话：0399-2550{}"


def _filled(unit: str, day: str) -> str:
    return f"填报单位：{unit}        填报日期：2026年11月{day}日"


ENVIRONMENT = Book(
    "市生态环境局.xlsx",
    "市生态环境局",
    (
        Sheet(
            columns=c.FULL,
            title=("榆泽市环保督察反馈问题整改任务清单", _filled("市生态环境局", "18")),
            rows=(
                Text((AIR,)),
                *map(Row, (13, 14, 15, 16)),
                Text((DUTY,)),
                *map(Row, (47, 48, 49)),
                Text(("合计", "7项"), merged=False),
            ),
            footer=(
                _SIGNED.format("蒲知秋", "陆苒", "108"),
                "注：1.完成率按工程量填写；2.佐证材料另行报送纸质件。",
            ),
            comments=((14, "progress", "剩余3家的钢结构厂家已签供货承诺，月底前再核一次。"),),
            dropdown=True,
        ),
    ),
)

RIVERS = Book(
    "市水利局11月报.xlsx",
    "市水利局",
    (
        Sheet(
            columns=c.GROUPED,
            name="任务清单",
            top_left=(2, 3),
            title=("水环境问题整改情况统计表", _filled("市水利局", "16")),
            groups=(("任务交办", 5), ("责任分工", 4), ("落实情况", 3)),
            rows=(
                Row(1),
                Row(2),
                Row(3, {}, (Fault("task_id", "superseded-submission", "被市水利局（重报）取代（提示级）"),)),
                Row(4),
                Row(5, {}, (Fault("deadline", "conflicting-reports", "与柏渚区整改清单.xlsx同一任务的时限不一致"),)),
            ),
            merges=(("category", (1, 5)), ("leader", (1, 5))),
            footer=(_SIGNED.format("汪屿", "韩叙白", "121"),),
        ),
    ),
)

RIVERS_AGAIN = Book(
    "市水利局（重报）.xlsx",
    "市水利局",
    (
        Sheet(
            columns=c.FULL,
            name="Sheet1",
            title=("水利局整改任务更新", _filled("市水利局", "19")),
            rows=(
                Row(
                    3,
                    {
                        "status": "已完成",
                        "progress": "3座闸泄放孔和在线流量计全部投用，数据接入调度平台，下游河段连续30天未断流。",
                        "percent": 1.0,
                        "completed_on": "2026.11.12",
                        "evidence": "验收单3份、平台数据截图",
                    },
                    (Fault("completed_on", "text-date", "文本日期（提示级）"),),
                ),
            ),
        ),
    ),
)

HOUSING = Book(
    "市住房和城乡建设局.xls",
    "市住房和城乡建设局",
    (
        Sheet(
            columns=c.HOUSING,
            name="任务清单",
            title=("市住房和城乡建设局承担整改任务情况表", _filled("市住房和城乡建设局", "17")),
            rows=tuple(map(Row, (6, 7, 8, 9, 10))),
            merges=(("category", (6, 10)), ("leader", (6, 8))),
            footer=(_SIGNED.format("谷雨桥", "祝闻笛", "133"),),
            numbering="（{n}）{text}",
        ),
    ),
)

HOUSING_MORE = Book(
    "市住建局(补充).xlsx",
    "市住房和城乡建设局",
    (Sheet(columns=c.FULL, name="补充", rows=tuple(map(Row, (17, 18, 70)))),),
)

FARMING = Book(
    "市农业农村局.ods",
    "市农业农村局",
    (
        Sheet(
            columns=c.FULL[:11],
            name="农业农村",
            title=("农业农村领域整改任务进展", _filled("市农业农村局", "18")),
            rows=(Text((WATER,)), Row(11), Row(12), Text((WASTE,)), Row(25), Row(26)),
            merges=(("leader", (11, 12)),),
            footer=(_SIGNED.format("乐遥", "方砺", "146"),),
        ),
    ),
)

LAND = Book(
    "市自然资源和规划局.xlsx",
    "市自然资源和规划局",
    (
        Sheet(
            columns=c.GROUPED,
            name="矿山修复",
            title=("矿山生态修复类整改任务", _filled("市自然资源和规划局", "17")),
            rows=tuple(map(Row, (37, 38, 39))),
            merges=(("category", (37, 39)), ("leader", (37, 38))),
        ),
        Sheet(
            columns=c.GROUPED,
            name="空间管控",
            title=("国土空间管控类整改任务", _filled("市自然资源和规划局", "17")),
            rows=(
                Row(40),
                Blank(),
                Row(41),
                Row(
                    41,
                    {
                        "problem": "两处临时料场占用耕地，用地期满八个月仍未拆除复垦。",
                        "target": "两处料场拆除，复垦后通过县级验收。",
                        "measures": ["拆除料场并清运建筑垃圾", "覆土复垦并补种豆科作物"],
                        "leader": "郁知微 市自然资源和规划局副局长",
                        "progress": "一处已拆除，建筑垃圾清运过半，另一处已发限期拆除通知。",
                    },
                    (Fault("task_id", "duplicate-number", "41号用在两个不同的问题上"),),
                ),
            ),
        ),
        Notes(
            "填报须知",
            (
                ("填报须知",),
                ("两张表分别由矿产科、用途管制科填写，问题请拨打内线8021。",),
                ("图斑面积以第三方测绘成果为准，单位为亩。",),
            ),
            (Fault("", "extra-sheet", "说明性工作表（提示级）"),),
        ),
        Sheet(
            columns=c.GROUPED,
            name="10月底稿",
            rows=(Row(37, {"progress": "编制完成19处修复设计，新开工6处。", "percent": 0.4}, ()),),
            hidden=True,
            faults=(Fault("", "hidden-sheet", "隐藏的工作表"),),
        ),
    ),
)

URBAN = Book(
    "市城市管理局-最终版(2).xlsx",
    "市城市管理局",
    (
        Sheet(
            columns=c.PLAIN,
            name="Sheet1",
            title=("城市管理领域整改任务清单", _filled("市城市管理局", "16")),
            rows=(
                Text((WASTE,)),
                Row(27),
                Blank(),
                Row(28),
                Blank(),
                Header(),
                Row(29),
                Blank(),
                Row(30),
            ),
            hidden_tasks=frozenset({28}),
            footer=(_SIGNED.format("邬晚舟", "岳明笙", "159"), "注：转运站数据截至11月15日。"),
            faults=(Fault("", "hidden-rows", "第28号任务所在行被隐藏"),),
        ),
    ),
)

PLANNING = Book(
    "市发展和改革委员会.xlsx",
    "市发展和改革委员会",
    (
        Sheet(
            columns=c.LEDGER,
            name="销号台账",
            title=("整改任务验收销号台账", _filled("市发展和改革委员会", "20")),
            rows=tuple(map(Row, (36, 59, 60, 66, 67))),
            date_format='yyyy"年"m"月"d"日"',
        ),
    ),
)

EDUCATION = Book(
    "市教育局.xlsx",
    "市教育局",
    (
        Sheet(
            columns=c.FULL,
            title=("市教育局整改任务清单", _filled("市教育局", "18")),
            rows=(Blank(), Blank()),
            footer=(_SIGNED.format("印澜", "", "171"),),
            faults=(Fault("", "empty-submission", "有表头而没有任务行"),),
        ),
    ),
)

CULTURE = Book(
    "市文化和旅游局.xlsx",
    "市文化和旅游局",
    (
        Notes(
            "通讯录",
            (
                ("姓名", "科室", "办公电话", "值班日"),
                ("闻人歌", "资源开发科", "0399-2550188", date(2026, 11, 23)),
                ("白芷兰", "市场管理科", "0399-2550189", date(2026, 11, 24)),
            ),
        ),
    ),
    faults=(Fault("", "no-task-table", "只有通讯录，没有任务表"),),
)

BOOKS = (
    ENVIRONMENT, RIVERS, RIVERS_AGAIN, HOUSING, HOUSING_MORE, FARMING, LAND, URBAN, PLANNING, EDUCATION, CULTURE,
)  # fmt: skip
