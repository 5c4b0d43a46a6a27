"""Plans as they were published, with labels of other people. They are kept beside the project, and skipped where absent."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.ledger.reading import read_master
from rectify_xl.plans.model import Plan
from rectify_xl.plans.worker import read_file
from tests.support.filled import fill_in
from tests.support.office import profile, run_office

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS, GOLD = SHARED / "seeds", SHARED / "gold"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the published plans are not beside the project")
WITH_TASKS = ("001", "002", "004")
OF_THE_PLAN = {"polluted-text", "not-submitted"}  # what the plan itself says, and who has not yet reported


def seed(name: str) -> Path:
    return next(SEEDS.glob(f"{name}_*.txt"))


def read(path: Path) -> dict[str, Any]:
    found = read_file(path)
    assert isinstance(found, Plan), found.zh
    return found.to_dict()


def missed(name: str, found: dict[str, Any], folder: Path) -> dict[str, tuple[int, int, int]]:
    """Field -> (right, found, labelled) by the scorer of the labels, where they differ."""
    spec = importlib.util.spec_from_file_location("score_plans", GOLD / "score_plans.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    (folder / "found.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # The scorer reads in the encoding of the machine, and leaves its files open.
        patch.setattr("builtins.open", lambda path: io.StringIO(Path(path).read_text("utf-8")))
        figures = scorer.score([(str(GOLD / "plans" / f"{name}.json"), str(folder / "found.json"))], skip_hard=False)
    return {key: value for key, value in figures.items() if len(set(value)) > 1}


@pytest.mark.parametrize("name", WITH_TASKS)
def test_every_field_is_that_of_the_labels(name: str, tmp_path: Path) -> None:
    assert missed(name, read(seed(name)), tmp_path) == {}


def test_what_is_odd_about_a_plan_is_reported() -> None:
    found = read(seed("004"))
    document = [(doubt["code"], doubt["text"]) for doubt in found["doc"]["anomalies"]]
    tasks = [(task["no"], doubt["code"]) for task in found["tasks"] for doubt in task["anomalies"]]
    assert document == [("number_gap", "3")]
    assert [no for no, code in tasks if code == "polluted_text"] == ["8", "15", "29", "30", "31"]
    assert [no for no, code in tasks if code == "already_done"] == ["22", "23"]
    assert [no for no, code in tasks if code == "missing_number"] == ["3"]
    assert found["doc"]["declared_counts"]["tasks"] == 31
    assert [one["count"] for one in found["doc"]["declared_counts"]["categories"]] == [13, 2, 3, 4, 5, 4]
    gold = json.loads((GOLD / "plans" / "004.json").read_text("utf-8"))["doc"]
    same = ("title", "notice_title", "list_title", "issuer", "issue_date", "doc_no", "inspector", "inspection_period_text",
            "feedback_date_text")  # fmt: skip
    assert {key: found["doc"][key] for key in same} == {key: gold[key] for key in same}
    rules = [(rule["kind"], rule["due"]) for rule in found["doc"]["deadline_rules"]]
    assert rules == [("immediate", "2020-05-31"), ("node", "2020-12-31"), ("node", "2021-12-31"), ("node", "2022-12-31")]


@pytest.mark.parametrize("name", WITH_TASKS)
def test_places_are_those_of_the_labels(name: str) -> None:
    gold = json.loads((GOLD / "plans" / f"{name}.json").read_text("utf-8"))["tasks"]
    found = read(seed(name))["tasks"]
    assert [task["source"] for task in found] == [task["source"] for task in gold]


def test_plans_without_their_list_give_no_task() -> None:
    declared, silent = read(seed("000")), read(seed("003"))
    assert declared["tasks"] == silent["tasks"] == []
    reported = {doubt["code"] for doubt in declared["doc"]["anomalies"]}
    assert {"no_tasks_declared", "attachment_absent", "traditional_script", "pinyin_artefact", "mojibake"} <= reported
    reported = {doubt["code"] for doubt in silent["doc"]["anomalies"]}
    assert {"no_tasks", "attachment_absent", "traditional_script", "title_absent", "question_mark_artefact"} <= reported
    assert (silent["doc"]["title"], silent["doc"]["issuer"], silent["doc"]["issue_date"]) == (None, [], None)
    assert declared["original"].startswith("武政辦〔2020〕13號")


@pytest.mark.parametrize("name", ["000", "003"])
def test_damaged_copies_read_as_the_labels_say(name: str) -> None:
    from rectify_xl.plans.cleaning import clean_document
    from rectify_xl.plans.files import read_source

    gold = json.loads((GOLD / "plans" / f"{name}.json").read_text("utf-8"))["cleaned_paragraphs"]
    lines = [line.text.strip() for line in clean_document(read_source(seed(name))).lines]
    assert [lines[one["line"] - 1] for one in gold] == [one["text"].strip() for one in gold]


@pytest.mark.slow
def test_from_the_plan_to_the_bulletin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """import → dispatch → filled → merge → bulletin, of which nothing but the filling in is done by hand."""

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, words, prog_name="rectify-xl")
        assert done.exit_code in (0, 1), done.output
        return done.stdout

    monkeypatch.chdir(tmp_path)
    run("import", str(seed("004")), "-o", "任务清单.xlsx", "--new-campaign", "活动")
    run("round", "2020-08", "--due", "2020-08-25", "--campaign", "活动")
    then = ("--campaign", "活动", "--as-of", "2020-08-20")
    sent = json.loads(run("dispatch", "任务清单.xlsx", "-o", "下发", "--format", "json", *then))["files"]
    assert {file["unit"] for file in sent} >= {"市生态环境局", "市自然资源和规划局", "市公安局"}
    reporting = sorted(sent, key=lambda file: -file["lead"])[:2]
    Path("报送件").mkdir()
    for file in reporting:
        path = Path("下发") / file["path"]
        assert fill_in(path, f"{file['unit']}已开展排查整改。") == file["tasks"]
        path.rename(Path("报送件") / path.name)
    merged = json.loads(run("merge", "报送件", "--base", "任务清单.xlsx", "-o", "总台账.xlsx", "--format", "json", *then))
    assert (merged["tasks"], merged["added"], merged["pending"], merged["conflicts"]) == (31, 0, [], [])
    assert {finding["slug"] for finding in merged["findings"] if finding["severity"] == "error"} <= OF_THE_PLAN
    tasks = read_master(Path("总台账.xlsx"), campaign=load_campaign(Path("活动"))).tasks
    said = {unit for task in tasks for unit in (file["unit"] for file in reporting) if unit in str(task.values["progress"])}
    assert said == {file["unit"] for file in reporting}
    assert [task.key for task in tasks] == [f"T{number:04}" for number in range(1, 32)]
    run("bulletin", "总台账.xlsx", "-o", "通报.docx", *then)
    words = "".join(line.text for line in docx.Document("通报.docx").paragraphs)
    assert "31" in words
    assert all(file["unit"] in words for file in reporting)


@pytest.mark.long  # in every run invented plans go the same way
@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_the_same_through_libreoffice(kind: str, tmp_path: Path) -> None:
    for path in SEEDS.glob("*.txt"):
        shutil.copyfile(path, tmp_path / path.name)
    with profile() as folder:
        run_office(folder, "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", kind, "--outdir", str(tmp_path),
                   *map(str, tmp_path.glob("*.txt")))  # fmt: skip
    for name in WITH_TASKS:
        assert missed(name, read(next(tmp_path.glob(f"{name}_*.{kind}"))), tmp_path) == {}
    for name in ("000", "003"):
        assert read(next(tmp_path.glob(f"{name}_*.{kind}")))["tasks"] == []
