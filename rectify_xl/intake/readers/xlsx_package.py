"""Reads .xlsx and .xlsm packages (ECMA-376, transitional and strict).

An own reader, because the libraries lose what the rules live on: python-calamine gives error cells and uncached
formulas as blanks, rounds long numbers, hides hidden rows and aborts the process on a sheet whose last cell is
XFD1048576; openpyxl walks every empty cell up to there.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rectify_xl.common.figures import whole_number
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.grid import CellCounter, Sheet, Workbook
from rectify_xl.intake.readers.number_formats import PLAIN, NumberFormat, shows
from rectify_xl.intake.readers.numbers import iso_moment
from rectify_xl.intake.readers.plain_rows import without_plain_rows
from rectify_xl.intake.readers.plain_texts import without_looks, without_plain_texts
from rectify_xl.intake.readers.rich_values import picture_values
from rectify_xl.intake.readers.xlsx_aside import leave_out_unsaid, struck_styles
from rectify_xl.intake.readers.xlsx_sheet import SheetReader, Styles
from rectify_xl.intake.readers.xlsx_strings import Strings
from rectify_xl.intake.readers.xml_stream import Package, open_package, parse, thinned, whole_tags
from rectify_xl.intake.refusal import NO_WORKBOOK, Refused
from rectify_xl.provenance.remarks import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import IO
    from xml.etree.ElementTree import Element

_LAST_ROW = LazyPattern(r":[A-Z]{1,3}(\d{1,7})$")
OTHER_SHEETS = frozenset({"chartsheet", "dialogsheet", "xlmacrosheet", "xlintlmacrosheet"})
# Bounded, so that a long text is looked through once and not from every character on.
_REFERRED_SHEET = LazyPattern(r"(?:'((?:[^']|''){1,80})'|(?<![\w.])([\w.]{1,80}))!")


def read_xlsx(path: Path | IO[bytes], most_cells: int | None = None) -> Workbook:
    """Read a workbook package; one with more than ``most_cells`` values is refused (more than the usual limit without).

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    with open_package(path) as package:
        book_part = workbook_part(package, "xl/workbook.xml")
        book = package.tree(book_part)
        if book is None:
            raise Refused("unreadable-file", reason=NO_WORKBOOK)
        targets = related_parts(package, book_part)
        strings = Strings()
        for kind, target in targets.values():
            if (kind == "sharedstrings" or posixpath.basename(target).lower() == "sharedstrings.xml") and target in package:
                parse(without_looks(without_plain_texts(whole_tags(package.chunks(target)), strings.plain_text)), strings)
        tree = package.tree(_styles_part(targets))
        styles = Styles(_cell_formats(tree), struck_styles(tree), picture_values(package, targets.values()))
        properties = book.find("{*}workbookPr")
        date1904 = properties is not None and properties.get("date1904") in ("1", "true")
        workbook = package_facts(package)
        workbook.list_sheets = _named_sheets(book)
        counter = CellCounter(most_cells)
        read: set[str] = set()
        links: list[tuple[Sheet, dict[tuple[int, int], str]]] = []
        for entry in book.iterfind("{*}sheets/{*}sheet"):
            relation = next((targets[value] for key, value in entry.items() if _is_relation(key) and value in targets), ("", ""))
            kind, target = relation
            if kind in OTHER_SHEETS:
                continue
            is_sheet = kind == "worksheet" or "/worksheets/" in f"/{target}".lower()
            if target not in package or target in read or not is_sheet:  # many sheets of one part would cost its size each
                workbook.lost_sheets.append(entry.get("name", ""))
                continue
            read.add(target)
            reader = SheetReader(strings, styles, counter, date1904=date1904)
            with _naming_sheet(entry.get("name", "")):
                parse(thinned(without_plain_rows(whole_tags(package.chunks(target)), reader.plain_row)), reader)
            sheet = Sheet(entry.get("name", ""), reader.cells, reader.merges, reader.hidden_rows)
            sheet.hidden_columns = reader.hidden_columns
            sheet.visible = entry.get("state", "visible") == "visible"
            sheet.total_rows = _total_rows(package, target)
            sheet.struck = reader.struck
            links.append((sheet, reader.links))
            workbook.sheets.append(sheet)
            for formula in reader.list_sources:
                workbook.list_sheets |= sheets_in(formula)
        leave_out_unsaid(links)
        return workbook


@contextmanager
def _naming_sheet(sheet: str) -> Iterator[None]:
    """What is wrong with a sheet is told with its name."""
    try:
        yield
    except Refused as refusal:
        why = refusal.facts.get("reason")
        if refusal.slug != "unreadable-file" or why is None or not sheet:
            raise
        raise Refused("unreadable-file", reason=Text(f"工作表“{sheet}”：{why.zh}", f"sheet “{sheet}”: {why.en}")) from refusal


