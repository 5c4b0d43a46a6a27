"""SARIF output: valid by the official schema, and every finding in it at its cell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator, FormatChecker

from rectify_xl.campaign.settings import Campaign, RuleChoice, Silence, load_campaign
from rectify_xl.cli import main
from rectify_xl.common.resources import resource
from rectify_xl.console.sarif import to_sarif, uri_of
from rectify_xl.rules import catalogue
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from rectify_xl.validation.report import Report

SAMPLES = resource("samples", "city")
SCHEMA = json.loads(Path(__file__).parents[1].joinpath("data").joinpath("sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=FormatChecker())
DAY = date(2026, 11, 21)


def checked(report: Report, lang: str = "zh") -> dict[str, Any]:
    """The only run of the log, as a program reads it, after the log was held against the schema."""
    log = json.loads(json.dumps(to_sarif(report, lang)))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def samples() -> Report:
    return validate([SAMPLES / "submissions"], campaign=load_campaign(SAMPLES), as_of=DAY)


def test_the_schema_would_notice() -> None:
    assert list(VALIDATOR.iter_errors({"version": "2.1.0", "runs": [{"tool": {}}]}))


def test_every_finding_of_the_samples_is_a_result_in_the_same_order(samples: Report) -> None:
    run = checked(samples)
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert len(run["results"]) == len(samples.findings)
    for finding, result in zip(samples.findings, run["results"], strict=True):
        assert (result["ruleId"], result["level"]) == (finding.slug, levels[finding.severity])
        assert result["message"]["text"] == finding.message
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.slug


def test_results_name_file_and_cell(samples: Report) -> None:
    run = checked(samples)
    for finding, result in zip(samples.findings, run["results"], strict=True):
        location = next(iter(result["locations"]), {})
        artifact = location.get("physicalLocation", {}).get("artifactLocation")
        assert (unquote(artifact["uri"]) if artifact else None) == finding.file
        if artifact:
            assert artifact["uri"].isascii()
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
        named = [place["fullyQualifiedName"] for place in location.get("logicalLocations", ())]
        if finding.cell:
            assert named == [f"{finding.sheet}!{finding.cell}"]
        elif finding.file is None:
            assert named == ([finding.unit] if finding.unit else [])
        else:
            assert named == ([finding.sheet] if finding.sheet else [])


def test_rules_bring_their_help_in_the_language_asked_for(samples: Report) -> None:
    for lang, language in (("zh", "zh-CN"), ("en", "en-US")):
        driver = checked(samples, lang)["tool"]["driver"]
        assert driver["language"] == language
        assert [rule["help"]["text"] for rule in driver["rules"]] == [rule.doc[lang] for rule in catalogue()]
        assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in driver["rules"])


def test_files_carry_their_digest_state_and_unit(samples: Report) -> None:
    files = {unquote(artifact["location"]["uri"]): artifact for artifact in checked(samples)["artifacts"]}
    assert files["砚坪县.xlsx"]["properties"] == {"status": "accepted", "unit": "砚坪县"}
    assert files["砚坪县.xlsx"]["roles"] == ["analysisTarget"]
    assert len(files["砚坪县.xlsx"]["hashes"]["sha-256"]) == 64
    assert files["市财政局整改清单.xlsx"]["properties"]["status"] == "rejected"
    assert files["说明.txt"]["properties"] == {"status": "skipped"}


def test_corrections_stand_in_the_properties(samples: Report) -> None:
    fixes = {result["ruleId"]: result["properties"].get("fix") for result in checked(samples)["results"]}
    assert fixes["text-date"] == {"safe": True, "value": "2026-11-12"}
    assert fixes["overdue"] is None


def test_silenced_findings_are_suppressed_with_their_reason(tmp_path: Path) -> None:
    path = write_list(tmp_path / "in" / "a.xlsx", [{"deadline": "尽快", "leader": None}], unit="市水务局")
    silences = (
        Silence("vague-deadline", "另行排期", unit="市水务局", units=("市水务局",), until=date(2026, 12, 31)),
        Silence("overdue", "汛期", task="9"),
    )
    campaign = Campaign(rules=RuleChoice(silence=silences))
    run = checked(validate([path.parent], campaign=campaign, as_of=DAY))
    suppressed = {result["ruleId"]: result.get("suppressions") for result in run["results"]}
    assert suppressed["missing-leader"] is None
    (suppression,) = suppressed["vague-deadline"]
    assert (suppression["kind"], suppression["justification"]) == ("external", "另行排期")
    assert suppression["properties"]["until"] == "2026-12-31"
    (note,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert "任务 9" in note["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/市#1.xlsx", "a%20b/%E5%B8%82%231.xlsx"),
        ("附件:1.xlsx", "%E9%99%84%E4%BB%B6%3A1.xlsx"),
        ("/tmp/a.xlsx", "file:///tmp/a.xlsx"),  # noqa: S108 - a name, not a file
        ("\udcff.xlsx", "%FF.xlsx"),
    ],
)
def test_names_become_uris(path: str, uri: str) -> None:
    assert uri_of(path) == uri


def test_the_command_prints_it_and_keeps_its_exit_status(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    result = CliRunner().invoke(main, ["validate", str(path), "--format", "sarif", "--as-of", "2026-11-21"])
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    assert list(VALIDATOR.iter_errors(log)) == []
    assert log["runs"][0]["invocations"][0] == {
        "executionSuccessful": True, "exitCode": 1, "toolConfigurationNotifications": [],
    }  # fmt: skip
    (tmp_path / "空").mkdir()
    empty = CliRunner().invoke(main, ["validate", str(tmp_path / "空"), "--format", "sarif"])
    assert json.loads(empty.stdout)["runs"][0]["invocations"][0]["executionSuccessful"] is False
