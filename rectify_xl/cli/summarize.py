"""``rectify-xl summarize``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import command, given_language, option
from rectify_xl.cli.options import AS_OF, CAMPAIGN, DROP, FOLDER, MASTER, backups_of, campaign_at, campaign_folder
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_notes
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rectify_xl.ledger.master import Master


@command("summarize", """
    按另一个日期重新生成总台账的各张汇总表；以总台账现在的内容为准，包括整改办在其中的改动。

    不写 --lang 时，工作簿的语言不变；校验时写下的说明保持原样。
    """)  # fmt: skip
@MASTER
@option(
    "-o", "--output", type=PATH, shown=Text("总台账.xlsx", "FILE.xlsx"),
    zh="写到哪里（默认写回原文件）", en="Where to write it (default: MASTER itself).",
)  # fmt: skip
@option(
    "--cards", type=PATH, shown=FOLDER,
    zh="另外给每个单位、每位领导生成一页任务卡", en="Also write a one-page card for every unit and leader.",
)  # fmt: skip
@option(
    "--lookback", type=PATH, shown=Text("回头看.xlsx", "LOOKBACK.xlsx"),
    zh="把填好的回头看清单的核查结果记入总台账", en="Write the results of a look-back that was filled in into the ledger.",
)  # fmt: skip
@CAMPAIGN
@AS_OF
@DROP
def summarize(
    master: Path, output: Path | None, cards: Path | None, lookback: Path | None, campaign: Path | None, as_of: date | None,
    drop: bool, lang: str,  # noqa: FBT001
) -> None:  # fmt: skip
    """Rebuild the summary sheets of a master as of another day; what the office changed in the ledger counts.

    Without --lang the workbook keeps its language; what the checks said stays as it was written.
    """
    from rectify_xl.console.report_text import backup_line, summarized_line
    from rectify_xl.workbook import write_master
    from rectify_xl.workflow.summarize import summarize as judge

    given = campaign_at(campaign)
    ledger = judge(master, campaign=given, as_of=as_of, lang=given_language(click.get_current_context()), lookback=lookback)
    backup = write_master(ledger, output or master, backup_dir=backups_of(campaign), drop=drop)
    echo_notes(ledger, lang)
    echo(summarized_line(ledger, str(output or master), lang))
    if backup:
        echo(backup_line(backup, lang))
    if given is None and ledger.campaign.name:
        # A master holds the campaign's name and none of its settings.
        name = ledger.campaign.name
        echo(localise(
            lang,
            f"请核对：没有用 --campaign 指定“{name}”的活动文件夹，{output or master} 里没有了发文机关，"
            "单位别称、简称没有归并，时限设置（如提前几天算即将到期）按默认值，“按单位”等处的数字可能因此不同；"
            "请加 --campaign 活动文件夹 重新生成",
            f"Please check: without --campaign and the folder of “{name}”, {output or master} has lost the issuer,"
            " short names of units are not joined and deadlines are judged by defaults, so that figures may differ;"
            " run it again with --campaign",
        ), err=True)  # fmt: skip
    if cards:
        _write_cards(ledger, cards, campaign_folder(campaign), lang)


def _write_cards(ledger: Master, target: Path, folder: Path | None, lang: str) -> None:
    from rectify_xl.cli.papers import warn_of_others
    from rectify_xl.papers import write_cards

    made = write_cards(ledger, target, folder=folder, lang=lang)
    units = sum(kind == "unit" for kind, _ in made)
    leaders = len(made) - units
    echo(localise(
        lang, f"已在 {target} 生成 {units} 张单位任务卡、{leaders} 张领导任务卡。",
        f"Wrote {units} cards of units and {leaders} cards of leaders to {target}.",
    ))  # fmt: skip
    warn_of_others(target, made.values(), lang)
