"""``rectify-xl history``."""

from __future__ import annotations

from pathlib import Path

import click

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import FORMAT, campaign_at, campaign_folder
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json, echo_while_waiting
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.i18n import Text, localise


@command("history", """
    查看存下的各轮次；给出任务编号时，查看这项任务历次填报（在哪个文件哪个单元格）和变更。

    --rebuild 把某一轮的总台账按当初写出的样子一字不差地取出来；一轮汇总过几次的取最后一次，“2026-11/1”取第一次。
    """)  # fmt: skip
@argument("task", "任务", "TASK", required=False)
@option(
    "--campaign", type=PATH, required=True, shown=Text("文件夹或文件", "DIR_OR_FILE"),
    zh="活动文件夹，或其中的 campaign.yaml", en="Campaign folder or campaign.yaml.",
)  # fmt: skip
@option(
    "--rebuild", shown=Text("轮次", "ROUND"), zh="取出哪一轮的总台账", en="The round whose master to write.",
)  # fmt: skip
@option(
    "-o", "--output", type=PATH, shown=Text("总台账.xlsx", "FILE.xlsx"),
    zh="取出来写到哪里，须是新文件名", en="Where to write it: a new name.",
)  # fmt: skip
@FORMAT
def history(task: str | None, campaign: Path, rebuild: str | None, output: Path | None, style: str, lang: str) -> None:
    """Show the rounds that were kept, or one task's life: each report with its cell, and each change.

    --rebuild writes a round's master as it was first written, byte for byte: of its last merge, or with 2026-11/1 of its first.
    """
    if (rebuild is None) != (output is None) or (rebuild is not None and task is not None):
        raise UsageError(
            "--rebuild 和 -o 要一起用，且不写任务", "use --rebuild and -o together, without a task", click.get_current_context()
        )
    from rectify_xl.campaign.schema_choice import chosen_by_master
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.console.history_text import life_lines, round_lines, shared_number
    from rectify_xl.history import life_of, read_past

    past = read_past(campaign_folder(campaign) or Path(), echo_while_waiting(lang))
    for note in past.notes:
        echo(note.in_language(lang), err=True)
    if rebuild is not None and output is not None:
        from rectify_xl.history.rebuilding import write_rebuilt

        write_rebuilt(past, rebuild, output)
        echo(localise(lang, f"已取出 {rebuild} 的总台账：{output}。", f"Wrote the master of {rebuild}: {output}."))
    elif task is not None:
        life = life_of(past, task)
        if shared := shared_number(life, task):
            echo(shared.in_language(lang), err=True)
        if style == "json":
            echo_json(life.to_dict())
        else:
            settings = chosen_by_master(campaign_at(campaign) or Campaign(), past.schema)
            for line in life_lines(life, settings.schema, lang):
                echo(line, one_line=True)
    elif style == "json":
        echo_json(past.to_dict())
    else:
        for line in round_lines(past, lang):
            echo(line, one_line=True)
