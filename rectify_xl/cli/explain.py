"""``rectify-xl explain`` and ``rectify-xl deadline``: why something is a finding, and how a deadline is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, DAY_SHOWN, FORMAT, campaign_at
from rectify_xl.cli.parameters import DAY
from rectify_xl.cli.streams import echo, echo_json

if TYPE_CHECKING:
    from pathlib import Path


@command("explain", """
    说明一条规则：查什么、为什么、错例、正例和选项。

    规则可以写规则名、编号，或任何出现在规则里的词，例如 时限；几条都符合时列出来。不写则列出全部规则。
    """)  # fmt: skip
@argument("rule", "规则", "RULE", required=False)
@CAMPAIGN
def explain(rule: str | None, campaign: Path | None, lang: str) -> None:
    """Explain a rule: what it checks, why, a wrong and a right example, and its options.

    RULE is a slug, a code, or any word that stands in the rule; where several match, they are listed. Without it the
    whole catalogue is listed.
    """
    from rectify_xl.console.rule_text import catalogue_lines, search_lines

    given = campaign_at(campaign)
    for line in search_lines(rule, lang, given.rules if given else None) if rule else catalogue_lines(lang):
        echo(line)


@command("deadline", "看看整改时限的写法会被怎样理解。")
@argument("texts", "时限", "TEXT", nargs=-1, required=True)
@option(
    "--anchor", type=DAY, shown=DAY_SHOWN,
    zh="方案印发日期，从这一天算起（默认按活动配置，否则按今天）", en="Issue date (default: the campaign's, else today's).",
)  # fmt: skip
@CAMPAIGN
@FORMAT
def deadline(texts: tuple[str, ...], anchor: date | None, campaign: Path | None, style: str, lang: str) -> None:
    """Show how deadline phrases are read."""
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.console.deadline_text import phrase_json, phrase_lines, read_phrase

    settings = campaign_at(campaign) or Campaign()
    if anchor:
        settings = replace(settings, issued=anchor)
    day = settings.issued or date.today()  # noqa: DTZ011 - the office's own calendar day
    readings = [read_phrase(text, day, settings) for text in texts]
    if style == "json":
        deadlines = [phrase_json(reading, settings) for reading in readings]
        echo_json({"version": 1, "anchor": day.isoformat(), "deadlines": deadlines})
        return
    for reading in readings:
        for line in phrase_lines(reading, lang, settings, day):
            echo(line)
