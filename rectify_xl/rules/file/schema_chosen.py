"""Which schema was chosen for the run.

What it checks:
    campaign.yaml says `schema: auto`. One hint names the schema that was taken and how many of the files it fits; with a last
    round's master it is that of the master. Campaigns that name their schema are not asked.
Why:
    The columns, the status words and every figure follow the schema. One master has one schema, so the office should see
    which, and write it into campaign.yaml once it is sure.
Wrong:
    schema: auto, and five hazard ledgers: hazard_list was taken
Right:
    schema: hazard_list
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.schema_choice import fitting
from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, overall, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """本次用的是哪一套列。

查什么：
    活动配置写的是 schema: auto 时，提示一次选用了哪一套列、有多少份文件与它相符；有上一轮总台账的，沿用总台账的
    那一套。已经写明 schema 的活动不提示。
为什么：
    列、状态词和各项统计都按这一套列；一本总台账只有一套。整改办应当看到选的是哪一套，认可后写进 campaign.yaml。
错例：
    schema: auto，报来五份隐患台账：选用 hazard_list
正例：
    schema: hazard_list
"""
CODE = "S128"
SEVERITY = Severity.INFO
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "schema: auto {how} {name}（{label}），{files} 份有清单的文件中 {fit} 份与它相符；"
    "认可的请在 campaign.yaml 写明 schema: {name}",
    "en": "schema: auto {how_en} {name} ({label_en}), which fits {fit} of the {files} files with a list; if that is right, write"
    " schema: {name} into campaign.yaml",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign leaves the choice to the files."""
    return campaign.schema_choice is not None


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one hit for the run."""
    schema, choice = collection.campaign.schema, collection.campaign.schema_choice
    scores = [submission.fits for submission in collection.submissions if submission.fits]
    by_master = choice is not None and choice.by == "master"
    yield overall(
        name=schema.name,
        files=len(scores),
        fit=sum(schema.name in fitting(fits) for fits in scores),
        **phrases("label", schema.label["zh"], schema.label["en"]),
        **phrases("how", "沿用上一轮总台账的" if by_master else "选用", "keeps to the last master's" if by_master else "took"),
    )
