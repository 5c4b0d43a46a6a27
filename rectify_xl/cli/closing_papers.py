"""``rectify-xl publicity`` and ``rectify-xl dossier``: the papers by which a task is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import command, option
from rectify_xl.cli.options import CAMPAIGN, DAY_SHOWN, FOLDER, MASTER, campaign_at, campaign_folder
from rectify_xl.cli.papers import COPY_TEMPLATES, MASTERS_DAY, warn_of_others
from rectify_xl.cli.parameters import DAY, PATH
from rectify_xl.cli.streams import echo, echo_notes
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from rectify_xl.papers import TaskPaper

_TASKS = option(
    "--task", "numbers", multiple=True, shown=Text("任务", "TASK"),
    zh="哪项任务，写任务编号或任务标识；可以写几次", en="The task, by its number or key; may be repeated.",
)  # fmt: skip
_OUTPUT = option("-o", "--output", type=PATH, shown=FOLDER, required=True, zh="写到哪个文件夹", en="The folder to write to.")


@command("publicity", """
    给办结的任务写 Word 公示稿，格式同公文，公示末日按日历推算。

    从总台账的“公示开始”起公示；没有写的从统计日期起；也可以写明公示第一天。公示期、异议受理单位和电话写在 campaign.yaml 的
    closing.notice。没有办结、公示天数不足、末日无法推算的任务不写，并说明原因（退出状态 2）。
    """)  # fmt: skip
@MASTER
@_TASKS
@option(
    "--due", is_flag=True,
    zh="下一步应当公示的全部任务", en="All tasks whose next step is the public notice.",
)  # fmt: skip
@option("--start", type=DAY, shown=DAY_SHOWN, zh="公示第一天", en="The first day of the notice.")
@_OUTPUT
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def publicity(
    master: Path, numbers: tuple[str, ...], due: bool, start: date | None, output: Path, campaign: Path | None,  # noqa: FBT001
    as_of: date | None, lang: str,
) -> None:  # fmt: skip
    """Write the public notice of a task that is done as a Word document; its last day follows from the calendar.

    It begins on the day asked for, else on that of the ledger, else on the as-of date. Its period, and who takes objections, are
    closing.notice of campaign.yaml. A task that is not done, or whose last day cannot be told, gets none (exit status 2).
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import write_publicity
    from rectify_xl.papers.chosen import tasks_named
    from rectify_xl.papers.publicity import waiting_for_notice

    if bool(numbers) == due:
        raise UsageError(
            "请用 --task 写明任务，或用 --due 选下一步应当公示的全部任务", "name tasks with --task, or take all with --due",
            click.get_current_context(),
        )  # fmt: skip
    ledger = read_master(master, campaign=campaign_at(campaign), as_of=as_of)
    echo_notes(ledger, lang)
    tasks = waiting_for_notice(ledger) if due else tasks_named(ledger, numbers)
    if not tasks:
        echo(localise(lang, "没有下一步应当公示的任务。", "No task waits for its public notice."))
        return
    papers = write_publicity(ledger, tasks, output, start=start, folder=campaign_folder(campaign), lang=lang)
    for paper in papers:
        if paper.period:
            first, last = paper.period.first, paper.period.last
            echo(localise(
                lang, f"已生成 {paper.path}：任务{paper.task.name}，公示 {first} 至 {last}。",
                f"Wrote {paper.path}: task {paper.task.name}, {first} to {last}.",
            ))  # fmt: skip
    _conclude(papers, output, lang)


@command("dossier", """
    给任务写 Word 验收销号表：任务内容、应有材料哪些有哪些缺、各步骤的日期，结论和签字留空。

    应有的材料写在 campaign.yaml 的 closing.materials（按问题类别）；有没有，看“佐证材料”一栏和 closing.materials_folder 中
    以任务编号开头的文件夹。
    """)  # fmt: skip
@MASTER
@_TASKS
@option("--all", "everything", is_flag=True, zh="全部办结的任务", en="All tasks that are done.")
@_OUTPUT
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def dossier(
    master: Path, numbers: tuple[str, ...], everything: bool, output: Path, campaign: Path | None,  # noqa: FBT001
    as_of: date | None, lang: str,
) -> None:  # fmt: skip
    """Write the form of acceptance and strike-off: the task, its materials there or missing, the day of each step.

    The materials are closing.materials of campaign.yaml, by kind of task; they are there where the column of evidence names them
    or a file in the folder of closing.materials_folder that begins with the task's number.
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import write_dossiers
    from rectify_xl.papers.chosen import is_done, tasks_named

    if bool(numbers) == everything:
        raise UsageError(
            "请用 --task 写明任务，或用 --all 选全部办结的任务", "name tasks with --task, or take all with --all",
            click.get_current_context(),
        )  # fmt: skip
    ledger = read_master(master, campaign=campaign_at(campaign), as_of=as_of)
    echo_notes(ledger, lang)
    tasks = tuple(filter(is_done, ledger.tasks)) if everything else tasks_named(ledger, numbers)
    if not tasks:
        echo(localise(lang, "没有办结的任务。", "No task is done."))
        return
    papers = write_dossiers(ledger, tasks, output, folder=campaign_folder(campaign), lang=lang)
    echo(localise(
        lang, f"已在 {output} 生成 {len(papers)} 份验收销号表。", f"Wrote {len(papers)} forms to {output}."
    ))  # fmt: skip
    _conclude(papers, output, lang)


def _conclude(papers: Sequence[TaskPaper], output: Path, lang: str) -> None:
    """What to look at, and what was not written.

    Raises:
        RectifyError: something was not.
    """
    for paper in papers:
        for check in paper.checks:
            echo(localise(
                lang, f"请核对：任务{paper.task.name}：{check.zh}", f"Please check: task {paper.task.name}: {check.en}"
            ), err=True)  # fmt: skip
    warn_of_others(output, [paper.path for paper in papers if paper.path], lang)
    faults = [(paper.task.name, paper.fault) for paper in papers if paper.fault]
    if faults:
        raise RectifyError(
            "没有生成公示稿：" + "；".join(f"任务{name}：{fault.zh}" for name, fault in faults),
            "not written: " + "; ".join(f"task {name}: {fault.en}" for name, fault in faults),
        )
