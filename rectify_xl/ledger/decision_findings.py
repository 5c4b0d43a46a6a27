"""What 问题清单 says of the office's own work in a master, where no list is judged: summarize."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.base_view import base_of
from rectify_xl.ledger.sheets.findings import finding_records
from rectify_xl.rounds import is_closing
from rectify_xl.rules import find_rule
from rectify_xl.rules.selection import chosen

if TYPE_CHECKING:
    from rectify_xl.common.findings import Finding
    from rectify_xl.ledger.decisions import Decided
    from rectify_xl.ledger.master import Master

# They judge what the office has written into the master, whatever the lists say.
_RULES = (
    "incomplete-decision", "completed-in-future", "closing-too-early", "closing-step-skipped", "publicity-too-short",
    "extension-too-late", "extension-incomplete", "extension-not-granted", "extension-again",
)  # fmt: skip

# What says the same of the list that a value came from.
_SAID_OF_LISTS = (*_RULES, "closed-without-acceptance", "date-order")


def with_findings_of_decisions(decided: Decided) -> Master:
    """The master with the findings on its decisions as they are now; what was found in the lists stays as it is."""
    master = decided.master
    kept = [finding for finding in master.findings if finding.slug not in _RULES or finding.file]
    reported = {(finding.task_id, finding.field) for finding in kept if finding.slug in _SAID_OF_LISTS}
    found = finding_records(_judged(decided))
    now = [one for one in found if not one.task_id or (one.task_id, one.field) not in reported]
    if not now and len(kept) == len(master.findings):
        return master
    last = max((finding.number for finding in kept if isinstance(finding.number, int)), default=0)
    numbered = (replace(finding, number=number) for number, finding in enumerate(now, last + 1))
    return replace(master, findings=(*kept, *numbered))


def _judged(decided: Decided) -> tuple[Finding, ...]:
    if not _has_decisions(decided):
        return ()
    # loaded here: most masters hold no decision
    from rectify_xl.collection.assembly import make_collection  # noqa: PLC0415
    from rectify_xl.validation.engine import run_rules  # noqa: PLC0415
    from rectify_xl.validation.exemptions import set_apart  # noqa: PLC0415

    master = decided.master
    campaign, choice = master.campaign, master.campaign.rules
    base = replace(base_of(master), left=decided.left)
    collection = make_collection((), campaign, master.as_of, collected=True, base=base)
    running = chosen(choice.select, choice.ignore)
    wanted = tuple(slug for slug in _RULES if find_rule(slug) in running)
    if not wanted:
        return ()
    only = replace(choice, select=wanted)
    return set_apart(collection, run_rules(collection, only, lang=master.lang), only).findings


def _has_decisions(decided: Decided) -> bool:
    """Whether the office has written anything that these rules judge; most masters hold nothing of it."""
    master = decided.master
    closing = (key for task in master.tasks for key, value in task.values.items() if value is not None and is_closing(key))
    return bool(decided.left or master.extensions) or any(closing)
