"""Options that several commands share, and what their values become."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, option
from rectify_xl.cli.parameters import DAY, PATH, ChoiceType, NumberType
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign

FOLDER, RULE = Text("文件夹", "DIR"), Text("规则", "RULE")
DAY_SHOWN = Text("日期", "DATE")

PATHS = argument("paths", "文件或文件夹", "PATH", nargs=-1, required=True, type=PATH)
MASTER = argument("master", "总台账.xlsx", "MASTER.xlsx", type=PATH)
CAMPAIGN = option(
    "--campaign", type=PATH, shown=Text("文件夹或文件", "DIR_OR_FILE"),
    zh="活动文件夹，或其中的 campaign.yaml", en="Campaign folder or campaign.yaml.",
)  # fmt: skip
AS_OF = option(
    "--as-of", type=DAY, shown=DAY_SHOWN,
    zh="按哪一天判断是否逾期，如 2026-11-28 或 2026年11月28日（默认今天）",
    en="The day on which overdue is judged, as 2026-11-28 or 2026/11/28 (default: today).",
)  # fmt: skip
FORMAT = option(
    "--format", "style", type=ChoiceType("text", "json"), default="text", show_default=True,
    zh="输出格式：文字或 JSON", en="Text for people or JSON for programs.",
)  # fmt: skip
DROP = option(
    "--drop", is_flag=True,
    zh="原台账中有保留不下来的内容时也照样写出（先备份原台账）",
    en="Write also where something of the office's in the old master cannot be kept (it is backed up first).",
)  # fmt: skip
REPORT_FORMAT = option(
    "--format", "style", type=ChoiceType("text", "json", "sarif"), default="text", show_default=True,
    zh="输出格式：文字、JSON 或 SARIF", en="Text for people, JSON or SARIF for programs.",
)  # fmt: skip
WORKERS = option(
    "--workers", type=NumberType(1, 64), zh="同时读取文件的进程数（默认每个处理器一个）",
    en="Reading processes (default: one per processor).",
)  # fmt: skip


def campaign_at(path: Path | None) -> Campaign | None:
    """The campaign of ``--campaign``, if one was given."""
    if path is None:
        return None
    from rectify_xl.campaign.settings import load_campaign

    return load_campaign(path)


def campaign_folder(given: Path | None) -> Path | None:
    """The folder of ``--campaign``, where the office's own templates and past masters are."""
    if given is None:
        return None
    return given if given.is_dir() else given.parent


def backups_of(given: Path | None) -> Path | None:
    """Where workbooks that are overwritten are kept; beside them where no campaign folder was given."""
    folder = campaign_folder(given)
    return folder / "rounds" if folder else None


def check_output(output: Path, paths: tuple[Path, ...]) -> None:
    """See that a result is not written over a list that somebody has handed in; our own results may be replaced.

    Raises:
        RectifyError: it would be.
    """
    # As resolve() does, but for links in a circle, at which it gives up.
    goal, *given = (Path(os.path.realpath(path)) for path in (output, *paths))
    if not goal.is_file() or not any(goal == path or path in goal.parents for path in given):
        return
    from rectify_xl.intake.document_properties import read_marks
    from rectify_xl.provenance.stamp import KIND, OWN_KINDS

    if read_marks(goal.read_bytes()).properties.get(KIND) not in OWN_KINDS:
        raise RectifyError(
            f"{output}: 这是报送件，不能用结果覆盖它；请把结果存成别的文件名",
            f"{output}: this is a list that was handed in and cannot be overwritten; choose another name for the result",
        )


def names_in(given: tuple[str, ...]) -> list[str]:
    """Options may be repeated or hold several names with commas."""
    return [name.strip() for names in given for name in names.split(",") if name.strip()]


def levels_in(given: tuple[str, ...]) -> dict[str, Severity]:
    """``RULE=LEVEL`` pairs.

    Raises:
        RectifyError: there is no such level.
    """
    levels: dict[str, Severity] = {}
    for pair in given:
        name, _, level = pair.partition("=")
        if level not in tuple(map(str, Severity)):
            raise RectifyError(
                f"--severity {pair}：应写成 规则=error、规则=warning 或 规则=info",
                f"--severity {pair}: write RULE=error, RULE=warning or RULE=info",
            )
        levels[name] = Severity(level)
    return levels
