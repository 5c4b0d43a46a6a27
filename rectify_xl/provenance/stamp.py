"""The marks by which our own workbooks are known again: document properties, and in templates a hidden sheet as well."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.settings import Campaign

KIND = "rectify_xl.kind"
MASTER = "master"
REPORT = "report"
COMPARISON = "comparison"  # of two masters
LOOKBACK = "lookback"  # tasks that were struck off, to be looked at again
NOTICE = "notice"  # what goes back instead of a file that could not be used
TEMPLATE = "template"
PLAN = "plan"  # the tasks of a plan, with keys: a list of the office's own that is read as any list
# A template that comes back is a submission; the others are ours and skipped.
OWN_KINDS = frozenset({MASTER, REPORT, COMPARISON, LOOKBACK, NOTICE})

# Sheets by which a workbook of a kind is known besides its stamp, each in both languages.
SHEETS_OF = {
    MASTER: (Text("总台账", "Ledger"), Text("汇总", "Overview")),
    REPORT: (Text("问题清单", "Findings"), Text("汇总", "Overview")),
}

# By these together a master is known whose stamp is lost: a program that writes only cells leaves no document property.
SHEETS_OF_MASTER = (
    Text("汇总", "Overview"), Text("总台账", "Ledger"), Text("分单位填报", "Reports"), Text("冲突", "Conflicts"),
    Text("待确认", "To confirm"), Text("问题清单", "Findings"), Text("变更记录", "Changes"),
)  # fmt: skip
LEDGER_SHEET = SHEETS_OF_MASTER[1]

CAMPAIGN = "rectify_xl.campaign"
ROUND = "rectify_xl.round"
AS_OF = "rectify_xl.as_of"
CHECKED_ON = "rectify_xl.checked_on"  # where the files were checked on another day than as_of
LANG = "rectify_xl.lang"
FILES = "rectify_xl.files"
HELD_ROWS = "rectify_xl.held_rows"
LAST_KEY = "rectify_xl.last_key"
OPEN_QUESTIONS = "rectify_xl.open_questions"  # how many stood in 冲突 and in 待确认
CONTENT = "rectify_xl.content"  # the digest of all other parts, by which a workbook is known that nobody has touched
KEPT = "rectify_xl.kept"  # where the office's own work was put into a master, which is in no record
FROM_LIST = "rectify_xl.from_list"  # of a master that began from a plan's own list: yes
PLANNED = "rectify_xl.planned."  # and a number: marks of the values of the units' fields that the list gave
MADE_FROM = "rectify_xl.made_from"  # of a master: the SHA-256 of the one that it continues
SCHEMA = "rectify_xl.schema"
SCHEMA_VERSION = "rectify_xl.schema_version"
UNIT = "rectify_xl.unit"
SEED = "rectify_xl.seed"  # of a look-back: what its draw depends on
TEMPLATE_KEYS = (KIND, CAMPAIGN, ROUND, SCHEMA, SCHEMA_VERSION, UNIT)
BASE = "rectify_xl.base"  # of a dispatched workbook: the SHA-256 of the master that it was made of

# The sheets of a template beside the list: what to fill in how, and (hidden) the choices of its dropdowns with the stamp.
GUIDE_SHEET = {"zh": "填报说明", "en": "How to fill in"}
CHOICES_SHEET = {"zh": "下拉选项", "en": "Choices"}
# Those of a dispatched workbook: what the office asks of the unit, and (hidden) every row as it was sent out.
ASKED_SHEET = {"zh": "本期要求", "en": "What is asked"}
EXTENSION_SHEET = {"zh": "延期申请", "en": "Ask for extension"}  # on which a unit asks for a later deadline
DISPATCHED_SHEET = {"zh": "派发底稿", "en": "As dispatched"}
# Those of the tasks of a plan: what was doubtful, where each field stands in the document, what that says of itself.
DOUBTS_SHEET = {"zh": "存疑", "en": "In doubt"}
ORIGINS_SHEET = {"zh": "出处", "en": "Origins"}
PLAN_SHEET = {"zh": "方案信息", "en": "The plan"}
PLAN_SHEETS = frozenset({*DOUBTS_SHEET.values(), *ORIGINS_SHEET.values(), *PLAN_SHEET.values()})
OWN_SHEETS = frozenset({*GUIDE_SHEET.values(), *CHOICES_SHEET.values(), *ASKED_SHEET.values()})

LONGEST = 255  # Excel's limit of a document property


def template_stamp(campaign: Campaign, unit: str = "") -> dict[str, str]:
    """What a template made for this round (and unit) says of itself."""
    values = (
        TEMPLATE, campaign.name, campaign.round_id, campaign.schema.name, str(campaign.schema.version), unit,
    )  # fmt: skip
    return {key: stamped(value) for key, value in zip(TEMPLATE_KEYS, values, strict=True)}


def stamped(text: str) -> str:
    """A text as a document property holds it: only so much of it, on one line."""
    return " ".join(text[:LONGEST].split())


def difference(stamp: Mapping[str, str], campaign: Campaign) -> tuple[str, str, str] | None:
    """Where a template's stamp belongs to another campaign, round, list or version, the weightiest difference first.

    Returns:
        The key with what the stamp and what the campaign says; None where nothing differs, where the file has no stamp,
        or where there is no campaign to compare it with.
    """
    if not campaign.name and not campaign.round_id:
        return None
    wanted = template_stamp(campaign)
    for key in (CAMPAIGN, ROUND, SCHEMA, SCHEMA_VERSION):
        found = stamp.get(key, "")
        if found and wanted[key] and folded(found) != folded(wanted[key]):
            return key, found, wanted[key]
    return None


def folded(text: str) -> str:
    """Full-width and half-width punctuation are one, in a campaign's name too."""
    return unicodedata.normalize("NFKC", text).casefold()


def name_key(name: str) -> str:
    """A campaign's or a unit's name for comparison with one that a document property gives back."""
    return folded(stamped(name))
