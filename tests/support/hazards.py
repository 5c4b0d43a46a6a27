"""Invented hazard ledgers and an English action log of any length, as plants and works offices keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

PLACES = ("一号堆场", "二号皮带廊", "配电室", "氨压缩机房", "成品库", "锅炉间", "循环水泵房", "北门卸料口", "化验室", "污水站")
FAULTS = (
    "临边护栏缺失一段", "配电箱门没有上锁", "灭火器压力不足", "气瓶没有防倒架", "安全通道堆放杂物", "传动部位防护罩松动",
)  # fmt: skip
REMEDIES = ("补装护栏并刷警示色", "加锁并张贴责任牌", "更换灭火器两具", "加装防倒架", "清理杂物并划线", "紧固防护罩")
KINDS = ("高处作业", "用电安全", "消防安全", "气瓶使用", "消防安全", "机械防护")
UNITS = ("生产一车间", "动力车间", "仓储部", "设备部")
PEOPLE = ("卫长庚", "车庚", "柯思远", "阮小荷", "穆青山")
STARTED = date(2026, 9, 1)


@dataclass(frozen=True)
class Hazard:
    """One hazard of a ledger."""

    number: int

    @property
    def place(self) -> str:
        return PLACES[self.number % len(PLACES)]

    @property
    def problem(self) -> str:
        return f"{self.place}{FAULTS[self.number % len(FAULTS)]}（第{self.number}处）"

    @property
    def remedy(self) -> str:
        return REMEDIES[self.number % len(REMEDIES)]

    @property
    def kind(self) -> str:
        return KINDS[self.number % len(KINDS)]

    @property
    def unit(self) -> str:
        return UNITS[self.number % len(UNITS)]

    @property
    def person(self) -> str:
        return PEOPLE[self.number % len(PEOPLE)]

    @property
    def found(self) -> date:
        return STARTED + timedelta(days=self.number % 20)

    @property
    def due(self) -> date:
        return date(2026, 12, 1) + timedelta(days=self.number % 25)

    @property
    def done(self) -> date | None:
        return self.found + timedelta(days=15) if self.number % 3 == 0 else None


def hazards(count: int = 60) -> list[Hazard]:
    """The hazards of a ledger, from number 1 on."""
    return [Hazard(number) for number in range(1, count + 1)]


def plain(found: list[Hazard]) -> list[list[Any]]:
    """A title, one row of headings, one row per hazard, a footer."""
    head = [
        "序号", "排查日期", "隐患部位", "隐患内容", "隐患类别", "隐患等级", "整改措施", "责任单位", "整改责任人", "整改期限",
        "整改状态", "整改完成日期",
    ]  # fmt: skip
    rows = [
        [one.number, one.found, one.place, one.problem, one.kind, "一般", one.remedy, one.unit, f"{one.person} 主任", one.due,
         "已整改" if one.done else "整改中", one.done]
        for one in found
    ]  # fmt: skip
    return [["望川化工厂安全隐患排查治理台账"], [], head, *rows, ["填表人：柳青禾", None, None, "审核人：方竹"]]


def grouped(found: list[Hazard]) -> tuple[list[list[Any]], tuple[str, ...]]:
    """Two rows of headings under groups, rows of sections, a total; the words of another office. With the merged ranges."""
    top = ["编号", "检查情况", None, None, "整改情况", None, None, None, None, "备注"]
    head = [None, "检查时间", "隐患地点", "隐患描述", "治理措施", "责任部门", "责任人", "限改日期", "是否闭环", None]
    rows: list[list[Any]] = [["安全隐患治理情况表"], top, head]
    merges = ["A1:J1", "A2:A3", "B2:D2", "E2:I2", "J2:J3"]
    for at, one in enumerate(found):
        if at % 20 == 0:
            rows.append([f"{'一二三四五六'[at // 20]}、第{at // 20 + 1}片区"])
            merges.append(f"A{len(rows)}:J{len(rows)}")
        rows.append([
            f"YH-{one.number:03}", one.found.isoformat(), one.place, one.problem, one.remedy, one.unit, f"{one.person} 班长",
            f"{one.due.year}年{one.due.month}月{one.due.day}日前", "已闭环" if one.done else "未闭环", None,
        ])  # fmt: skip
    return [*rows, ["合计", None, None, f"{len(found)}项"]], tuple(merges)


def shifted(found: list[Hazard]) -> list[list[Any]]:
    """A table that begins in column C, without a column of status, with a note above and spacer rows."""
    left = [None, None]
    head = ["隐患编号", "存在隐患", "整改要求", "整改单位", "整改负责人", "完成时限", "整改完成时间", "复查人", "复查时间"]
    rows: list[list[Any]] = [[*left, "隐患排查清单（九月）"], [*left, "说明：一处一行，照片另附。"], [], [*left, *head]]
    for one in found:
        checked = (f"{PEOPLE[0]}", one.done + timedelta(days=2)) if one.done else (None, None)
        rows.append([*left, one.number, one.problem, one.remedy, one.unit, f"{one.person} 部长", one.due, one.done, *checked])
        rows += [[]] * (one.number % 10 == 0)
    return rows


OWNERS = (
    "John Smith", "María García-López", "O'Brien, K.", "Jürgen Müller", "Иван Петров", "Σοφία Νικολάου", "さとう けん", "김민준",
    "Nguyễn Văn An",
)  # fmt: skip


def action_log(count: int = 60) -> list[list[Any]]:
    """An English log of nine columns; its owners are people of many countries and scripts."""
    head = ["Ref", "Finding", "Corrective action", "Department", "Owner", "Due date", "Status", "Closed on", "Notes"]
    return [["Site action log"], head, *map(_action, hazards(count))]


def _action(one: Hazard) -> list[Any]:
    bay = one.number
    return [
        f"A-{bay:02}", f"Guard rail missing at bay {bay}, level {bay % 4}", f"Refit the rail at bay {bay}",
        ("Maintenance", "Stores", "Operations")[bay % 3], OWNERS[bay % len(OWNERS)], one.due,
        "Closed" if one.done else "Open", one.done, "see photo" if bay % 5 == 0 else None,
    ]  # fmt: skip
