"""Workbooks for tests: sheets in memory, files by openpyxl and XlsxWriter, and raw packages part by part."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.intake.grid import Merge, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Rows = "Sequence[Sequence[Any]]"


@dataclass(frozen=True)
class Layout:
    """The cells of one sheet by (row, column), its merges and its hidden rows."""

    cells: Mapping[tuple[int, int], Any]
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    sheet: str = "任务清单"
    state: str = "visible"

    @property
    def in_memory(self) -> Sheet:
        """The sheet as a reader hands it over."""
        cells: dict[int, dict[int, Any]] = defaultdict(dict)
        for (row, column), value in sorted(self.cells.items()):
            cells[row][column] = value
        return Sheet(self.sheet, cells, list(self.merges), set(self.hidden), visible=self.state == "visible")


def layout(
    rows: Rows,
    merges: Iterable[str] = (),
    *,
    hidden: Iterable[int] = (),
    first: str = "A1",
    sheet: str = "任务清单",
    state: str = "visible",
) -> Layout:
    """A layout from rows of values, ``first`` being the cell of the first value; None and "" leave a cell empty."""
    top, left = from_a1(first)
    cells = {
        (top + down, left + across): value
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
        if value is not None and value != ""
    }
    return Layout(cells, tuple(map(merge_of, merges)), frozenset(hidden), sheet, state)


def merge_of(reference: str) -> Merge:
    """``B2:C4`` as a merged range."""
    (top, left), (bottom, right) = map(from_a1, reference.split(":"))
    return Merge(top, left, bottom, right)


def by_openpyxl(path: Path, *sheets: Layout) -> Path:
    """Write sheets with openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(one.sheet)
        sheet.sheet_state = one.state
        for (row, column), value in one.cells.items():
            sheet.cell(row, column, value)
        for merge in one.merges:
            sheet.merge_cells(None, merge.top, merge.left, merge.bottom, merge.right)
        for row in one.hidden:
            sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


def by_xlsxwriter(path: Path, *sheets: Layout) -> Path:
    """Write sheets with XlsxWriter."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for one in sheets:
        sheet = book.add_worksheet(one.sheet)
        if one.state != "visible":
            sheet.very_hidden() if one.state == "veryHidden" else sheet.hide()
        for merge in one.merges:
            sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
        for (row, column), value in one.cells.items():
            if isinstance(value, datetime | date):
                sheet.write_datetime(row - 1, column - 1, value, day)  # type: ignore[arg-type]
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value)
            else:
                sheet.write(row - 1, column - 1, value)
        for row in one.hidden:
            sheet.set_row(row - 1, None, None, {"hidden": True})
    book.close()
    return path


def text_cell(address: str, text: str) -> str:
    """An inline string as sheet XML."""
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


HEADINGS = ("序号", "反馈问题", "整改措施", "责任领导", "责任单位", "整改时限")


def header_xml(row: int = 1, headings: Sequence[str] = HEADINGS) -> str:
    """A header row as sheet XML."""
    cells = "".join(text_cell(a1(row, column), text) for column, text in enumerate(headings, 1))
    return f'<row r="{row}">{cells}</row>'


def sheet_xml(body: str, *, after: str = "", namespace: str = MAIN, before: str = "") -> str:
    """A worksheet part around rows."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{namespace}"><sheetData>{body}</sheetData>{after}</worksheet>'


def package(
    path: Path,
    sheet: str | bytes,
    *,
    strings: str | None = None,
    styles: str | None = None,
    book: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    without: Iterable[str] = (),
    namespace: str = MAIN,
    relations: str = OFFICE,
) -> Path:
    """An .xlsx package with one sheet, written part by part. ``parts`` adds or replaces, ``without`` leaves out."""
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}, relations),
        "xl/workbook.xml": (
            f'<workbook xmlns="{namespace}" xmlns:r="{relations}">{book}'
            '<sheets><sheet name="任务清单" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            {
                "rId1": ("worksheet", "worksheets/sheet1.xml"),
                "rId2": ("sharedStrings", "sharedStrings.xml"),
                "rId3": ("styles", "styles.xml"),
            },
            relations,
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        content["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if styles is not None:
        content["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    content |= parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            if name not in set(without):
                archive.writestr(name, part)
    return path


def _relations(targets: Mapping[str, tuple[str, str]], kind: str) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{kind}/{what}" Target="{target}"/>' for key, (what, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'


def patch(path: Path, changes: Mapping[str, Callable[[bytes], bytes] | bytes | None]) -> Path:
    """Rewrite parts of a package in place: new bytes, a function of the old ones, or None to leave the part out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change if isinstance(change, bytes) else change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def task(number: object, subject: str, **others: Any) -> list[Any]:
    """A row for HEADINGS; the wording of what is not given is made up from ``subject``."""
    values = {
        "measures": f"{subject}的治理措施",
        "leader": "柳青禾 副局长",
        "unit": "澄湖市水务局",
        "deadline": "2026年12月底前",
    } | others
    return [number, subject, values["measures"], values["leader"], values["unit"], values["deadline"]]
