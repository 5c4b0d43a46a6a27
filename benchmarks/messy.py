"""Times a merge of a messy folder against what people write by hand; see round.py for what (a), (b) and (c) are.

    python benchmarks/messy.py [FILES] [ROWS]        default: 200 files of 40 rows

One row in three is at fault in four or five ways, and every list says of ten tasks of the next unit something else than that
unit does: some ten thousand findings, and conflicts between all units.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any

import xlsxwriter
from round import DEADLINES, HEADINGS, compare

if TYPE_CHECKING:
    from pathlib import Path

SHARED = 10
VAGUE = ("尽快完成", "适时推进", "按进度", "2026年13月底前", "待定", "长期", "根据上级安排", "")
LEADERS = ("", "相关领导", "分管负责同志", "待定")
PERCENTS = ("约一半", 300, -1, "过半")


def make_folder(folder: Path, files: int, rows: int) -> None:
    """Write ``files`` lists of ``rows`` tasks, the last ten of each those with which the next list begins."""
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    own = rows - SHARED
    tasks = [_task(chance, number, at, own, files) for number in range(files) for at in range(own)]
    for number in range(files):
        unit = f"市第{number:03d}局"
        book = xlsxwriter.Workbook(folder / f"{unit}.xlsx")
        sheet = book.add_worksheet("任务清单")
        sheet.write_string(0, 0, f"{unit}整改任务清单")
        sheet.write_string(1, 0, f"填报单位:{unit}    填报日期:2026年11月5日")
        sheet.write_row(2, 0, HEADINGS)
        mine = [_faulty(chance, task) if at % 3 == 0 else task for at, task in enumerate(tasks[number * own :][:own])]
        after = (number + 1) % files * own
        for row, task in enumerate([*mine, *(_otherwise(task) for task in tasks[after : after + SHARED])]):
            sheet.write_row(3 + row, 0, [task[heading] for heading in HEADINGS])
        book.close()


def _task(chance: random.Random, number: int, at: int, own: int, files: int) -> dict[str, Any]:
    task = number * own + at + 1
    where = f"{task}号点位{chance.randrange(10**6)}"
    values = (
        task, f"第{task % 7}类问题", f"{where}污水直排,周边群众反映强烈。" * 2, f"{where}污水全部收集处理。",
        f"(1)对{where}开展排查。(2)铺设管网{chance.randrange(900)}米。(3)建立巡查台账。" * 3,
        f"赵{'甲乙丙丁戊'[task % 5]}明 副市长", f"市第{number:03d}局牵头,市第{(number - 1) % files:03d}局配合",
        chance.choice(DEADLINES), "整改中", f"已完成{where}第{chance.randrange(9)}标段施工。",
        chance.randrange(5, 95) / 100, "",
    )  # fmt: skip
    return dict(zip(HEADINGS, values, strict=True))


def _faulty(chance: random.Random, task: dict[str, Any]) -> dict[str, Any]:
    """A vague deadline, nobody responsible, a percentage that is none, nothing reported, and a text damaged on its way."""
    return {
        **task, "整改时限": chance.choice(VAGUE), "责任领导": chance.choice(LEADERS), "完成率": chance.choice(PERCENTS),
        "整改进展": chance.choice(("", "正在推进", "同上")), "整改目标": f" {task['整改目标']}\u200b ",
        "整改状态": chance.choice(("", "快好了", "整改中")),
    }  # fmt: skip


def _otherwise(task: dict[str, Any]) -> dict[str, Any]:
    """What another unit says of a task."""
    return {**task, "整改时限": "2027年10月底前", "责任领导": "钱某某 副市长", "整改进展": "配合完成排查。"}


if __name__ == "__main__":
    compare(make_folder, *map(int, sys.argv[1:3]))
