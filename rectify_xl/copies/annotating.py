"""One workbook marked: cells, comments, the column of remarks, the first sheet and the stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.common.findings import Severity
from rectify_xl.copies.cellmarks import Fills, mark_cells
from rectify_xl.copies.column import add_column
from rectify_xl.copies.result_sheet import ResultSheet, in_order, short, unit_of
from rectify_xl.copies.wording import FONT, say, visible
from rectify_xl.intake.document_properties import RETURNED_TO
from rectify_xl.ooxml.areas import reference
from rectify_xl.ooxml.new_package import new_package
from rectify_xl.ooxml.new_sheet import sheet_xml
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.ooxml.styles import Styles
from rectify_xl.ooxml.workbook_part import FILTER, WorkbookPart
from rectify_xl.ooxml.xml_tree import Document
from rectify_xl.provenance.remarks import RETURNED, line
from rectify_xl.provenance.stamp import KIND, NOTICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.common.findings import Finding
    from rectify_xl.copies.fixing import Change
    from rectify_xl.copies.working import Working
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ooxml.new_sheet import NewSheet
    from rectify_xl.ooxml.package import Package
    from rectify_xl.ooxml.workbook_part import SheetEntry
    from rectify_xl.validation.report import Report

Marks = dict[str, dict[tuple[int, int], list[tuple[str, str]]]]
_LEVELS = tuple(Severity)


def findings_of(report: Report, submission: Submission) -> list[Finding]:
    """The findings that concern a file: its own, and those about its unit as a whole."""
    unit = report.collection.reporting[submission.path].unit
    return [
        finding
        for finding in report.findings
        if finding.file == submission.path or (finding.file is None and finding.unit and finding.unit == unit)
    ]


def mark(
    report: Report, working: Working, submission: Submission, changes: Sequence[Change], stays: Mapping[str, int], lang: str
) -> None:
    """Mark a workbook and put everything back into its package."""
    findings = findings_of(report, submission)
    marks = _marks(findings, changes, lang)
    fills = Fills()
    for name in dict.fromkeys([*(table.sheet for table in submission.tables), *marks]):
        entry = working.entry(name)
        if entry is None:
            if name in marks:
                working.notes.append(say(
                    lang, f"工作表“{name}”重名或无法对应，没有在单元格上标注，请按下表修改。",
                    f"The sheet “{name}” could not be told apart; its cells are not marked, see the list below.",
                ))  # fmt: skip
            continue
        _remark(working, entry, submission, findings, changes, stays, lang)
        if marks.get(name):
            mark_cells(working, entry, marks[name], fills, lang, f"{report.as_of.isoformat()}T00:00:00.00")
    stamps = {RETURNED: report.as_of.isoformat(), **_addressee(report, submission), **fills.define(working)}
    _insert_result(report, working, submission, findings, changes, lang)
    set_custom_properties(working.package, stamps)
    working.flush()


def _marks(findings: Sequence[Finding], changes: Sequence[Change], lang: str) -> Marks:
    """Sheet -> cell -> what to say there, the loudest first."""
    marks: Marks = {}
    for finding in sorted(findings, key=lambda one: _LEVELS.index(one.severity)):
        if finding.sheet and finding.cell:
            said = marks.setdefault(finding.sheet, {}).setdefault(from_a1(finding.cell), [])
            said.append((str(finding.severity), line(finding.severity, finding.message, lang)))
    for change in changes:
        said = marks.setdefault(change.sheet, {}).setdefault(from_a1(change.cell), [])
        said.append(("fixed", _mended(change, lang)))
    return marks


def _mended(change: Change, lang: str) -> str:
    old, new = visible(short(change.old)), visible(short(change.shown))
    return line("fixed", say(lang, f"原为{old}，已改为{new}，请核对", f"was {old}, is now {new}; please check"), lang)


def _remark(
    working: Working, entry: SheetEntry, submission: Submission, findings: Sequence[Finding], changes: Sequence[Change],
    stays: Mapping[str, int], lang: str,
) -> None:  # fmt: skip
    """The column of remarks of one sheet; a list of which there is nothing to say gets none."""
    tables = [table for table in submission.tables if working.name_in_copy(table.sheet) == entry.name]
    lines: dict[int, list[str]] = {}
    for finding in sorted(findings, key=lambda one: _LEVELS.index(one.severity)):
        if finding.row is not None and finding.sheet and working.name_in_copy(finding.sheet) == entry.name:
            lines.setdefault(finding.row, []).append(line(finding.severity, finding.message, lang))
    for change in changes:
        if working.name_in_copy(change.sheet) == entry.name:
            label = say(lang, f"{change.label}：", f"{change.label}: ") if change.label else ""
            lines.setdefault(from_a1(change.cell)[0], []).append(_mended(change, lang).replace("】", f"】{label}", 1))
    kept = stays.get(entry.name)
    if not tables or (not lines and kept is None):
        return
    if not add_column(working, entry, tables, lines, lang, kept):
        working.notes.append(say(
            lang, f"工作表“{entry.name}”右侧没有空列，没有加“校验意见”列。", f"No free column beside the table of “{entry.name}”."
        ))  # fmt: skip


def _insert_result(
    report: Report, working: Working, submission: Submission, findings: Sequence[Finding], changes: Sequence[Change], lang: str
) -> None:
    built = _result(report, submission, findings, changes, working.notes, lang)
    entries = {name: working.entry(name) for name, _ in built.links.values()}
    built.links = {cell: (entry.name, there) for cell, (name, there) in built.links.items() if (entry := entries[name])}
    _select_none(working)
    put_first(working.workbook, working.styles, built)


def _result(
    report: Report,
    submission: Submission,
    findings: Sequence[Finding],
    changes: Sequence[Change],
    notes: Sequence[str],
    lang: str,
) -> NewSheet:
    schema = report.collection.campaign.schema

    def heading(finding: Finding) -> str:
        named = finding.facts.get("label") or finding.facts.get("heading")
        if named is None and finding.field in schema:
            named = schema[str(finding.field)].label[lang]
        return str(named or "")

    return ResultSheet(report, submission, lang).build(in_order(findings), changes, notes, heading=heading)


def put_first(book: WorkbookPart, styles: Styles, sheet: NewSheet) -> None:
    """Insert our sheet and let the workbook open there."""
    name = book.free_sheet_name(sheet.name)
    namespace = book.root.get(f"xmlns:{book.root.prefix[:-1]}" if book.root.prefix else "xmlns")
    book.insert_sheet(name, sheet_xml(sheet, styles, namespace))
    if sheet.filter:
        book.define(FILTER, reference(name, sheet.filter), index=0, hidden=True)
    book.show_first()


def _select_none(working: Working) -> None:
    """Sheets that are selected together with ours would be typed into together."""
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


def notice(report: Report, submission: Submission, lang: str) -> Package:
    """A one-page workbook for a file of which nothing could be used: why, and what to do."""
    package = new_package(None)
    book = WorkbookPart(package)
    styles = Styles(package.read(book.styles_part()), font=FONT)
    findings = findings_of(report, submission)
    notes = [say(
        lang, "这个文件没有被采用，因此没有标注过的副本；请按下面的说明处理后重新报送。",
        "Nothing of this file could be used, so there is no marked copy of it; mend it as said below and send it again.",
    )]  # fmt: skip
    put_first(book, styles, _result(report, submission, findings, (), notes, lang))
    package.write(book.styles_part(), styles.join())
    book.save()
    set_custom_properties(package, {KIND: NOTICE, **_addressee(report, submission)})
    return package


def _addressee(report: Report, submission: Submission) -> dict[str, str]:
    """The unit to which a copy goes back, so that it can be mailed; nothing where the check did not recognise it."""
    unit = unit_of(report, submission)
    return {RETURNED_TO: unit} if unit else {}
