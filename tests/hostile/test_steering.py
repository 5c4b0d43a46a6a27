"""What a unit's file claims in any format: whose it is, what was sent out, that it is ours. A claim steers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.copies import annotate
from rectify_xl.intake.document_properties import RETURNED_TO, read_marks
from rectify_xl.intake.files import read_file
from rectify_xl.provenance.stamp import BASE, CAMPAIGN, DISPATCHED_SHEET, KIND, ROUND, TEMPLATE, UNIT
from rectify_xl.rounds import Outcome
from rectify_xl.workflow.validate import validate
from tests.intake.test_xls_ods import cell as ods_cell
from tests.intake.test_xls_ods import ods
from tests.intake.test_xls_ods import row as ods_row
from tests.rounds.comparing import WATER, base_task, compared
from tests.support.biff8 import Book, Sheet, container
from tests.support.biff12 import by_biff12
from tests.support.lists import CLEAN, write_list
from tests.support.reading import SCHEMA, slugs
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, patch, task

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("xlsx", "xls", "ods", "xlsb")
LIST = [["填报单位：市水务局"], [*HEADINGS], task(1, "东河排口异味", unit="市水务局", deadline="尽快")]
CLAIMS = [
    [KIND, TEMPLATE], [UNIT, "市住建局"], [CAMPAIGN, "别的整改"], [ROUND, "2020-01"], [BASE, "0" * 64], [RETURNED_TO, "市住建局"],
]  # fmt: skip
SENT = [["key", "problem", "progress"], ["T0001", "东河排口异味", ""]]


def written(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    """A workbook in the format of its name, the first sheet to be seen and the others hidden."""
    layouts = [layout(rows, sheet=name, state="hidden" if at else "visible") for at, (name, rows) in enumerate(sheets)]
    if path.suffix == ".xlsx":
        return by_openpyxl(path, *layouts)
    if path.suffix == ".xlsb":
        return by_biff12(path, *layouts)
    if path.suffix == ".xls":
        made = [Sheet(one.sheet, dict(one.cells), state=int(one.state != "visible")) for one in layouts]
        path.write_bytes(container(Book(made).stream()))
        return path
    tables = [(name, "".join(ods_row(*(ods_cell(str(value)) for value in row)) for row in rows)) for name, rows in sheets]
    others = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables[1:])
    return ods(path, tables[0][1], after=others)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_stamp_on_a_sheet_addresses_no_copy(tmp_path: Path, kind: str) -> None:
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / f"市水务局.{kind}", ("任务清单", LIST), ("下拉选项", CLAIMS))
    report = validate([tmp_path / "in"], workers=1)
    (submission,) = report.submissions
    assert submission.stamp[UNIT] == "市住建局"
    assert report.collection.units_of(submission) == ("市水务局",)
    (copy,) = annotate(report, [tmp_path / "in"], tmp_path / "out")
    found = read_marks(copy.path.read_bytes()).properties
    assert found[RETURNED_TO] == "市水务局"
    assert found.get(UNIT) in (None, "市水务局")


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_sent_out_is_a_claim_of_a_stamped_file_only(tmp_path: Path, kind: str) -> None:
    bare = written(tmp_path / f"a.{kind}", ("任务清单", LIST), (DISPATCHED_SHEET["zh"], SENT))
    assert read_file(bare, bare.name, SCHEMA).dispatched == {}
    claimed = written(tmp_path / f"b.{kind}", ("任务清单", LIST), ("下拉选项", CLAIMS), (DISPATCHED_SHEET["zh"], SENT))
    found = read_file(claimed, claimed.name, SCHEMA)
    assert dict(found.dispatched["T0001"]) == {"problem": "东河排口异味"}
    assert found.status == "accepted"
    assert "hidden-sheet" not in slugs(found)


def stamped(folder: Path, rows: list[dict[str, Any]], sent: list[list[Any]]) -> None:
    """A list of the water bureau that claims to have been sent out with these rows."""
    import openpyxl
    from openpyxl.packaging.custom import StringProperty

    path = write_list(folder / "a.xlsx", rows, unit=WATER, keys=(*CLEAN, "任务标识"))
    book: Any = openpyxl.load_workbook(path)
    book.custom_doc_props.append(StringProperty(name=KIND, value=TEMPLATE))
    sheet = book.create_sheet(DISPATCHED_SHEET["zh"])
    sheet.sheet_state = "hidden"
    for row in sent:
        sheet.append(row)
    book.save(path)


FIRST = {"task_id": 1, "problem": "北渠沿岸六处排口没有截污,雨后黑水入河"}
SECOND = {"task_id": 2, "problem": "南渠淤积三公里没有清理", "measures": "清淤三公里。"}


def test_progress_counts_whatever_was_allegedly_sent_out(tmp_path: Path) -> None:
    """Progress is sent out empty. A file cannot have what its list says of it pass for the office's words."""
    now = {**CLEAN, **FIRST, "progress": "已全部封堵", "任务标识": "T0001"}
    stamped(tmp_path, [now], [["key", *CLEAN], ["T0001", *(now[key] for key in CLEAN)]])
    comparison = compared(tmp_path, base_task("T0001", ours=FIRST, last={WATER: FIRST}))
    found = {one.field: one.outcome for one in comparison.fields if one.outcome != Outcome.UNCHANGED}
    assert found == {"progress": Outcome.REPORTED}


def test_a_row_with_the_words_of_another_task_is_that_task(tmp_path: Path) -> None:
    """Though the file claims that it was sent out under this key."""
    row = {**CLEAN, **SECOND, "status": "已完成", "任务标识": "T0001"}
    stamped(tmp_path, [row], [["key", "problem"], ["T0001", SECOND["problem"]]])
    tasks = [base_task(key, ours=one, last={WATER: one}) for key, one in (("T0001", FIRST), ("T0002", SECOND))]
    comparison = compared(tmp_path, *tasks)
    assert {one.key for one in comparison.fields if one.theirs == "已完成"} == {"T0002"}
    assert [(one.claimed, one.found) for one in comparison.key_changes] == [("T0001", "T0002")]


def test_the_key_of_a_task_of_others_waits(tmp_path: Path) -> None:
    row = {**CLEAN, **SECOND, "lead_unit": "市教育局", "任务标识": "T0002"}
    stamped(tmp_path, [row], [["key", "problem"], ["T0002", SECOND["problem"]]])
    comparison = compared(tmp_path, base_task("T0002", ours=SECOND, lead=("市教育局",), cooperating=()))
    assert [waiting.reason for waiting in comparison.unmatched] == ["foreign"]
    assert comparison.fields == ()


@pytest.mark.parametrize("kind", ["xlsx", "xlsb"])
def test_many_sheets_of_one_part_cost_its_size_once(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path / f"a.{kind}", ("任务清单", LIST), ("二", LIST))
    if kind == "xlsx":
        patch(path, {"xl/_rels/workbook.xml.rels": lambda old: old.replace(b"sheet2.xml", b"sheet1.xml")})
    else:
        patch(path, {"xl/_rels/workbook.bin.rels": lambda old: old.replace(b"sheet2.bin", b"sheet1.bin")})
    found = read_file(path, path.name, SCHEMA)
    assert [(fault.slug, fault.sheet) for fault in found.faults] == [("damaged-package", "二")]
    assert [table.sheet for table in found.tables] == ["任务清单"]
