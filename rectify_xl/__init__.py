"""Validate, merge and summarise the Excel task lists of a rectification campaign (整改任务清单).

Everything public stands here and is described in docs/library.md. The names are loaded on first use, so that
``import rectify_xl`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from rectify_xl.common.version import __version__

if TYPE_CHECKING:
    from rectify_xl.campaign.closing_settings import Closing, ExtensionRules, NoticeRules
    from rectify_xl.campaign.light_settings import LightCondition
    from rectify_xl.campaign.paper_settings import PaperRules, Points, Threshold
    from rectify_xl.campaign.reporting_settings import ReportingRules
    from rectify_xl.campaign.rosters import CampaignLeader, Unit
    from rectify_xl.campaign.rule_settings import RuleChoice, Silence
    from rectify_xl.campaign.schema_settings import SchemaChoice
    from rectify_xl.campaign.settings import Campaign, DeadlineRules, LookbackRules, Mail, Materials, load_campaign
    from rectify_xl.campaign.warning_settings import WarningRules
    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.timing import Timing
    from rectify_xl.collection.verdict import Verdict
    from rectify_xl.common.errors import RectifyError
    from rectify_xl.common.findings import Finding, Fix, Severity
    from rectify_xl.common.i18n import Text
    from rectify_xl.common.workdays import LastDay, Span, WorkCalendar
    from rectify_xl.copies import Change, Copy, Corrections, Fixed, annotate, fix
    from rectify_xl.intake.submission import ExtensionRow, Fault, RowKind, Section, Submission, Table, TaskRow, UnreadRow
    from rectify_xl.language.deadline import Deadline, DeadlineOptions, parse_deadline
    from rectify_xl.language.leaders import Leader, parse_leaders
    from rectify_xl.language.units import Match, Roster, RosterUnit, Units, parse_units
    from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide, ExtensionRecord, NearTask, PendingRecord
    from rectify_xl.ledger.difference import Difference, DifferingTask, DifferingValue
    from rectify_xl.ledger.lights import Lights, Lit
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.ledger.records import (
        AbsenceRecord,
        AddedCells,
        ChangeRecord,
        FindingRecord,
        ReportRecord,
        Round,
        TaskRecord,
    )
    from rectify_xl.ledger.source_rows import SourceRow
    from rectify_xl.plans.model import DeadlineRule, Doubt, Place, Plan, PlanFacts, PlanLeader, PlanTask, Substitution
    from rectify_xl.plans.reading import read_plan
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.loading import load_schema
    from rectify_xl.schema.schema import Schema
    from rectify_xl.schema.states import State, States
    from rectify_xl.validation.exemptions import Idle, Silenced
    from rectify_xl.validation.report import Report
    from rectify_xl.workbook import NotKeptError, write_difference, write_master, write_tasks
    from rectify_xl.workflow.diff import diff
    from rectify_xl.workflow.dispatch import Dispatched, DispatchedFile, dispatch
    from rectify_xl.workflow.merge import merge
    from rectify_xl.workflow.summarize import summarize
    from rectify_xl.workflow.validate import validate

__all__ = [
    "AbsenceRecord", "AddedCells", "Campaign", "CampaignLeader", "Change", "ChangeRecord", "Closing", "Collection",
    "ConflictRecord", "ConflictSide", "Copy", "Corrections", "Deadline", "DeadlineOptions", "DeadlineRule",
    "DeadlineRules", "Difference", "DifferingTask", "DifferingValue", "Dispatched", "DispatchedFile", "Doubt",
    "ExtensionRecord", "ExtensionRow", "ExtensionRules", "Fault", "Field", "Finding", "FindingRecord", "Fix", "Fixed",
    "Idle", "LastDay", "Leader", "LightCondition", "Lights", "Lit", "LookbackRules", "Mail", "Master", "Match",
    "Materials", "NearTask", "NotKeptError", "NoticeRules", "PaperRules", "PendingRecord", "Place", "Plan", "PlanFacts",
    "PlanLeader", "PlanTask", "Points", "RectifyError", "Report", "ReportRecord", "ReportingRules", "Roster",
    "RosterUnit", "Round", "RowKind", "RuleChoice", "Schema", "SchemaChoice", "Section", "Severity", "Silence",
    "Silenced", "SourceRow", "Span", "State", "States", "Submission", "Substitution", "Table", "TaskRecord", "TaskRow",
    "Text", "Threshold", "Timing", "Unit", "Units", "UnreadRow", "Verdict", "WarningRules", "WorkCalendar", "__version__",
    "annotate", "diff", "dispatch", "fix", "load_campaign", "load_schema", "merge", "parse_deadline", "parse_leaders",
    "parse_units", "read_master", "read_plan", "summarize", "validate", "write_difference", "write_master", "write_tasks",
]  # fmt: skip

_MODULES = {
    "campaign.closing_settings": ("Closing", "ExtensionRules", "NoticeRules"),
    "campaign.light_settings": ("LightCondition",),
    "campaign.paper_settings": ("PaperRules", "Points", "Threshold"),
    "campaign.reporting_settings": ("ReportingRules",),
    "campaign.rosters": ("CampaignLeader", "Unit"),
    "campaign.rule_settings": ("RuleChoice", "Silence"),
    "campaign.schema_settings": ("SchemaChoice",),
    "campaign.settings": ("Campaign", "DeadlineRules", "LookbackRules", "Mail", "Materials", "load_campaign"),
    "campaign.warning_settings": ("WarningRules",),
    "collection.collection": ("Collection",),
    "collection.timing": ("Timing",),
    "collection.verdict": ("Verdict",),
    "common.errors": ("RectifyError",),
    "common.findings": ("Finding", "Fix", "Severity"),
    "common.i18n": ("Text",),
    "common.workdays": ("LastDay", "Span", "WorkCalendar"),
    "copies": ("Change", "Copy", "Corrections", "Fixed", "annotate", "fix"),
    "intake.submission": ("ExtensionRow", "Fault", "RowKind", "Section", "Submission", "Table", "TaskRow", "UnreadRow"),
    "language.deadline": ("Deadline", "DeadlineOptions", "parse_deadline"),
    "language.leaders": ("Leader", "parse_leaders"),
    "language.units": ("Match", "Roster", "RosterUnit", "Units", "parse_units"),
    "ledger.decision_records": ("ConflictRecord", "ConflictSide", "ExtensionRecord", "NearTask", "PendingRecord"),
    "ledger.difference": ("Difference", "DifferingTask", "DifferingValue"),
    "ledger.lights": ("Lights", "Lit"),
    "ledger.master": ("Master",),
    "ledger.reading": ("read_master",),
    "ledger.records": ("AbsenceRecord", "AddedCells", "ChangeRecord", "FindingRecord", "ReportRecord", "Round", "TaskRecord"),
    "ledger.source_rows": ("SourceRow",),
    "plans.model": (
        "DeadlineRule", "Doubt", "Place", "Plan", "PlanFacts", "PlanLeader", "PlanTask", "Substitution",
    ),
    "plans.reading": ("read_plan",),
    "schema.fields": ("Field",),
    "schema.loading": ("load_schema",),
    "schema.schema": ("Schema",),
    "schema.states": ("State", "States"),
    "validation.exemptions": ("Idle", "Silenced"),
    "validation.report": ("Report",),
    "workbook": ("NotKeptError", "write_difference", "write_master", "write_tasks"),
    "workflow.diff": ("diff",),
    "workflow.dispatch": ("Dispatched", "DispatchedFile", "dispatch"),
    "workflow.merge": ("merge",),
    "workflow.summarize": ("summarize",),
    "workflow.validate": ("validate",),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

# A type checker reads the imports above; what they do not name it must not take for known.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name from its module on first use."""
        if name not in _MODULE_OF:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        globals()[name] = found = getattr(_import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        return found

    def __dir__() -> list[str]:
        return sorted(__all__)
