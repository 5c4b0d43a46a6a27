"""One workbook annotated: cells, comments, the column of remarks, the first sheet and the stamps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import localise
from rectify_xl.copies.editing.cell_marks import Fills, mark_cells
from rectify_xl.copies.editing.remarks_column import add_column
from rectify_xl.copies.editing.result_sheet import ResultSheet, short
from rectify_xl.copies.wording import FONT, visible
from rectify_xl.ooxml.areas import reference
from rectify_xl.ooxml.new_package import new_package
from rectify_xl.ooxml.new_sheet import sheet_xml
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.ooxml.styles import Styles
from rectify_xl.ooxml.workbook_part import FILTER, WorkbookPart
from rectify_xl.ooxml.xml_tree import Document
from rectify_xl.provenance.remarks import line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.copies.editing.working import Working
    from rectify_xl.copies.requests import Annotation, Change, CopyRequest
    from rectify_xl.ooxml.new_sheet import NewSheet
    from rectify_xl.ooxml.package import Package
    from rectify_xl.ooxml.workbook_part import SheetEntry

Marks = dict[str, dict[tuple[int, int], list[tuple[str, str]]]]
_LEVELS = tuple(Severity)


def mark(working: Working, request: CopyRequest, annotation: Annotation, stays: Mapping[str, int]) -> dict[str, str]:
    """Mark a workbook. ``stays`` are the columns of remarks that were kept, by sheet.

    Returns:
        Document properties: the fills that cells had before.
    """
    lang = request.lang
    marks = _marks(annotation, request.changes, lang)
    fills = Fills()
    for name in dict.fromkeys([*(table.sheet for table in request.original.tables), *marks]):
        entry = working.entry(name)
        if entry is None:
            if name in marks:
                working.notes.append(localise(
                    lang, f"工作表“{name}”重名或无法对应，没有在单元格上标注，请按下表修改。",
                    f"The sheet “{name}” could not be told apart; its cells are not marked, see the list below.",
                ))  # fmt: skip
            continue
        _add_remarks(working, entry, request, annotation, stays)
        if marks.get(name):
            mark_cells(working, entry, marks[name], fills, lang, f"{annotation.as_of.isoformat()}T00:00:00.00")
    properties = fills.define(working)
    _insert_result(working, request, annotation)
    return properties


def _marks(annotation: Annotation, changes: Sequence[Change], lang: str) -> Marks:
    """Sheet -> cell -> (severity, line) to write there, the gravest first."""
    marks: Marks = {}
    for remark in sorted(annotation.remarks, key=lambda one: _LEVELS.index(one.severity)):
        if remark.sheet and remark.cell:
            lines = marks.setdefault(remark.sheet, {}).setdefault(from_a1(remark.cell), [])
            lines.append((str(remark.severity), line(remark.severity, remark.message, lang)))
    for change in changes:
        lines = marks.setdefault(change.sheet, {}).setdefault(from_a1(change.cell), [])
        lines.append(("fixed", _corrected(change, lang)))
    return marks


def _corrected(change: Change, lang: str) -> str:
    old, new = visible(short(change.old)), visible(short(change.shown))
    return line("fixed", localise(lang, f"原为{old}，已改为{new}，请核对", f"was {old}, is now {new}; please check"), lang)


def _add_remarks(
    working: Working, entry: SheetEntry, request: CopyRequest, annotation: Annotation, stays: Mapping[str, int]
) -> None:
    """The column of remarks of one sheet; a list without any gets none."""
    lang = request.lang
    tables = [table for table in request.original.tables if working.name_in_copy(table.sheet) == entry.name]
    lines: dict[int, list[str]] = {}
    for remark in sorted(annotation.remarks, key=lambda one: _LEVELS.index(one.severity)):
        if remark.row is not None and remark.sheet and working.name_in_copy(remark.sheet) == entry.name:
            lines.setdefault(remark.row, []).append(line(remark.severity, remark.message, lang))
    for change in request.changes:
        if working.name_in_copy(change.sheet) == entry.name:
            label = localise(lang, f"{change.label}：", f"{change.label}: ") if change.label else ""
            lines.setdefault(from_a1(change.cell)[0], []).append(_corrected(change, lang).replace("】", f"】{label}", 1))
    kept = stays.get(entry.name)
    if not tables or (not lines and kept is None):
        return
    if not add_column(working, entry, tables, lines, lang, kept):
        working.notes.append(localise(
            lang, f"工作表“{entry.name}”右侧没有空列，没有加“校验意见”列。", f"No free column beside the table of “{entry.name}”."
        ))  # fmt: skip


def _insert_result(working: Working, request: CopyRequest, annotation: Annotation) -> None:
    built = ResultSheet(request, annotation).build(working.notes)
    entries = {name: working.entry(name) for name, _ in built.links.values()}
    built.links = {cell: (entry.name, target) for cell, (name, target) in built.links.items() if (entry := entries[name])}
    _select_none(working)
    _insert_first(working.workbook, working.styles, built)


def _insert_first(workbook: WorkbookPart, styles: Styles, sheet: NewSheet) -> None:
    """Insert our sheet before the others and make it the active one."""
    name = workbook.free_sheet_name(sheet.name)
    namespace = workbook.root.get(f"xmlns:{workbook.root.prefix[:-1]}" if workbook.root.prefix else "xmlns")
    workbook.insert_sheet(name, sheet_xml(sheet, styles, namespace))
    if sheet.filter:
        workbook.define(FILTER, reference(name, sheet.filter), index=0, hidden=True)
    workbook.show_first()


def _select_none(working: Working) -> None:
    """Deselect all sheets: what is typed while several are selected goes into each of them."""
    for entry in working.workbook.sheets():
        if entry.part not in working.package or b"tabSelected" not in working.package.read(entry.part):
            continue
        if "/worksheets/" in f"/{entry.part}".lower():
            root, document = working.sheet(entry).root, None
        else:
            document = Document(working.package.read(entry.part))
            root = document.root
        views = root.find("sheetViews")
        for view in views.nodes("sheetView") if views is not None else ():
            view.drop("tabSelected")
        if document is not None:
            working.package.write(entry.part, document.join())


def notice(request: CopyRequest) -> Package:
    """A one-page workbook for a file of which there is no copy: why, and what to do."""
    assert request.annotation is not None  # noqa: S101 - corrected files are copied instead
    package = new_package(None)
    workbook = WorkbookPart(package)
    styles = Styles(package.read(workbook.styles_part()), font=FONT)
    if request.original.accepted:
        note = localise(
            request.lang,
            f"这个文件的内容已经采用，但没有标注过的副本（{request.reason}）；请按下表在原文件上修改后重新报送。",
            f"The list was accepted, but there is no marked copy ({request.reason}); correct the original by the list below.",
        )
    else:
        note = localise(
            request.lang, "这个文件没有被采用，因此没有标注过的副本；请按下面的说明处理后重新报送。",
            "Nothing of this file could be used, so there is no marked copy of it; mend it as said below and send it again.",
        )  # fmt: skip
    sheet = ResultSheet(request, request.annotation).build([note])
    sheet.links = {}
    _insert_first(workbook, styles, sheet)
    package.write(workbook.styles_part(), styles.join())
    workbook.save()
    set_custom_properties(package, request.stamps)
    return package
