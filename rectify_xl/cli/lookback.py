"""``rectify-xl lookback``."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import command, option
from rectify_xl.cli.options import CAMPAIGN, MASTER, campaign_at
from rectify_xl.cli.papers import MASTERS_DAY
from rectify_xl.cli.parameters import PATH, NumberType
from rectify_xl.cli.streams import echo, echo_notes
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_LARGEST = 999_999_999
_MOST_TASKS = 1_000_000


@command("lookback", """
    从已销号的任务中抽一部分回头看：按牵头单位分层，反弹过的全部列入。

    写成的工作簿有核查日期、核查人、核查结果、现场情况各栏；填好以后用 rectify-xl summarize 的 --lookback 记入总台账。
    同一个随机种子抽出同样的任务，种子写在表里。
    """)  # fmt: skip
@MASTER
@option("-n", "count", type=NumberType(1, _MOST_TASKS), zh="抽多少项", en="How many tasks.")
@option(
    "--ratio", type=NumberType(0.000001, 1, whole=False), shown=Text("比例", "SHARE"),
    zh="抽多大比例，如 0.2（默认按 campaign.yaml 的 lookback.ratio）",
    en="Which share of them, such as 0.2 (default: lookback.ratio of campaign.yaml).",
)  # fmt: skip
@option(
    "--seed", type=NumberType(0, _LARGEST),
    zh="随机种子，整数（默认随机取一个）", en="The seed, a whole number (default: drawn by chance).",
)  # fmt: skip
@option(
    "-o", "--output", type=PATH, shown=Text("回头看.xlsx", "FILE.xlsx"),
    zh="写到哪里，须是新文件名（默认只列出）", en="Where to write them: a new name (default: only list them).",
)  # fmt: skip
@CAMPAIGN
@MASTERS_DAY
def lookback(
    master: Path, count: int | None, ratio: float | None, seed: int | None, output: Path | None, campaign: Path | None,
    as_of: date | None, lang: str,
) -> None:  # fmt: skip
    """Draw tasks that were struck off to be looked at again: by lead unit, and all that came back once.

    The workbook has columns for day, person, result and notes; filled in, summarize writes it into the ledger (--lookback).
    The same seed draws the same tasks; it is printed in the workbook.
    """
    from rectify_xl.ledger.lookback import sample_of
    from rectify_xl.ledger.reading import read_master

    if count is not None and ratio is not None:
        raise UsageError("-n 和 --ratio 只写一个", "give either -n or --ratio", click.get_current_context())
    ledger = read_master(master, campaign=campaign_at(campaign), as_of=as_of)
    echo_notes(ledger, lang)
    sample = sample_of(ledger, count=count, ratio=ratio, seed=secrets.randbelow(_LARGEST) if seed is None else seed)
    if not sample.population:
        echo(localise(lang, "没有已销号的任务。", "No task is struck off."))
        return
    if output:
        from rectify_xl.workbook import write_lookback

        write_lookback(ledger, sample, output, lang=lang)
    for task in sample.tasks:
        mark = localise(lang, "（反弹过）", " (came back)") if task.key in sample.reopened else ""
        echo(f"{task.name}{mark}  {localise(lang, '、', ', ').join(task.lead)}", one_line=True)
    units = sum(drawn > 0 for _, drawn in sample.units.values())
    where = localise(lang, f"，已写到 {output}", f"; written to {output}") if output else ""
    echo(localise(
        lang, f"从 {sample.population} 项已销号（含反弹）任务中抽查 {len(sample.tasks)} 项，"
        f"其中反弹过的 {len(sample.reopened)} 项，涉及 {units} 个单位；随机种子 {sample.seed}{where}。",
        f"{len(sample.tasks)} of {sample.population} tasks that were struck off, {len(sample.reopened)} of which came back,"
        f" of {units} units; seed {sample.seed}{where}.",
    ))  # fmt: skip