def _total_rows(package: Package, sheet_part: str) -> set[int]:
    """The totals rows of a sheet's tables (Excel's own, made by Ctrl+T): the last row of their range."""
    found: set[int] = set()
    for kind, target in related_parts(package, sheet_part).values():
        table = package.side_tree(target) if kind == "table" and target in package else None
        last = _LAST_ROW.search(table.get("ref", "")) if table is not None else None
        if table is not None and last and table.get("totalsRowCount", "0") == "1":
            found.add(int(last[1]))
    return found


def package_facts(package: Package) -> Workbook:
    """A workbook without sheets: what the package says of its dates, properties, macros and links."""
    return Workbook(
        modified=_modified(package),
        properties=_custom_properties(package),
        has_macros=any(posixpath.basename(name) == "vbaproject.bin" for name in package.names),
        external_links=_external_links(package),
    )


def _is_relation(attribute: str) -> bool:
    return attribute.endswith("}id") or attribute == "id"


def workbook_part(package: Package, usual: str) -> str:
    """The name of the workbook part; ``usual`` where the package does not say it."""
    return _related(package, "officedocument") or _named(package, ("workbook.xml", "workbook.bin")) or usual


def _related(package: Package, *kinds: str) -> str:
    """The part that the package itself relates to by one of these kinds; "" without one."""
    return next((target for kind, target in related_parts(package, "").values() if kind in kinds), "")


def _named(package: Package, names: tuple[str, ...]) -> str:
    targets = (target for _, target in related_parts(package, "").values())
    return next((target for target in targets if posixpath.basename(target).lower() in names), "")


def related_parts(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> the last word of its type in lower case, and the part's name; inside the package only.

    Transitional and strict files name their types by different addresses that end in the same word.
    """
    folder, name = posixpath.split(part)
    tree = package.side_tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for entry in tree if tree is not None else ():
        if entry.get("TargetMode") != "External":
            target = (entry.get("Target") or "").replace("\\", "/")
            joined = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[entry.get("Id") or ""] = (entry.get("Type") or "").rpartition("/")[2].lower(), joined
    return found


def _styles_part(targets: dict[str, tuple[str, str]]) -> str:
    named = (name for kind, name in targets.values() if kind == "styles" or posixpath.basename(name).lower() == "styles.xml")
    return next(named, "xl/styles.xml")


def _cell_formats(tree: Element | None) -> dict[int, NumberFormat]:
    """Index of a cell style -> what its number format shows, those left out that show the number as it is."""
    if tree is None:
        return {}
    codes = {entry.get("numFmtId"): entry.get("formatCode") for entry in tree.iterfind("{*}numFmts/{*}numFmt")}
    found: dict[int, NumberFormat] = {}
    for index, style in enumerate(tree.iterfind("{*}cellXfs/{*}xf")):
        format_id = style.get("numFmtId") or "0"
        number = whole_number(format_id)
        shown = shows(number, codes.get(format_id)) if number is not None else PLAIN
        if shown != PLAIN:
            found[index] = shown
    return found


def _modified(package: Package) -> datetime | None:
    tree = package.side_tree(_related(package, "core-properties", "coreproperties") or "docProps/core.xml")
    moment = tree.find("{*}modified") if tree is not None else None
    return iso_moment(moment.text or "") if moment is not None else None


def _custom_properties(package: Package) -> dict[str, str]:
    tree = package.side_tree(_related(package, "custom-properties", "customproperties") or "docProps/custom.xml")
    if tree is None:
        return {}
    return {entry.get("name") or "": "".join(entry.itertext()) for entry in tree}


def _external_links(package: Package) -> tuple[str, ...]:
    targets = []
    related = related_parts(package, workbook_part(package, "xl/workbook.xml")).values()
    named = {posixpath.split(target) for kind, target in related if kind == "externallink"}
    parts = {posixpath.join(folder, "_rels", f"{name}.rels").lower() for folder, name in named}
    for name in parts.union(package.under("xl/externallinks/_rels/")):
        tree = package.side_tree(name)
        targets += (
            [entry.get("Target") or "" for entry in tree if entry.get("TargetMode") == "External"] if tree is not None else []
        )
    return tuple(sorted(filter(None, targets)))


def _named_sheets(book: Element) -> set[str]:
    """Sheets that defined names point to (lists for dropdowns), the names of print areas and our own left out."""
    found: set[str] = set()
    for name in book.iterfind("{*}definedNames/{*}definedName"):
        if not (name.get("name") or "").startswith(("_xlnm", NAMES)):
            found |= sheets_in(name.text or "")
    return found


def sheets_in(formula: str) -> set[str]:
    """The sheets that a formula names."""
    return {(quoted or plain).replace("''", "'") for quoted, plain in _REFERRED_SHEET.findall(formula)}
