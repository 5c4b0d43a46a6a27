"""The red marks: they say what the rules will say, and nothing that the rules would not say."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from rectify_xl import validate
from rectify_xl.campaign.settings import Campaign
from rectify_xl.collection.verdict import judge_deadline
from rectify_xl.common.addresses import column_letters
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import column_formats, make_template
from rectify_xl.template.conditional_formats import _VAGUE, vague_formula, vague_words
from rectify_xl.workbook import write_template
from tests.support.office import convert, needs_office
from tests.template.conftest import AS_OF, FIRST_ROW, MADE_ON

CASES = Path(__file__).parents[1] / "language" / "deadline"
SCHEMA = load_schema()
RED, PLAIN = "TRUE", "FALSE"
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"


def deadlines() -> list[tuple[str, date]]:
    lines = [line for page in sorted(CASES.glob("cases_*.jsonl")) for line in page.read_text("utf-8").splitlines()]
    return [(case["text"], date.fromisoformat(case["anchor"])) for case in map(json.loads, lines)]


def is_red(text: str) -> bool:
    """What the formula says, worked out from the words that stand in it."""
    finds, spares = vague_formula("J5").split("NOT(")
    vague, dated = (re.findall(r'FIND\("(.+?)",J5\)', part) for part in (finds, spares))
    return any(word in text for word in vague) and not any(word in text for word in dated)


def test_every_word_is_vague_to_the_reader_of_deadlines() -> None:
    assert vague_words() == _VAGUE


@pytest.mark.parametrize("text", ["尽快", "尽快完成", "适时启动", "待定", "视情况而定", "条件成熟后实施", "持续改善", "有序推进"])
def test_the_usual_vague_deadlines_turn_red(text: str) -> None:
    assert is_red(text)


@pytest.mark.parametrize(
    "text", ["尽快,最迟2026年12月底前", "二〇二六年底前抓紧完成", "已完成,适时复查", "立行立改", "每季度及时调度"]
)
def test_what_may_be_a_day_stays_plain(text: str) -> None:
    assert not is_red(text)


def test_no_deadline_turns_red_that_the_rule_finds_clear() -> None:
    red = [(text, anchor) for text, anchor in deadlines() if is_red(text)]
    verdicts = [(text, judge_deadline(text, parse_deadline(text, anchor=anchor), Campaign()).kind) for text, anchor in red]
    assert len(verdicts) > 20
    assert [text for text, verdict in verdicts if verdict != "vague"] == []


def test_no_function_has_more_arguments_than_xls_allows() -> None:
    for mark in column_formats(SCHEMA, FIRST_ROW):
        depth, counts, most = 0, [0], 0
        for sign in mark.formula:
            if sign == "(":
                counts.append(1)
            elif sign == ")":
                most = max(most, counts.pop())
            elif sign == ",":
                counts[-1] += 1
            depth = max(depth, len(counts))
        assert most <= 30, mark
        assert depth <= 8, mark


def test_a_schema_without_status_and_deadline_has_marks_for_what_is_required() -> None:
    assert {mark.key for mark in column_formats(SCHEMA, 5)} == {
        "problem",
        "measures",
        "leader",
        "lead_unit",
        "deadline",
        "status",
        "completed_on",
    }
    ledger = load_schema("acceptance_ledger")
    assert [mark.key for mark in column_formats(ledger, 5)].count("deadline") == 2


def reckoned(path: Path) -> list[list[str]]:
    """A workbook's first sheet as LibreOffice reckons it."""
    (made,) = convert([path], _AS_CSV, path.parent / "csv")
    with made.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@needs_office
def test_libreoffice_reckons_the_vague_formula_as_it_is_meant(tmp_path: Path) -> None:
    texts = [text for text, _ in deadlines() if "\n" not in text] + list(vague_words())
    path = tmp_path / "vague.xlsx"
    book = openpyxl.Workbook()  # it writes no results, so that LibreOffice has to reckon
    for row, text in enumerate([*texts, 46387], 1):  # the last one is a day typed as a day
        book.worksheets[0].append([text, f"={vague_formula(f'A{row}')}"])
    book.save(path)
    lines = reckoned(path)
    assert [(line[0], line[1] == RED) for line in lines[: len(texts)]] == [(text, is_red(text)) for text in texts]
    assert lines[len(texts)][1] == PLAIN


