"""Hypothesis: months of a campaign as units and offices really spend them, each list with the faults that lists have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.rounds.in_memory import KEYS, UNITS, Row, a_list, dispatched, edited, from_plan, merged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

SUBJECTS = (
    "北渠沿岸六处排口没有截污,雨后黑水入河",
    "东湖岸线围垦二十亩未退",
    "石料厂扬尘未覆盖,周边居民投诉不断",
    "南郊垃圾填埋场渗滤液积存三千吨",
    "东湖岸线围垦二十三亩未退",
)
MEASURES = ("封堵排口,铺设截污管", "退田还湖", "覆盖并建围挡", "转运处置渗滤液", "退田还湖")
# What a unit fills in, and the office's columns into which units write all the same.
OF_UNITS = ("status", "progress", "percent", "evidence", "contact", "completed_on", "remark")
OF_OFFICE = ("leader", "deadline", "target", "category", "acceptance_unit", "closed_on", "accepted_on", "measures")
STATES = ("未启动", "整改中", "已完成", "基本完成")
MONTHS = ("2026-12", "2027-01", "2027-02")


@dataclass
class Story:
    """What happens, drawn step by step. Texts and figures never come twice, so that each is known wherever it ends up."""

    luck: Random
    count: int = 0

    def often(self) -> bool:
        return self.luck.choice((False, True))

    def seldom(self) -> bool:
        return self.luck.randint(0, 5) == 5

    def value(self, key: str) -> Any:
        """Something new in a field."""
        self.count += 1
        at = self.count
        day = date.fromordinal(date(2026, 8, 1).toordinal() + at)
        made = {
            "status": self.luck.choice(STATES),
            "percent": at / 1000,
            "completed_on": day,
            "closed_on": day,
            "accepted_on": day,
            "deadline": f"{2027 + at // 12}年{at % 12 + 1}月底前",
            "leader": f"钟离{chr(0x4E00 + at)} 副市长",
        }
        if key in made:
            return made[key]
        text = f"第{at}次填写的内容"
        if key in ("progress", "evidence") and self.seldom():
            return self.luck.choice((f"【第一阶段】{text}", f"{text}\n【第二阶段】开工", f"{text}\n二、说明"))
        return text


def plan_rows(story: Story) -> list[dict[str, Any]]:
    """The tasks of a plan: who leads, who cooperates, which fields the office has filled in."""
    several = story.luck.randint(1, len(SUBJECTS))
    rows = []
    for at in range(several):
        lead, other = story.luck.sample(UNITS, 2)
        row = {"task_id": at + 1, "problem": SUBJECTS[at], "measures": MEASURES[at], "lead_unit": lead}
        row |= {"coop_units": other} if story.often() else {}
        row |= {key: story.value(key) for key in ("leader", "deadline", "target") if story.often()}
        rows.append(row)
    return rows


def first_lists(story: Story, most: int = 1) -> list[Submission]:
    """What some of the units send in November, in lists of their own; ``most``: how many of one unit."""
    rows = plan_rows(story)
    lists = []
    for unit in UNITS:
        own = [row for row in rows if unit in (row["lead_unit"], row.get("coop_units"))]
        for number in range(story.luck.randint(0, most) if own else 0):
            filled = date(2026, 11, 15 + number) if story.often() else None
            lists.append(a_list(unit, [with_news(story, row, OF_UNITS) for row in own], f"{unit}{number}.xlsx", filled_on=filled))
    return lists or [a_list(rows[0]["lead_unit"], rows[:1])]


def first_master(story: Story) -> Master:
    """The ledger of November: of a plan, or of what some of the units sent."""
    return from_plan(plan_rows(story)) if story.often() else merged(first_lists(story))


def with_news(story: Story, row: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """A row with something new in some of its fields, and some emptied."""
    changed = dict(row)
    for key in keys:
        choice = story.luck.randint(0, 5)
        if choice <= 1:
            changed[key] = story.value(key)
        elif choice == 2:
            changed[key] = None
    return changed


def own_rows(story: Story, master: Master, unit: str) -> list[Row]:
    """A list in the unit's own table: no keys, its own numbers or none."""
    numbered = story.often()
    rows = []
    for at, task in enumerate(master.tasks, 1):
        named = f"{task.values.get('lead_unit')}{task.values.get('coop_units')}"
        if unit not in named and not story.seldom():
            continue
        keep = {key: task.values.get(key) for key in ("problem", "measures", "lead_unit", "coop_units", "leader", "deadline")}
        keep |= {"task_id": at if numbered else None, "status": task.values.get("status")}
        rows.append(Row(keep))
    return rows


def with_faults(story: Story, rows: list[Row]) -> list[Row]:
    """What happens to rows by hand: deleted, copied, sorted, a key typed over, a text reworded, a new row."""
    rows = list(rows)
    for _ in range(story.luck.randint(0, 2)):
        if not rows:
            break
        fault, at = story.luck.randint(0, 6), story.luck.randint(0, len(rows) - 1)
        if fault == 0:
            del rows[at]
        elif fault == 1:
            rows.append(rows[at])
        elif fault == 2:
            rows = story.luck.sample(rows, len(rows))
        elif fault == 3:
            rows[at] = replace(rows[at], key=story.luck.choice(("T0001", "T0002", "T0099", "")))
        elif fault == 4:
            rows[at] = replace(rows[at], values={**rows[at].values, "problem": f"{rows[at].values.get('problem')}一处"})
        elif fault == 5:
            rows[at] = replace(rows[at], values={**rows[at].values, "problem": story.luck.choice(SUBJECTS)})
        else:
            story.count += 1
            rows.append(Row({"problem": f"新发现的问题{story.count}号", "progress": story.value("progress")}))
    return rows


def hand_in(story: Story, master: Master, round_id: str) -> Iterator[Submission]:
    """The lists of a month: of each unit none, one or two, prefilled or its own."""
    sent = dispatched(master, round_id, date.fromisoformat(f"{round_id}-01"))
    for unit in UNITS:
        for number in range(story.luck.choice((0, 1, 1, 2))):
            about: Any = {}
            rows = own_rows(story, master, unit)
            if unit in sent and story.often():
                rows, about = sent[unit]
            rows = with_faults(
                story,
                [
                    replace(row, values=with_news(story, row.values, (*OF_UNITS, *OF_OFFICE) if story.seldom() else OF_UNITS))
                    for row in rows
                ],
            )
            filled = date.fromisoformat(f"{round_id}-{15 + number:02d}") if story.often() else None
            dropped = story.luck.choice(("", "", "", "progress", "measures", "lead_unit"))
            columns = [key for key in KEYS if key != dropped]
            yield a_list(unit, rows, f"{unit}{number}.xlsx", columns=columns, filled_on=filled, **about)


def office_works(story: Story, master: Master) -> Master:
    """What the office does between two months: it corrects values, and decides some of what waits."""
    for task in master.tasks:
        if story.seldom():
            key = story.luck.choice((*OF_UNITS, *OF_OFFICE))
            master = edited(master, task.key, **{key: None if story.seldom() else story.value(key)})
    conflicts = [
        replace(one, decision=story.luck.choice(("", "保留台账", f"采用{one.sides[0].unit}填报"))) for one in master.conflicts
    ]
    pending = [replace(one, decision=story.luck.choice(("", "不采用", "新增为任务"))) for one in master.pending]
    return replace(master, conflicts=tuple(conflicts), pending=tuple(pending))
