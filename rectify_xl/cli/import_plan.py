"""``rectify-xl import``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, FOLDER, FORMAT, campaign_at, check_output
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.plans.model import Plan


@command("import", """
    把印发的整改方案（.docx、.txt、.html、有文字的 .pdf，或表格文件）读成带任务标识的任务清单。

    方案里没有写的不猜；缺号、数目不符、混入的广告、丢失的文字等，都在屏幕和“存疑”表里逐条说明。生成的清单可以直接校验（validate）、
    派发（dispatch），或作汇总的底稿（merge --base）。
    """)  # fmt: skip
@argument("plan", "方案文件", "PLAN", type=PATH)
@option(
    "-o", "--output", type=PATH, shown=Text("任务清单.xlsx", "TASKS.xlsx"),
    zh="生成的任务清单", en="The list of tasks to make.",
)  # fmt: skip
@option(
    "--new-campaign", "folder", type=PATH, shown=FOLDER,
    zh="另外新建活动文件夹：campaign.yaml、units.csv、leaders.csv 按方案填好",
    en="Also start a campaign folder filled in from the plan.",
)  # fmt: skip
@FORMAT
@CAMPAIGN
@click.pass_context
def import_plan(
    ctx: click.Context, plan: Path, output: Path | None, folder: Path | None, style: str, campaign: Path | None, lang: str,
) -> None:  # fmt: skip
    """Read a published plan (.docx, .txt, .html, .pdf with text, or a workbook) into a list of tasks with keys.

    What the plan does not say is not guessed; missing numbers, counts that do not agree, advertising and lost text are named on
    the screen and on a sheet of the list. The list can be validated, dispatched, and is a base for merge.
    """
    from rectify_xl.plans.reading import read_plan

    if output:
        check_output(output, (plan,))
    found = read_plan(plan)
    settings = campaign_at(campaign)
    if style == "json":
        echo_json(found.to_dict(lang))
    else:
        from rectify_xl.console.plan_text import plan_lines

        for line in plan_lines(found.dated_by(settings.issued if settings else None), lang):
            echo(line, one_line=True)
    if found.tasks:
        _write(found, output, folder, campaign, lang, quiet=style == "json")
        ctx.exit(1 if found.has_errors else 0)
    raise _no_tasks(plan, found)


def _write(plan: Plan, output: Path | None, folder: Path | None, campaign: Path | None, lang: str, *, quiet: bool) -> None:
    if folder:
        from rectify_xl.workflow.plan_campaign import make_plan_campaign

        for path in make_plan_campaign(plan, folder):
            echo(localise(lang, f"已新建 {path}", f"Made {path}"), err=quiet)
    if output:
        from rectify_xl.workbook import write_tasks

        settings = campaign_at(campaign or folder)
        write_tasks(plan.dated_by(settings.issued if settings else None), output, campaign=settings, lang=lang)
        echo(localise(
            lang, f"已生成 {output}，存疑之处在“存疑”表；核对后可用 rectify-xl dispatch {output.name} -o 文件夹 派发。",
            f"Made {output}, with a sheet of what is in doubt; when that is settled, rectify-xl dispatch {output.name} -o DIR.",
        ), err=quiet)  # fmt: skip


def _no_tasks(path: Path, plan: Plan) -> RectifyError:
    """The last of the document's doubts says why there is none."""
    why = next(doubt.message for doubt in plan.doubts if doubt.code in ("no_tasks", "no_tasks_declared"))
    return RectifyError(f"{path}: {why.zh}", f"{path}: {why.en}")
