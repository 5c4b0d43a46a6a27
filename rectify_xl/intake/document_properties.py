"""What a workbook package says of itself, without its cells being read: its document properties and its sheets' names."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.intake.readers.xlsx_package import package_facts, workbook_part
from rectify_xl.intake.readers.xml_stream import open_package
from rectify_xl.intake.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# The document property of an annotated copy that names its unit, as the check found it. It is not the unit of a template's
# stamp: that says for whom the template was made, which is not always who has filled it in.
RETURNED_TO = "rectify_xl.returned_to"


@dataclass(frozen=True, slots=True)
class Marks:
    """Custom document properties and sheet names, in order, and when a program last saved the file."""

    properties: Mapping[str, str]
    sheets: tuple[str, ...]
    modified: datetime | None = None


def read_marks(content: bytes) -> Marks:
    """The marks of an .xlsx or .xlsm package; none for whatever is no such package."""
    try:
        with open_package(io.BytesIO(content)) as package:
            tree = package.tree(workbook_part(package, "xl/workbook.xml"))
            names = tree.iterfind("{*}sheets/{*}sheet") if tree is not None else ()
            facts = package_facts(package)
            return Marks(facts.properties, tuple(sheet.get("name") or "" for sheet in names), facts.modified)
    except Refused:
        return Marks({}, ())
