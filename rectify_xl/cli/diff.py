"""``rectify-xl diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, FORMAT, campaign_at, check_output
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from pathlib import Path


@command("diff", """
    比较两份总台账：多了、少了哪些任务，哪些内容变了。

    任务按任务标识对应，与编号和行的顺序无关；写法不同而意思相同的（如 2026年12月底前 与 2026-12-31）不算变化。
    """)  # fmt: skip
@argument("old", "旧台账.xlsx", "OLD.xlsx", type=PATH)
@argument("new", "新台账.xlsx", "NEW.xlsx", type=PATH)
@FORMAT
@option(
    "-o", "--output", type=PATH, shown=Text("差异.xlsx", "DIFF.xlsx"),
    zh="另外写成工作簿", en="Also write a workbook.",
)  # fmt: skip
@CAMPAIGN
def diff(old: Path, new: Path, style: str, output: Path | None, campaign: Path | None, lang: str) -> None:
    """Compare two masters: which tasks were added or removed, and which values changed.

    Tasks are joined by key, whatever their numbers and order; a day written in another way has not changed.
    """
    from rectify_xl.workflow.diff import diff as compare

    if output:
        check_output(output, (old, new))
    difference = compare(old, new, campaign=campaign_at(campaign))
    if output:
        from rectify_xl.workbook import write_difference

        write_difference(difference, output, lang=lang)
    if style == "json":
        echo_json(difference.to_dict())
        return
    from rectify_xl.console.difference_text import difference_lines

    for line in difference_lines(difference, lang):
        echo(line, one_line=True)
    if output:
        echo(localise(lang, f"差异明细已写到 {output}。", f"The differences are in {output}."))
