"""A file that would fit another schema than the one chosen.

What it checks:
    campaign.yaml says `schema: auto`, and the headings of a file fit another of the shipped schemas by two columns or more.
    A file made from one of our templates fits the schema of that template. Campaigns that name their schema are not asked.
Why:
    One master has one schema. Read with the columns of another trade, a ledger loses dates and status words that its own
    schema knows.
Wrong:
    One hazard ledger among five task lists
Right:
    Hazard ledgers in a folder and campaign of their own
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.schema_choice import fitting
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, in_file, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件与另一套列更相符。

查什么：
    活动配置写的是 schema: auto，而文件的列名与另一套列相符得更多（多两列以上）。用本软件模板填报的，按模板是哪一套
    列算。已经写明 schema 的活动不检查。
为什么：
    一本总台账只有一套列。拿别的行当的列去读，这份台账里有些日期和状态就读不出来。
错例：
    五份整改任务清单里夹着一份隐患台账
正例：
    隐患台账单独放一个文件夹、单独建一个活动
"""
CODE = "S129"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "这份文件更像 {better}（{label}），本次按 {name} 读；一本总台账只有一套列，"
    "请把它移到另一个活动，那里写 schema: {better}",
    "en": "This file looks more like {better} ({label_en}) and was read as {name}; one master has one schema, so move it to a"
    " campaign with schema: {better}",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign leaves the choice to the files."""
    return campaign.schema_choice is not None


def check(collection: Collection) -> Iterator[Hit]:
    """Yield the files that the chosen schema does not fit."""
    name, choice = collection.campaign.schema.name, collection.campaign.schema_choice
    labels = {schema.name: schema.label for schema in choice.candidates} if choice else {}
    for submission in collection.submissions:
        fits = submission.fits
        if fits and name not in fitting(fits):
            better = max(fits, key=lambda schema: fits[schema])
            label = phrases("label", labels[better]["zh"], labels[better]["en"])
            yield in_file(submission.path, name=name, better=better, **label)