TYPED: tuple[tuple[dict[str, Any], set[str]], ...] = (
    ({"measures": "没有编号和问题的第一项", "leader": "池一鸣", "deadline": "2026年底前"}, {"lead_unit"}),
    ({"task_id": "1", "problem": "东湾直排", "leader": "池一鸣", "lead_unit": "市水务局", "deadline": "2026年底前"}, set()),
    ({"task_id": "2", "problem": "西塘淤积"}, {"leader", "lead_unit", "deadline"}),
    ({"measures": "续行的措施"}, set()),
    ({"task_id": "3", "target": "排口清零", "leader": "/", "lead_unit": " 无 ", "deadline": "尽快"},
     {"problem", "measures", "leader", "lead_unit", "deadline"}),
    ({}, set()),
    ({"measures": "隔了空行的续行", "deadline": "待定"}, {"deadline"}),
    ({"problem": "南堤塌岸", "leader": "甲", "lead_unit": "乙", "deadline": "2026年", "status": "已完成"}, {"completed_on"}),
    ({"problem": "北坡裸土", "leader": "甲", "lead_unit": "乙", "deadline": "2026年", "status": "已销号",
      "completed_on": date(2026, 10, 1)}, set()),
)  # fmt: skip


@needs_office
def test_libreoffice_marks_what_the_rules_will_report(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    columns = {known.key: at for at, known in enumerate(SCHEMA.fields)}
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for at, known in enumerate(SCHEMA.fields, 1):
        sheet.cell(FIRST_ROW - 1, at, known.label["zh"])
    for row, (values, _) in enumerate(TYPED, FIRST_ROW):
        for key, value in values.items():
            sheet.cell(row, columns[key] + 1, value)
        for number, mark in enumerate(column_formats(SCHEMA, FIRST_ROW), len(columns) + 1):
            formula = Translator(f"={mark.formula}", origin=f"X{FIRST_ROW}").translate_formula(f"X{row}")
            sheet.cell(row, number, formula)
    book.save(path)
    lines = reckoned(path)[FIRST_ROW - 1 :]
    for (_, expected), line in zip(TYPED, lines, strict=True):
        red = {
            mark.key for mark, said in zip(column_formats(SCHEMA, FIRST_ROW), line[len(columns) :], strict=True) if said == RED
        }
        assert red == expected, line[:10]


def test_the_rules_report_what_is_marked_and_nothing_else_of_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(make_template(Campaign(), made_on=MADE_ON, blank_rows=len(TYPED)), path)
    book = openpyxl.load_workbook(path)
    for row, (values, _) in enumerate(TYPED, FIRST_ROW):
        for key, value in values.items():
            book.worksheets[0].cell(row, SCHEMA.keys.index(key) + 1, value)
    book.save(path)
    names = ["required-missing", "missing-leader", "missing-unit", "missing-deadline", "vague-deadline", "done-without-date"]
    findings = validate([path], as_of=AS_OF, select=names).findings
    reported = {(finding.row, finding.field) for finding in findings}
    # One finding stands for the whole group of problem and measures.
    marked = {(row, key) for row, (_, keys) in enumerate(TYPED, FIRST_ROW) for key in keys if key != "measures"}
    assert reported == marked


def test_the_marks_stand_in_the_template(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(make_template(Campaign(), made_on=MADE_ON, blank_rows=3), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    found = {(str(area.sqref), rule.formula[0]) for area in sheet.conditional_formatting for rule in area.rules}
    for mark in column_formats(SCHEMA, FIRST_ROW):
        letters = column_letters(SCHEMA.keys.index(mark.key) + 1)
        assert (f"{letters}{FIRST_ROW}:{letters}{FIRST_ROW + 502}", mark.formula) in found
