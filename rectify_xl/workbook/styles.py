"""Named cell styles, which XlsxWriter does not know: the office changes 整改正文 once, and every list follows.

A cell's format says which named style it comes from and only where it differs. The parts of XlsxWriter that write
``styles.xml`` are replaced for that; a test opens the result with other libraries.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.styles import Styles

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.workbook.packing import Packing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import BinaryIO

    from xlsxwriter.format import Format

# What XlsxWriter escapes, and what it marks so that spaces are kept.
_ESCAPED = LazyPattern("[&<>\x00-\x09\x0b-\x1f\ufffe\uffff]|_x|^\\s|\\s$")
_APPLIED: dict[str, Callable[[Format], Any]] = {
    "applyNumberFormat": lambda look: look.num_format_index,
    "applyFont": lambda look: look.font_index,
    "applyFill": lambda look: look.fill_index,
    "applyBorder": lambda look: look.border_index,
    "applyAlignment": lambda look: look._get_alignment_key(),  # noqa: SLF001 - no public way to compare
    "applyProtection": lambda look: (look.locked, look.hidden),
}


class StyledWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter is untyped
    """A workbook with named cell styles."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - XlsxWriter's own arguments
        super().__init__(*given, **named)
        self.named: dict[str, Format] = {}

    def style(self, name: str, properties: Mapping[str, Any]) -> int:
        """The number of a named style, made on first use."""
        if name not in self.named:
            look = self.add_format(dict(properties))
            look.xf_id = len(self.named) + 1
            look._get_xf_index()  # noqa: SLF001 - so that its font and borders are written
            self.named[name] = look
        return int(self.named[name].xf_id)

    def _store_workbook(self) -> None:
        self._goal: Any = self.filename  # type: ignore[has-type]
        self.filename = BytesIO()  # in which XlsxWriter's own archive stays empty
        super()._store_workbook()

    def _get_packager(self) -> Packager:
        return _StyledPackager(self._goal)


class _StyledPackager(Packager):  # type: ignore[misc]
    """Writes the named styles into ``styles.xml``, the shared strings quickly, and packs each part while the next is made."""

    def __init__(self, goal: BinaryIO) -> None:
        super().__init__()
        self._goal = goal
        self.filenames: list[tuple[Any, str, bool]] = []

    def _create_package(self) -> list[Any]:
        with Packing(self._goal) as self._packing:
            super()._create_package()
            self._hand_over()
        return []

    def _filename(self, xml_filename: str) -> Any:  # noqa: ANN401 - XlsxWriter is untyped
        self._hand_over()
        return super()._filename(xml_filename)

    def _hand_over(self) -> None:
        """Pack what was assembled: every part that was begun before this moment."""
        for held, name, _ in self.filenames:
            self._packing.add(name, held)
        self.filenames.clear()

    def _write_shared_strings_file(self) -> None:
        if not self.workbook.str_table.count:
            return
        strings = _QuickStrings()
        strings.string_table = self.workbook.str_table
        strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001
        strings._assemble_xml_file()  # noqa: SLF001

    def _write_styles_file(self) -> None:
        book = self.workbook
        # A style that looks like a format made earlier shares its record.
        bases = [book.xf_formats[look._get_xf_index()] for look in book.named.values()]  # noqa: SLF001
        styles = _StyledStyles(list(book.named), bases)
        styles._set_style_properties([  # noqa: SLF001
            book.xf_formats, book.palette, book.font_count, book.num_formats, book.border_count, book.fill_count,
            book.custom_colors, book.dxf_formats, book.has_comments,
        ])  # fmt: skip
        styles._set_xml_writer(self._filename("xl/styles.xml"))  # noqa: SLF001
        styles._assemble_xml_file()  # noqa: SLF001


class _QuickStrings(SharedStrings):  # type: ignore[misc]
    """``sharedStrings.xml``: a text that needs no escape, as nearly all are, is written at one look instead of six."""

    def _write_sst_strings(self) -> None:
        for string in self.string_table.string_array:
            if _ESCAPED.search(string):
                self._write_si(string)
            else:
                self.fh.write(f"<si><t>{string}</t></si>")


class _StyledStyles(Styles):  # type: ignore[misc]
    """``styles.xml`` with named styles behind 常规."""

    def __init__(self, names: Sequence[str], bases: Sequence[Format]) -> None:
        super().__init__()
        self._names, self._bases = names, bases
        self._differs: list[str] | None = None

    def _write_cell_style_xfs(self) -> None:
        self._xml_start_tag("cellStyleXfs", [("count", 1 + len(self._bases))])
        for look in (self.xf_formats[0], *self._bases):
            ids = (look.num_format_index, look.font_index, look.fill_index, look.border_index)
            self._xml_start_tag("xf", list(zip(("numFmtId", "fontId", "fillId", "borderId"), ids, strict=True)))
            applied, alignment = look._get_align_properties()  # noqa: SLF001
            if applied and alignment:
                self._xml_empty_tag("alignment", alignment)
            self._xml_end_tag("xf")
        self._xml_end_tag("cellStyleXfs")

    def _write_cell_styles(self) -> None:
        self._xml_start_tag("cellStyles", [("count", 1 + len(self._names))])
        self._write_cell_style()
        for number, name in enumerate(self._names, 1):
            self._xml_empty_tag("cellStyle", [("name", name), ("xfId", number)])
        self._xml_end_tag("cellStyles")

    def _write_xf(self, look: Format, *given: Any, **named: Any) -> None:  # noqa: ANN401 - XlsxWriter's own arguments
        if look.xf_id:
            base = self._bases[look.xf_id - 1]
            self._differs = [name for name, of in _APPLIED.items() if of(look) != of(base)]
        super()._write_xf(look, *given, **named)
        self._differs = None

    def _xml_start_tag(self, tag: str, attributes: Any = ()) -> None:  # noqa: ANN401
        super()._xml_start_tag(tag, self._own(tag, attributes))

    def _xml_empty_tag(self, tag: str, attributes: Any = ()) -> None:  # noqa: ANN401
        super()._xml_empty_tag(tag, self._own(tag, attributes))

    def _own(self, tag: str, attributes: Any) -> list[tuple[str, Any]]:  # noqa: ANN401
        """A cell's format says that it applies what differs from its style, and nothing else."""
        if tag != "xf" or self._differs is None:
            return list(attributes)
        kept = [pair for pair in attributes if pair[0] not in _APPLIED]
        return [*kept, *((name, 1) for name in self._differs)]
