"""``rectify-xl merge``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rectify_xl.cli.command import command, option
from rectify_xl.cli.options import (
    AS_OF,
    CAMPAIGN,
    DROP,
    FORMAT,
    PATHS,
    WORKERS,
    backups_of,
    campaign_at,
    campaign_folder,
    check_output,
)
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import (
    echo,
    echo_json,
    echo_notes,
    echo_nothing_accepted,
    echo_while_waiting,
    paint,
    progress_bar,
)
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@command("merge", "把各单位的清单汇总成一份总台账，附各类汇总表。")
@PATHS
@option(
    "-o", "--output", type=PATH, shown=Text("总台账.xlsx", "MASTER.xlsx"), required=True,
    zh="生成的总台账", en="The master workbook.",
)  # fmt: skip
@option(
    "--base", type=PATH, shown=Text("上期总台账.xlsx", "OLD_MASTER.xlsx"),
    zh="上一期的总台账，或方案的任务清单：逐项对比，在它的基础上继续；总台账已存在时默认以它自己为基础",
    en="The last round's master, or the plan's list of tasks, which is compared and continued; a master that exists already"
    " continues itself.",
)  # fmt: skip
@option(
    "--fresh", is_flag=True,
    zh="不以已有的总台账为基础，重新汇总（原文件另存备份）", en="Do not continue the master that is there (a backup is kept).",
)  # fmt: skip
@CAMPAIGN
@AS_OF
@option(
    "--strict", is_flag=True,
    zh="有 S、V 类错误的行不并入总台账", en="Keep rows with errors of families S and V out of the master.",
)  # fmt: skip
@DROP
@FORMAT
@WORKERS
def merge(
    paths: tuple[Path, ...], output: Path, base: Path | None, fresh: bool, campaign: Path | None, as_of: date | None,  # noqa: FBT001
    strict: bool, drop: bool,  # noqa: FBT001
    style: str, workers: int | None, lang: str,
) -> None:  # fmt: skip
    """Merge task lists into one master workbook with summary sheets."""
    from rectify_xl.history import recording
    from rectify_xl.workflow.base import choose_base
    from rectify_xl.workflow.merge import merge as join

    check_output(output, paths)
    settings = campaign_at(campaign)
    if output.exists():
        # Before the lists are read: a wrong file is refused at once.
        from rectify_xl.campaign.settings import Campaign
        from rectify_xl.workbook import check_overwrite

        check_overwrite(output, settings or Campaign())
    with recording(campaign_folder(campaign), echo_while_waiting(lang)) as history:
        # Inside, or another merge may write the master meanwhile.
        choice = choose_base(output, base, fresh=fresh)
        history.made_of(paths, choice.path)
        with progress_bar(paths, lang) as progress:
            master = join(
                paths, campaign=settings, as_of=as_of, strict=strict, base=choice.path, workers=workers, lang=lang,
                progress=progress,
            )  # fmt: skip
        master = choice.stamped(master)
        echo_notes(master, lang)
        nothing = master.files == 0
        backup = None
        if not nothing:
            from rectify_xl.workbook import write_master

            backup = write_master(
                master, output, lang=lang, backup_dir=backups_of(campaign), drop=drop,
                before_replacing=history.before_replacing(master, output),
            )  # fmt: skip
    for note in history.notes:
        echo(note.in_language(lang), err=True)
    if style == "json":
        kept = backup.as_posix() if backup else None
        echo_json({**master.to_dict(), "master": None if nothing else output.as_posix(), "backup": kept})
    else:
        from rectify_xl.console.report_text import master_lines, report_lines

        rejected = report_lines(master.report, lang, paint) if nothing and master.report else None
        lines = rejected or master_lines(master, str(output), lang, backup)
        for line in lines:
            echo(line, one_line=True)
    if nothing:
        echo_nothing_accepted(lang)
    sys.exit(master.exit_code)
