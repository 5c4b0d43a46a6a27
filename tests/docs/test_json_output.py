"""docs/json-output.md describes what the commands print: its tables become schemas, real outputs are held against them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from rectify_xl.cli import main
from rectify_xl.common.resources import resource
from tests.mail.rounds import edit, make_round
from tests.mail.smtp_server import Mailbox, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json-output.md").read_text("utf-8")
SILENCES = """rules:
  silence:
    - {rule: not-submitted, unit: 市供销合作社, reason: 已改制, until: 2027-12-31}
    - {rule: L301, task: "99999", reason: 没有这一项}
"""
ATOMS = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "yes/no": {"type": "boolean"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "moment": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$"},
}


def sections() -> dict[str, str]:
    """Name of an object -> what the page says of it."""
    parts = re.split(r"^### (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of one object of the page; no key may be there that its table does not have."""
    text = sections()[name]
    base = re.search(r"The keys of \[(\w+)\]", text)
    schema: dict[str, Any] = schema_of(base[1]) if base else {"type": "object", "properties": {}, "required": []}
    for key, kind in re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE):
        schema["properties"][key] = type_of(kind.removesuffix(", optional"))
        if not kind.endswith(", optional"):
            schema["required"].append(key)
    return {**schema, "additionalProperties": False}


def type_of(kind: str) -> dict[str, Any]:
    if kind.endswith(" or null"):
        return {"anyOf": [type_of(kind.removesuffix(" or null")), {"type": "null"}]}
    if kind.startswith("list of "):
        return {"type": "array", "items": type_of(kind.removeprefix("list of "))}
    if kind.startswith("map of "):
        return {"type": "object", "additionalProperties": type_of(kind.removeprefix("map of "))}
    if ", " in kind:
        return {"enum": kind.split(", ")}
    return ATOMS.get(kind) or schema_of(kind)


def holds(name: str, output: object) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema_of(name)).iter_errors(output)]
    assert errors == []


def printed(*words: object, status: int) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*map(str, words), "--format", "json"], prog_name="rectify-xl")
    assert result.exit_code == status, result.stderr
    output: dict[str, Any] = json.loads(result.stdout)
    return output


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample campaign with exemptions."""
    folder = tmp_path_factory.mktemp("json")
    for name in ("campaign.yaml", "units.csv", "leaders.csv"):
        (folder / name).write_bytes(resource("samples", "city", name).read_bytes())
    with (folder / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write(SILENCES)
    return folder


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Path]:
    """A campaign folder with a master, and a server that takes its mail."""
    folder = make_round(tmp_path)
    with serving(Mailbox()) as mailbox:
        edit(folder / "campaign.yaml", "port: 8025", f"port: {mailbox.port}")
        yield folder


def test_every_type_of_the_page_is_known() -> None:
    for name in sections():
        Draft202012Validator.check_schema(schema_of(name))
        assert len(schema_of(name)["properties"]) > 1, name


def test_validate(sample: Path, tmp_path: Path) -> None:
    lists = resource("samples", "city", "submissions")
    words = ("validate", lists, "--campaign", sample, "--as-of", "2026-11-21")
    output = printed(*words, "--fix", "--fixed", tmp_path / "fixed", status=1)
    holds("report", output)
    assert all(output.values())
    assert any(finding["fix"] for finding in output["findings"])
    assert {entry["status"] for entry in output["files"]} == {"accepted", "rejected", "skipped"}
    assert "fixes" not in printed(*words, status=1)


def test_validate_without_any_usable_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    holds("report", printed("validate", tmp_path, status=2))


def test_merge(sample: Path, tmp_path: Path) -> None:
    words = ("merge", resource("samples", "city", "submissions"), "--campaign", sample, "--as-of", "2026-11-21", "--strict")
    output = printed(*words, "-o", tmp_path / "m.xlsx", status=1)
    holds("merged", output)
    assert output["conflicts"]
    assert output["held_back"]
    assert output["backup"] is None
    sent = printed("dispatch", tmp_path / "m.xlsx", "-o", tmp_path / "out", "--campaign", sample, status=0)
    holds("dispatched", sent)
    assert all(sent.values())
    again = printed(*words[:-1], "-o", tmp_path / "m.xlsx", status=1)
    holds("merged", again)
    assert Path(again["backup"]).is_file()


def test_import(tmp_path: Path) -> None:
    plan = tmp_path / "方案.txt"
    text = (
        "共3项整改任务。\n立行立改的，2026年5月底前完成。\n一、水(1項)\n1.甲問題(wèn)。\n整改措施:清淤。\n责任领导:陆遥 副市长\n"
        "责任单位:市水利局、财政局(牵头负责第1条)\n整改时限:\n公示时间:无\n附件：任务清单\n"
    )
    plan.write_text(text, "utf-8")
    output = printed("import", plan, status=1)
    holds("plan", output)
    assert all(output[key] for key in ("tasks", "substitutions", "original"))
    plan.write_text("没有任务。", "utf-8")
    holds("plan", printed("import", plan, status=2))


def test_diff_and_history(sample: Path, tmp_path: Path) -> None:
    merge = ("merge", resource("samples", "city", "submissions"), "--campaign", sample, "--as-of", "2026-11-21")
    CliRunner().invoke(main, [*map(str, merge), "--strict", "-o", str(tmp_path / "old.xlsx")])
    CliRunner().invoke(main, [*map(str, merge), "-o", str(tmp_path / "new.xlsx")])
    holds("difference", printed("diff", tmp_path / "old.xlsx", tmp_path / "new.xlsx", status=0))
    past = printed("history", "--campaign", sample, status=0)
    holds("past", past)
    assert len(past["rounds"][-1]["merges"]) >= 2
    life = printed("history", "T0001", "--campaign", sample, status=0)
    holds("life", life)
    assert life["life"][-1]["reports"]


def test_merge_without_any_usable_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    output = printed("merge", tmp_path / "a.xlsx", "-o", tmp_path / "m.xlsx", status=2)
    holds("merged", output)
    assert output["master"] is None


def test_deadline() -> None:
    texts = ("2026年9月底前", "9月前", "每季度末", "尽快", "2月30日", "2026年6月底前二、推进治理")
    holds("readings", printed("deadline", *texts, "--anchor", "2026-07-23", status=0))


def test_send_and_outbox(mailing: Path) -> None:
    campaign = ("--campaign", mailing)
    reminders = ("send", "--reminders", mailing / "总台账.xlsx", "--skip-unaddressed", *campaign)
    preview = printed(*reminders, status=0)
    holds("preview", preview)
    assert preview["problems"]
    holds("preview", printed("send", mailing / "总台账.xlsx", *campaign, status=0))
    sent = printed("send", mailing / "总台账.xlsx", *campaign, "--yes", status=0)
    holds("mailing", sent)
    assert sent["messages"][0]["attachments"]
    again = printed("send", mailing / "总台账.xlsx", *campaign, "--yes", status=0)
    holds("mailing", again)
    assert again["not_sent_again"]
    holds("outbox", printed("outbox", *campaign, status=0))
