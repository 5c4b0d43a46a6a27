"""The hidden sheet: lists that dropdowns read, and the stamp once more, for formats that lose document properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.workbook.page import corner

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from rectify_xl.template import Template
    from rectify_xl.workbook.sheet import SheetWriter

_LONGEST_INLINE = 255  # Excel's limit for the choices written into a dropdown itself
_FIRST_LIST = 3
_HEAD, _FIRST = 1, 2


def write_choices(book: Workbook, sheet: SheetWriter, template: Template) -> dict[str, list[str] | str]:
    """Write the sheet.

    Returns:
        Field key -> what its dropdown reads: the few values of a choice column themselves, else a name of cells here.
    """
    text = sheet.theme.entry("@", "left", fixed=True)
    note = template.say(
        "本表供下拉列表和校验软件使用，请勿修改。", "This sheet feeds the dropdowns and the checks; please leave it as it is."
    )
    sheet.put(0, 0, note, sheet.theme["note"])
    for row, (name, value) in enumerate(template.stamp.items(), _FIRST):
        sheet.put(row, 0, name, text)
        sheet.put(row, 1, value, text)
    sources: dict[str, list[str] | str] = {}
    names: dict[tuple[str, ...], str] = {}
    for key, choices in template.choices.items():
        if (choices.inline or template.schema[key].kind == "choice") and _fits_inline(choices.values):
            sources[key] = list(choices.values)
            continue
        if choices.values not in names:
            names[choices.values] = f"rectify_{key}"
            column = _FIRST_LIST + len(names) - 1
            sheet.put(_HEAD, column, template.schema[key].label[template.lang], sheet.theme["head"])
            for row, value in enumerate(choices.values, _FIRST):
                sheet.put(row, column, value, text)
            first, last = (_fixed(row, column) for row in (_FIRST, _FIRST + len(choices.values) - 1))
            book.define_name(names[choices.values], f"='{sheet.name}'!{first}:{last}")
        sources[key] = f"={names[choices.values]}"
    sheet.paper.set_column(0, 1, 26)
    sheet.paper.set_column(_FIRST_LIST, _FIRST_LIST + max(len(names), 1) - 1, 30)
    sheet.paper.protect("")
    # Excel and WPS do not offer to show it; in LibreOffice it is an ordinary hidden sheet.
    sheet.paper.very_hidden()
    return sources


def _fits_inline(values: tuple[str, ...]) -> bool:
    """Whether choices can stand in the dropdown itself, where commas part them."""
    return len(",".join(values)) <= _LONGEST_INLINE and not any("," in value for value in values)


def _fixed(row: int, column: int) -> str:
    letters = corner(row, column).rstrip("0123456789")
    return f"${letters}${row + 1}"
