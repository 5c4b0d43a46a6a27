"""``rectify-xl validate``, and the copies that it writes: annotated ones for the units, corrected ones for the office."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import command, option
from rectify_xl.cli.options import (
    AS_OF,
    CAMPAIGN,
    FOLDER,
    PATHS,
    REPORT_FORMAT,
    RULE,
    WORKERS,
    campaign_at,
    check_output,
    levels_in,
    names_in,
)
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json, echo_nothing_accepted, echo_report, progress_bar
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from rectify_xl.copies import Corrections
    from rectify_xl.validation.report import Report


@command("validate", """
    检查各单位的整改任务清单（文件或文件夹），指出哪个单元格有什么问题。

    退出状态：0 没有错误，1 有错误，2 用法不对或没有可用的清单。
    """)  # fmt: skip
@PATHS
@option(
    "--base", type=PATH, shown=Text("上期总台账.xlsx", "MASTER.xlsx"),
    zh="上一期的总台账，或方案的任务清单：逐项对比，指出退步、漏报、改动",
    en="The last master, or the plan's list: also say what went back, is missing or was altered.",
)  # fmt: skip
@CAMPAIGN
@AS_OF
@option(
    "-o", "--output", type=PATH, shown=Text("报告.xlsx", "REPORT.xlsx"),
    zh="把问题清单另存为工作簿", en="Also write the findings as a workbook.",
)  # fmt: skip
@option(
    "--select", multiple=True, shown=RULE,
    zh="只查这些规则（规则名、编号或类别字母）", en="Run only these rules (slug, code or family letter).",
)  # fmt: skip
@option("--ignore", multiple=True, shown=RULE, zh="不查这些规则", en="Leave these rules out.")
@option(
    "--severity", multiple=True, shown=Text("规则=级别", "RULE=LEVEL"),
    zh="改变规则的级别：error（错误）、warning（提醒）或 info（提示）", en="Re-grade a rule: error, warning or info.",
)  # fmt: skip
@option(
    "--annotate", type=PATH, shown=FOLDER,
    zh="写出标注了问题的副本，供退回单位修改", en="Write marked copies of the lists, to go back.",
)  # fmt: skip
@option("--fix", is_flag=True, zh="写出改正后的副本；原文件从不改动", en="Write corrected copies; originals are never changed.")
@option(
    "--unsafe", is_flag=True,
    zh="与 --fix 一起用：含义可能改变的也改，例如推定的年份",
    en="With --fix: also what may not mean the same, such as an assumed year.",
)  # fmt: skip
@option(
    "--fixed", type=PATH, shown=FOLDER,
    zh="改正后的副本放在哪里（默认：原文件夹名-已修正）", en="Where corrected copies go (default: beside the originals).",
)  # fmt: skip
@REPORT_FORMAT
@WORKERS
def validate(
    paths: tuple[Path, ...], base: Path | None, campaign: Path | None, as_of: date | None, output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...], severity: tuple[str, ...], annotate: Path | None, fix: bool, unsafe: bool,  # noqa: FBT001
    fixed: Path | None, style: str, workers: int | None, lang: str,
) -> None:  # fmt: skip
    """Check task lists (files or folders) and say what is wrong at which cell.

    Exit status: 0 no error, 1 errors found, 2 wrong usage or no list that could be used.
    """
    from rectify_xl.workflow.validate import validate as judge

    if not fix and (unsafe or fixed):
        raise UsageError(
            "--unsafe 和 --fixed 须与 --fix 一起使用", "--unsafe and --fixed go together with --fix", click.get_current_context()
        )
    if output:
        check_output(output, paths)
    settings, last = campaign_at(campaign), None
    if base:
        from rectify_xl.workflow.base import base_at

        settings, last = base_at(base, settings, as_of)
    with progress_bar(paths, lang) as progress:
        report = judge(
            paths, campaign=settings, as_of=as_of, select=names_in(select), ignore=names_in(ignore),
            severity=levels_in(severity), base=last, workers=workers, lang=lang, progress=progress,
        )  # fmt: skip
    if output:
        from rectify_xl.workbook import write_report

        write_report(report, output, lang=lang)
    corrections, problem = None, None
    try:
        corrections = _write_corrected(report, paths, fixed, unsafe=unsafe, lang=lang) if fix else None
        if annotate:
            _write_annotated(report, paths, annotate, corrections, lang)
    except RectifyError as error:
        problem = error
    _echo_checked(report, corrections, style, lang)
    if problem:  # the report does not depend on the copies
        raise problem
    if report.exit_code == 2:  # noqa: PLR2004 - see docs/json-output.md
        echo_nothing_accepted(lang)
    sys.exit(report.exit_code)


def _write_corrected(report: Report, paths: Sequence[Path], folder: Path | None, *, unsafe: bool, lang: str) -> Corrections:
    from rectify_xl.copies import fix

    return fix(report, paths, folder, unsafe=unsafe, lang=lang)


def _write_annotated(report: Report, paths: Sequence[Path], folder: Path, corrections: Corrections | None, lang: str) -> None:
    """Write the annotated copies and say on stderr where they are."""
    from rectify_xl.copies import annotate

    copies = annotate(report, paths, folder, fixed=corrections, lang=lang)
    echo(
        localise(lang, f"已写出 {len(copies)} 份退回件：{folder}", f"Wrote {len(copies)} annotated copies to {folder}"), err=True
    )


def _echo_checked(report: Report, corrections: Corrections | None, style: str, lang: str) -> None:
    """Print a report, and what was corrected in the copies."""
    if corrections is None:
        echo_report(report, style, lang)
        return
    if style == "json":
        from rectify_xl.copies import changes_of

        echo_json({**report.to_dict(), "fixes": changes_of(corrections)})
        return
    echo_report(report, style, lang)
    if style == "text":
        from rectify_xl.console.correction_text import correction_lines

        for line in correction_lines(corrections, lang):
            echo(line, one_line=True)
