"""A report as SARIF 2.1.0, the exchange format of checking tools (OASIS standard), for programs that collect findings.

A workbook has no lines, so a result says which file (``physicalLocation``) and which cell (``logicalLocations``,
``sheet!cell``). What SARIF has no word for - the field, the value, the correction offered - stands in ``properties``.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rectify_xl.common.version import __version__
from rectify_xl.console.exemption_text import idle_line
from rectify_xl.rules import Rule, catalogue

if TYPE_CHECKING:
    from rectify_xl.campaign.rule_settings import Silence
    from rectify_xl.common.findings import Finding
    from rectify_xl.intake.submission import Submission
    from rectify_xl.validation.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_NOTHING_ACCEPTED = 2


def to_sarif(report: Report, lang: str = "zh") -> dict[str, Any]:
    """The whole log, JSON-ready; results in the report's order, the silenced ones last."""
    rules = {rule.slug: at for at, rule in enumerate(catalogue())}
    artifacts = {submission.path: at for at, submission in enumerate(report.submissions)}
    results = [_result(finding, rules, artifacts) for finding in report.findings]
    results += [
        {**_result(silenced.finding, rules, artifacts), "suppressions": [_suppression(silenced.silence)]}
        for silenced in report.silenced
    ]
    driver = {
        "name": "rectify-xl",
        "version": __version__,
        "language": _LANGUAGES[lang],
        "rules": [_rule(rule, lang) for rule in catalogue()],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, lang)],
        "artifacts": [_artifact(submission, report) for submission in report.submissions],
        "results": results,
        "properties": {"asOf": report.as_of.isoformat(), "campaign": report.collection.campaign.name},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def uri_of(path: str) -> str:
    """A file's name as a URI reference: relative where it is relative, percent-encoded."""
    given = PurePosixPath(path)
    # Names that are not UTF-8 come as surrogates and go as the bytes they were.
    return given.as_uri() if given.is_absolute() else quote(path, errors="surrogateescape")


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    title, _, rest = rule.doc[lang].partition("\n")
    properties: dict[str, Any] = {"code": rule.code, "family": rule.family, "preview": rule.preview}
    return {
        "id": rule.slug,
        "name": rule.code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": rest.strip()},
        "help": {"text": rule.doc[lang]},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": properties | ({"fix": rule.fix} if rule.fix else {}),
    }


def _invocation(report: Report, lang: str) -> dict[str, Any]:
    notes = [{"level": "note", "message": {"text": idle_line(idle, lang)}} for idle in report.idle]
    return {
        "executionSuccessful": report.exit_code != _NOTHING_ACCEPTED,
        "exitCode": report.exit_code,
        "toolConfigurationNotifications": notes,
    }


def _artifact(submission: Submission, report: Report) -> dict[str, Any]:
    skipped = submission.status == "skipped"
    properties: dict[str, Any] = {"status": submission.status}
    if not skipped:
        properties["unit"] = report.collection.reporting[submission.path].unit
    found: dict[str, Any] = {"location": {"uri": uri_of(submission.path)}, "properties": properties}
    if not skipped:
        found["roles"] = ["analysisTarget"]
    if submission.sha256:
        found["hashes"] = {"sha-256": submission.sha256}
    return found


def _result(finding: Finding, rules: dict[str, int], artifacts: dict[str, int]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "code": finding.code, "family": finding.family, "sheet": finding.sheet, "cell": finding.cell, "row": finding.row,
        "field": finding.field, "taskId": finding.task_id, "value": finding.value, "unit": finding.unit,
    }  # fmt: skip
    if finding.fix:
        facts["fix"] = {"safe": finding.fix.safe, "value": str(finding.fix.value)}
    return {
        "ruleId": finding.slug,
        "ruleIndex": rules[finding.slug],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": _locations(finding, artifacts),
        "properties": {key: value for key, value in facts.items() if value is not None},
    }


def _locations(finding: Finding, artifacts: dict[str, int]) -> list[dict[str, Any]]:
    """Where a finding stands; one about the whole campaign stands nowhere."""
    location: dict[str, Any] = {}
    if finding.file is not None:
        artifact = {"uri": uri_of(finding.file), "index": artifacts[finding.file]}
        location["physicalLocation"] = {"artifactLocation": artifact}
    if finding.sheet and finding.cell:
        place = {"name": finding.cell, "fullyQualifiedName": f"{finding.sheet}!{finding.cell}", "kind": "cell"}
        location["logicalLocations"] = [place]
    elif finding.sheet:
        location["logicalLocations"] = [{"name": finding.sheet, "fullyQualifiedName": finding.sheet, "kind": "sheet"}]
    elif finding.file is None and finding.unit:
        location["logicalLocations"] = [{"name": finding.unit, "fullyQualifiedName": finding.unit, "kind": "unit"}]
    return [location] if location else []


def _suppression(silence: Silence) -> dict[str, Any]:
    """The office's decision, taken outside of the units' files."""
    return {"kind": "external", "status": "accepted", "justification": silence.reason, "properties": silence.to_dict()}
