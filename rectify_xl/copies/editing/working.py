"""A unit's workbook opened for editing: its own package, or a new one with what the intake reads in it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.copies.editing.rebuilding import rebuilt_package
from rectify_xl.copies.wording import FONT
from rectify_xl.ooxml.cells import SharedStrings, shared_strings
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.sheet_part import SheetPart
from rectify_xl.ooxml.styles import Styles
from rectify_xl.ooxml.workbook_part import WorkbookPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.copies.requests import Original
    from rectify_xl.ooxml.workbook_part import SheetEntry

_SIGNATURES = "_xmlsignatures/"


@dataclass
class Working:
    """A workbook being edited; parts are opened once. ``notes`` say to the reader what could not be kept."""

    package: Package
    workbook: WorkbookPart
    notes: list[str] = field(default_factory=list)
    new_names: Mapping[str, str | None] | None = None  # of sheets, in a rebuilt copy
    _sheets: dict[str, SheetPart] = field(default_factory=dict)
    _entries: dict[str, SheetEntry | None] = field(default_factory=dict)

    @cached_property
    def styles(self) -> Styles:
        """The styles of the workbook."""
        return Styles(self.package.read(self.workbook.styles_part()), font=FONT)

    @cached_property
    def strings(self) -> SharedStrings:
        """The shared strings of the workbook."""
        part = self.package.related(self.workbook.part, "sharedStrings")
        return shared_strings(self.package.read(part)) if part else SharedStrings()

    @property
    def rebuilt(self) -> bool:
        """Whether this is a new package instead of the unit's own."""
        return self.new_names is not None

    def name_in_copy(self, name: str) -> str | None:
        """The name of a sheet here: a rebuilt copy may need one that Excel accepts. None for one that several have."""
        return name if self.new_names is None else self.new_names.get(name)

    def entry(self, name: str) -> SheetEntry | None:
        """The worksheet of a name; None where there is none, or more than one."""
        if name not in self._entries:
            self._entries[name] = self._find(self.name_in_copy(name))
        return self._entries[name]

    def _find(self, wanted: str | None) -> SheetEntry | None:
        found = [entry for entry in self.workbook.sheets() if entry.name == wanted and "/worksheets/" in f"/{entry.part}".lower()]
        return found[0] if len(found) == 1 else None

    def sheet(self, entry: SheetEntry) -> SheetPart:
        """A worksheet opened for editing."""
        if entry.part not in self._sheets:
            self._sheets[entry.part] = SheetPart(entry.part, self.package.read(entry.part))
        return self._sheets[entry.part]

    def remove(self, entry: SheetEntry) -> None:
        """Remove a sheet from the workbook."""
        self._sheets.pop(entry.part, None)
        self._entries.clear()
        self.workbook.remove_sheet(entry)

    def flush(self) -> None:
        """Write everything that was edited back into the package."""
        for part, sheet in self._sheets.items():
            _write_changed(self.package, part, sheet.join())
        if "styles" in self.__dict__:
            _write_changed(self.package, self.workbook.styles_part(), self.styles.join())
        self.workbook.save()


def _write_changed(package: Package, part: str, data: bytes) -> None:
    if data != package.read(part):
        package.write(part, data)


def open_in_place(content: bytes, lang: str) -> Working:
    """A package to be edited in place; digital signatures, which no edited file can keep, are removed, and that is noted.

    Raises:
        Unsupported: it cannot be edited in place.
    """
    package = Package(io.BytesIO(content))
    working = Working(package, WorkbookPart(package))
    signed = package.under(_SIGNATURES)
    if signed:
        package.unrelate("", *signed)
        for part in signed:
            package.remove(part)
        working.notes.append(localise(
            lang, "原文件带有数字签名，标注后签名失效，副本中已去掉。",
            "The digital signature is void in a marked copy and was left out.",
        ))  # fmt: skip
    return working


def rebuilt(original: Original, lang: str, reason: str) -> Working:
    """A new package with the contents of a file that cannot be edited in place: for its format, or for ``reason``."""
    package, names, lost = rebuilt_package(original, lang)
    working = Working(package, WorkbookPart(package), new_names=names)
    suffix = PurePath(original.path).suffix.lower()
    why = reason or localise(lang, f"原文件是 {suffix} 格式", f"the file is {suffix}")
    working.notes.append(localise(
        lang, f"{why}，本副本已另存为 .xlsx：{lost}如需保留原样，请在原文件上修改后报送。",
        f"{why}, so this copy is a new .xlsx: {lost} To keep the looks, mend the original file.",
    ))  # fmt: skip
    return working
