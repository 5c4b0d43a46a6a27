"""Workbooks, papers and mails as lines of text: everything that a person sees of them, and digests of their parts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from difflib import SequenceMatcher
from email import message_from_bytes, policy
from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, is_zipfile

from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# They decide on the bytes of what we write; with other versions only the texts can be compared.
WRITERS = ("xlsxwriter", "python-docx", "docxtpl", "lxml", "jinja2")
NOTICE = "property rectify_xl.kind = notice"  # a page that stands for a file which could not be used
_SHEET = "== "
_LONG, _BEGINNING = 30, 12  # a text of so many characters stands once, then by its beginning and a digest


def changes(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The lines that differ, after ``-`` and ``+``; the titles of sheets always stand."""
    lines = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [f"  {line}" for line in old[start:end] if line.startswith(_SHEET)]
        else:
            lines += [f"- {line}" for line in old[start:end]]
            lines += [f"+ {line}" for line in new[new_start:new_end]]
    return lines


def additions(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Of ``changes`` the lines that are new, with how many stood in their place: the old text is kept in full elsewhere."""
    lines = []
    for sign, group in groupby(changes(old, new), key=lambda line: line[0]):
        held = list(group)
        lines += [f"- {len(held)} lines"] if sign == "-" else held
    return lines


def workbook_lines(path: Path, known: Iterable[str] = ()) -> list[str]:
    """Every sheet: its cells with formulas and the values kept for them, looks, notes, validations and settings.

    ``known`` are long texts that stand elsewhere in full, as ``long_texts`` gives them.
    """
    workbook = load_workbook(path)
    formulas = any(cell.data_type == "f" for sheet in workbook.worksheets for cell in _cells(sheet))
    kept = load_workbook(path, data_only=True) if formulas else workbook
    properties = {prop.name: prop.value for prop in workbook.custom_doc_props.props}
    if properties.get("rectify_xl.kind") == "template":
        properties.pop("rectify_xl.as_of", None)  # the day on which it was made
    properties.pop("rectify_xl.content", None)  # changes with every part, as digests.txt says already
    lines = [f"property {name} = {value}" for name, value in properties.items()]
    about = workbook.properties
    lines += [f"title {about.title} creator {about.creator}"]
    lines += [f"name {name} = {held.attr_text}" for name, held in sorted(workbook.defined_names.items())]
    seen = set(known)
    for sheet, values in zip(workbook.worksheets, kept.worksheets, strict=True):
        lines += [f"{_SHEET}{sheet.title} {sheet.sheet_state}"]
        lines += [*_cell_lines(sheet, values, seen), *_settings(sheet), *_looks(sheet)]
    return lines


def _cell_lines(sheet: Worksheet, values: Worksheet, seen: set[str]) -> Iterator[str]:
    for cell in _cells(sheet):
        if cell.value is not None:
            value = f" = {values[cell.coordinate].value!r}" if cell.data_type == "f" else ""
            link = f" -> {cell.hyperlink.location or cell.hyperlink.target}" if cell.hyperlink else ""
            yield f"{cell.coordinate} {cell.data_type} {_once(cell.value, seen)}{value}{link}"
        if cell.comment:
            size = f"{cell.comment.width}x{cell.comment.height}"
            yield f"{cell.coordinate} note by {cell.comment.author}, {size}: {_once(cell.comment.text, seen)}"


def _cells(sheet: Worksheet) -> list[Cell]:
    return [sheet._cells[place] for place in sorted(sheet._cells)]  # iter_rows would make the cells between them


def _once(value: Any, seen: set[str]) -> str:
    text = repr(getattr(value, "text", value))
    if text in seen:
        return f"{text[:_BEGINNING]}… #{digest(text.encode())[:8]}"
    if isinstance(value, str) and len(text) >= _LONG:
        seen.add(text)
    return text


def long_texts(path: Path) -> set[str]:
    """The texts that ``workbook_lines`` shortens where they stand again."""
    cells = (cell for sheet in load_workbook(path).worksheets for cell in _cells(sheet))
    return {text for cell in cells if isinstance(cell.value, str) and len(text := repr(cell.value)) >= _LONG}


def _looks(sheet: Worksheet) -> list[str]:
    looks: dict[tuple[int, ...], list[Cell]] = defaultdict(list)
    for cell in _cells(sheet):
        looks[tuple(cell._style)].append(cell)  # the same numbers, the same look
    return sorted(f"look {_look(alike[0])}: {_ranges(alike)}" for alike in looks.values())


def _settings(sheet: Worksheet) -> Iterator[str]:
    yield f"merged {' '.join(sorted(map(str, sheet.merged_cells.ranges)))}"
    yield f"freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref} tab {_color(sheet.sheet_properties.tabColor)}"
    locked = sheet.protection
    yield f"protected {locked.sheet} {locked.formatCells} {locked.autoFilter} {locked.sort}"
    for view in sheet.views.sheetView:
        selected = [held.sqref for held in view.selection]
        yield f"view zoom {view.zoomScale} grid {view.showGridLines} selected {view.tabSelected} {selected}"
    page = sheet.page_setup
    yield f"page {page.orientation} paper {page.paperSize} fit {page.fitToWidth}x{page.fitToHeight} scale {page.scale}"
    yield f"print {sheet.print_area} rows {sheet.print_title_rows} columns {sheet.print_title_cols}"
    for edge in ("oddHeader", "oddFooter"):
        held = getattr(sheet.HeaderFooter, edge)
        yield f"{edge} {held.left.text!r} {held.center.text!r} {held.right.text!r}"
    yield "columns " + " ".join(
        f"{letter}-{get_column_letter(held.max or 1)}:{held.width}{' hidden' * bool(held.hidden)}"
        for letter, held in sorted(sheet.column_dimensions.items(), key=lambda item: item[1].min or 0)
    )
    rows = sorted(sheet.row_dimensions.items())
    heights = [(row, (held.height, held.hidden)) for row, held in rows if held.height or held.hidden]
    yield "rows " + " ".join(
        f"{rows[0]}-{rows[-1]}:{height:g}{' hidden' * bool(hidden)}" if height else f"{rows[0]}-{rows[-1]} hidden"
        for (height, hidden), group in groupby(heights, key=lambda item: item[1])
        for rows in [[row for row, _ in group]]
    )
    for check in sheet.data_validations.dataValidation:
        yield (
            f"validation {check.sqref} {check.type} {check.operator} {check.formula1!r} {check.formula2!r} "
            f"blank {check.allow_blank} "
            f"{check.errorStyle} {check.errorTitle!r} {check.error!r} {check.promptTitle!r} {check.prompt!r}"
        )
    for held in sheet.conditional_formatting:
        for rule in held.rules:
            yield f"conditional {held.sqref} {rule.type} {rule.operator} {rule.formula} {_rule_look(rule)}"
    for chart in sheet._charts:
        corner = chart.anchor._from
        yield f"chart {type(chart).__name__} at {corner.col},{corner.row}"


def _rule_look(rule: Any) -> str:
    style = rule.dxf
    fill, font = (style.fill, style.font) if style else (None, None)
    return f"{_color(fill and fill.bgColor)} {_color(font and font.color)}"


def _look(cell: Cell) -> str:
    font, fill, align, edges = cell.font, cell.fill, cell.alignment, cell.border
    flags = [name for name in ("bold", "italic", "underline", "strike") if getattr(font, name)]
    flags += [name for name in ("wrap_text", "shrink_to_fit") if getattr(align, name)]
    flags += ["unlocked"] * (not cell.protection.locked) + ["hidden"] * bool(cell.protection.hidden)
    flags += ["quoted"] * cell.quotePrefix
    lines = ["".join((side.style or "-")[0] for side in (edges.left, edges.right, edges.top, edges.bottom))]
    filled = _color(fill.fgColor) if fill.fill_type else "-"
    words = (cell.number_format, font.name, font.size, _color(font.color), filled)
    return " ".join(map(str, (*words, align.horizontal, align.vertical, align.indent, *lines, *flags)))


def _color(color: Any) -> str:
    if color is None:
        return "-"
    return f"{color.type}:{color.value}"


def _ranges(cells: Iterable[Cell]) -> str:
    """Cells in reading order as few ranges: runs in a row, then equal runs below one another."""
    runs: list[list[int]] = []  # row, last row, first and last column
    for cell in cells:
        if runs and runs[-1][1] == cell.row and runs[-1][3] == cell.column - 1:
            runs[-1][3] = cell.column
        else:
            runs.append([cell.row, cell.row, cell.column, cell.column])
    blocks: list[list[int]] = []
    open_at: dict[tuple[int, int], list[int]] = {}
    for row, last, left, right in runs:
        above = open_at.get((left, right))
        if above and above[1] == row - 1:
            above[1] = last
        else:
            blocks.append([row, last, left, right])
            open_at[left, right] = blocks[-1]
    return " ".join(
        f"{get_column_letter(left)}{row}" + (f":{get_column_letter(right)}{last}" if (row, left) != (last, right) else "")
        for row, last, left, right in blocks
    )


def paper_lines(path: Path) -> Iterator[str]:
    """A Word document's paragraphs and tables in order, then its headers and footers."""
    document = Document(str(path))
    yield from _blocks(document)
    for section in document.sections:
        for edge in (section.header, section.footer):
            yield from (f"edge: {text}" for text in _blocks(edge))


def _blocks(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            yield from (f"| {' | '.join(cell.text for cell in row.cells)}" for row in block.rows)
        else:
            runs = [run for run in block.runs if run.text]
            bold = " *" if runs and all(run.bold for run in runs) else ""
            yield f"[{block.style.name}{bold}] {block.text}"


def mail_lines(path: Path) -> Iterator[str]:
    """A mail's addresses, subject, words and attachments; not its date, identity and boundaries."""
    mail: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
    yield from (f"{key}: {mail[key]}" for key in ("From", "To", "Cc", "Reply-To", "Subject") if mail[key])
    for part in mail.walk():
        name = part.get_filename()
        if name:
            yield f"attached: {name} {part.get_content_type()} {digest(part.get_payload(decode=True))}"
        elif part.get_content_type() == "text/plain":
            yield from part.get_content().splitlines()
        elif part.get_content_type() == "text/html":
            yield f"html: {digest(part.get_content().encode())}"


def digests(paths: Iterable[Path]) -> Iterator[str]:
    """One digest per file over its parts in order, unpacked, so that no version of zlib matters; of workbooks each part's too."""
    yield written_with()
    for path in sorted(paths):
        if not is_zipfile(path):
            yield f"{path.parent.name}/{path.name} {digest(path.read_bytes())}"
            continue
        with ZipFile(path) as package:
            parts = [(part.filename, part.date_time, package.read(part)) for part in package.infolist()]
        if path.stem.startswith("template"):  # its properties hold the day on which it was made
            parts = [part for part in parts if not part[0].startswith("docProps/")]
        yield f"{path.parent.name}/{path.name} {digest(repr(parts).encode())}"
        if path.suffix == ".xlsx" and path.parent.name in {"zh", "en"}:
            yield from (f"  {name} {digest(data)}" for name, _, data in parts)


def written_with() -> str:
    """The versions of the libraries that write our files."""
    return "written with " + ", ".join(f"{name} {version(name)}" for name in WRITERS)


def digest(data: bytes) -> str:
    """A short digest."""
    return hashlib.sha256(data).hexdigest()[:16]
