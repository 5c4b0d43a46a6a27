"""Figures, rules, charts, forms and papers know a task's state by what the schema says of it, whatever its words are."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, summarize, validate, write_master
from rectify_xl.campaign.settings import Campaign, DeadlineRules, Unit
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.cards import unit_cards
from rectify_xl.papers.facts import Facts
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import make_template
from rectify_xl.template.conditional_formats import column_formats
from rectify_xl.workbook import charts
from rectify_xl.workbook.formulas import LedgerFormulas
from tests.support.calc import recalculated
from tests.support.office import needs_office
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from rectify_xl.schema.states import State
    from rectify_xl.validation.report import Report

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


AS_OF = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parents[2]
PAST, SOON = "2026年6月30日前", "2026年12月10日前"
UNITS = (Unit("1", "市水务局"), Unit("2", "市林业局"))
LONG_TERM = DeadlineRules(long_term=date(2027, 6, 30))
SCHEMAS = {
    "task_list": load_schema("task_list"),
    "acceptance_ledger": load_schema("acceptance_ledger"),
    "works_list": load_schema("works_list.yaml", ROOT / "tests" / "data"),
}


@dataclass(frozen=True)
class Case:
    """A list with one past task and one soon due for every state of a schema, then one without any state."""

    campaign: Campaign
    folder: Path

    @property
    def states(self) -> list[State | None]:
        return [*(state for state in self.campaign.schema.states for _ in (PAST, SOON)), None]

    def rows(self) -> list[dict[str, Any]]:
        spans = [PAST, SOON] * len(self.campaign.schema.states.words) + [PAST]
        return [
            {
                "task_id": number, "problem": f"南河第{number}号排口没有截污", "leader": "钟离岳 副市长", "lead_unit": "市水务局",
                "acceptance_unit": "市林业局", "deadline": span, "status": state.word if state else None, "percent": 0.5,
            }
            for number, (state, span) in enumerate(zip(self.states, spans, strict=True), 1)
        ]  # fmt: skip

    def write(self, name: str = "a.xlsx", **changed: Any) -> Path:
        schema = self.campaign.schema
        rows = [[{**row, **changed}.get(key) for key in schema.keys] for row in self.rows()]
        head = [known.label["zh"] for known in schema.fields]
        return by_openpyxl(self.folder / name, layout([["市水务局清单"], ["填报单位:市水务局"], head, *rows]))

    def validate(self, **options: Any) -> Report:
        return validate(self.write(), campaign=self.campaign, as_of=AS_OF, **options)

    def numbers(self, report: Report, slug: str) -> set[int]:
        return {int(finding.task_id or 0) for finding in report.findings if finding.slug == slug}

    def expected(self, wanted: Any) -> set[int]:
        """The numbers of the tasks whose state (and whose being past) is wanted."""
        return {at for at, state in enumerate(self.states, 1) if wanted(state, at % 2 == 1)}


@pytest.fixture(params=SCHEMAS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    schema = SCHEMAS[request.param]
    return Case(
        Campaign("河湖整改", "整改办", date(2026, 1, 5), schema, UNITS, deadlines=LONG_TERM, round_id="2026-11"), tmp_path
    )


def test_rules_go_by_what_a_state_means(case: Case) -> None:
    report = case.validate()
    schema = case.campaign.schema
    is_open = lambda state: state is None or not (state.closed or state.standing)
    assert case.numbers(report, "overdue") == case.expected(lambda state, past: past and is_open(state))
    assert case.numbers(report, "due-soon") == case.expected(lambda state, past: not past and is_open(state))
    assert case.numbers(report, "done-without-date") == case.expected(lambda state, _: state and state.closed)
    assert case.numbers(report, "not-allowed") == set()
    if "evidence" in schema:
        assert case.numbers(report, "done-without-evidence") == case.expected(lambda state, _: state and state.closed)
    if "progress" in schema:
        assert case.numbers(report, "empty-progress") == case.expected(lambda state, _: state is None or state.started)
    if "percent" in schema:
        half = case.expected(lambda state, _: state and (state.closed or not state.started))
        assert case.numbers(report, "status-percent-mismatch") == half
    assert case.numbers(report, "closed-without-acceptance") == case.expected(lambda state, _: state and state.struck_off)
    words = {finding.message for finding in report.findings if finding.slug in ("overdue", "done-without-date")}
    assert all(any(state.word in message for message in words) for state in schema.states if state.closed or is_open(state))
    (word,) = (state.word for state in schema.states if state.struck_off)
    messages = {finding.message for finding in report.findings if finding.slug == "closed-without-acceptance"}
    label = schema["accepted_on"].label["zh"]
    assert messages == {f"任务{word}，没有填写{label}；请补填验收日期，未验收的不能销号"}


def test_a_full_percentage_contradicts_plain_work_only(case: Case) -> None:
    if "percent" not in case.campaign.schema:
        pytest.skip("the schema has no percentage")
    path = case.write("full.xlsx", percent=1)
    report = validate(path, campaign=case.campaign, as_of=AS_OF, select=("status-percent-mismatch",))
    expected = case.expected(lambda state, _: state and (state.under_way or not state.started))
    assert case.numbers(report, "status-percent-mismatch") == expected


def test_an_unknown_word_is_reported_with_the_schemas_words(case: Case) -> None:
    path = case.write("odd.xlsx", status="快好了")
    report = validate(path, campaign=case.campaign, as_of=AS_OF)
    found = [finding for finding in report.findings if finding.slug == "not-allowed"]
    assert len(found) == len(case.states)
    assert all("、".join(case.campaign.schema.states.words[:2]) in finding.message for finding in found)
    assert case.numbers(report, "overdue") == case.expected(lambda _, past: past)


def test_the_master_counts_and_reads_back(case: Case) -> None:
    schema = case.campaign.schema
    master = merge(case.write(), campaign=case.campaign, as_of=AS_OF)
    closed = [task.values["task_id"] for task in master.tasks if task.is_closed]
    assert set(map(int, closed)) == case.expected(lambda state, _: state and state.closed)
    overview = Summary(master).overview()
    assert dict(overview.figures)["已办结"] == 2 * len(schema.states.closed)
    assert dict(overview.by_status) == {**dict.fromkeys(schema.states.words, 2), "（未填写）": 1}
    assert [(bar.name, bar.closed) for bar in overview.unit_bars] == [("市水务局", 2 * len(schema.states.closed))]
    unit_sheet = Summary(master).by_key()["by_unit"]
    assert [column.label for column in unit_sheet.columns][-len(schema.states.words) - 1 : -1] == list(schema.states.words)

    path = case.folder / "台账.xlsx"
    write_master(master, path)
    again = summarize(path, campaign=case.campaign, as_of=AS_OF)
    assert [(task.state, task.timing.flag) for task in again.tasks] == [(task.state, task.timing.flag) for task in master.tasks]
    assert Summary(again).overview() == overview


def test_what_the_office_writes_into_its_master_counts(case: Case) -> None:
    path = case.folder / "台账.xlsx"
    write_master(merge(case.write(), campaign=case.campaign, as_of=AS_OF), path)
    book = openpyxl.load_workbook(path)
    ledger = book["总台账"]
    at = {cell.value: cell.column for cell in ledger[3]}[case.campaign.schema["status"].label["zh"]]
    for row in range(4, 4 + len(case.states)):
        ledger.cell(row, at).value = case.campaign.schema.states.closed[0]
    book.save(path)
    again = summarize(path, campaign=case.campaign, as_of=AS_OF)
    assert all(task.is_closed for task in again.tasks)
    assert {task.timing.flag for task in again.tasks} == {"on-time"}


def test_formulas_count_the_schemas_words(case: Case) -> None:
    summary = Summary(merge(case.write(), campaign=case.campaign, as_of=AS_OF))
    formulas = LedgerFormulas(summary.by_key()["ledger"], summary.context)
    for word in case.campaign.schema.states.words:
        assert (f'"{word}"' in formulas.closed()) == (word in case.campaign.schema.states.closed)
        assert f'"{word}","※{word}"' in formulas.of_status((word,))


@needs_office
def test_libreoffice_counts_the_schemas_words(tmp_path: Path) -> None:
    cases = [Case(Campaign(schema=schema, units=UNITS), tmp_path) for schema in SCHEMAS.values()]
    paths = []
    for at, one in enumerate(cases):
        paths.append(tmp_path / f"{at}.xlsx")
        write_master(merge(one.write(f"in{at}.xlsx"), campaign=one.campaign, as_of=AS_OF), paths[-1])
    for path, counted in zip(paths, recalculated(paths), strict=True):
        shown = openpyxl.load_workbook(path, data_only=True).worksheets
        assert counted == {place: pytest.approx(shown[place[0]].cell(*place[1:]).value, abs=1e-9) for place in counted}


def test_charts_colour_states_by_what_they_mean(case: Case) -> None:
    states = case.campaign.schema.states
    colours = dict(zip((*states.words, None), charts.state_colours(states), strict=True))
    assert len({colours[state.word] for state in states}) == len(states.words)
    struck_off = next(state.word for state in states if state.struck_off)
    assert colours[struck_off] == "#1E7145"
    if case.campaign.schema.name == "task_list":
        assert list(colours.values()) == [
            "#9AA5B1", "#2F75B5", "#5BAA7F", "#3F9C6B", "#7FB89A", "#1E7145", "#8064A2", "#C0392B", "#C9A227",
        ]  # fmt: skip


def test_the_form_offers_and_marks_the_schemas_words(case: Case) -> None:
    schema = case.campaign.schema
    form = make_template(case.campaign, made_on=AS_OF)
    assert form.choices["status"].values == schema.states.words
    (mark,) = [found for found in column_formats(schema, 5) if found.key == "completed_on"]
    assert all((f'="{word}"' in mark.formula) == (word in schema.states.closed) for word in schema.states.words)


def test_papers_speak_of_the_schemas_words(case: Case) -> None:
    facts = Facts(merge(case.write(), campaign=case.campaign, as_of=AS_OF))
    filled = bulletin(facts)
    closed = 2 * len(case.campaign.schema.states.closed)
    assert filled["已办结"] == closed
    assert all(f"{word}2项" in filled["状态分布"] for word in case.campaign.schema.states.words)
    ((_, card),) = [card for card in unit_cards(facts) if card[0] == "市水务局"]
    assert card["已办结"] == closed
    by_number = {int(row["编号"]): row for row in card["任务清单"]}
    assert {at for at, row in by_number.items() if row["情况"] == "已办结"} == case.expected(
        lambda state, _: state and state.closed
    )
    standing = case.expected(lambda state, _: state and state.standing)
    assert all(by_number[at]["情况"] == "正常" for at in standing)
    assert filled["排名"][0]["已办结"] == closed


def test_no_module_knows_a_states_word() -> None:
    """Words in documentation and the vocabulary of the language floor aside."""
    words = {word for name in ("task_list", "acceptance_ledger") for word in SCHEMAS[name].states.words}
    package = ROOT / "rectify_xl"
    # Stock phrases of a cell of progress, and what tells a deadline from other text: words of cells and no states. A look-back
    # and the steps of striking off say what they are about, and 反弹 is one of their words, whatever a schema calls the state.
    vocabulary = {
        "rules/stock_phrases.py",
        "intake/tables/time_limits.py",
        "plans/inline.py",
        "cli/lookback.py",
        "papers/dossier.py",
        "ledger/sheets/closing_progress.py",
        "rules/progress/closing_too_early.py",
    }
    vocabulary |= {f"ledger/{name}.py" for name in ("lookback", "lookback_results", "lookback_sheet")}
    found = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if name.startswith("language/") or name in vocabulary:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        prose |= {
            id(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and [target.id for target in node.targets if isinstance(target, ast.Name)] == ["ZH"]
        }
        found += [
            f"{name}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and any(word in node.value for word in words)
        ]
    assert found == []
