"""What an OLE container says beside its cells: when it was last saved, its macros, and the marks of our own workbooks.

A master or a template of ours that was saved as .xls carries its document properties in a property set ([MS-OLEPS]).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import olefile

from rectify_xl.provenance.remarks import is_own

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_PROPERTY_SET = "\x05DocumentSummaryInformation"
_ENCODINGS = ("utf-8", "gb18030")  # LibreOffice writes the first, Excel and WPS the code page of the machine


class ContainerFacts(NamedTuple):
    """What a container says of its document."""

    modified: datetime | None = None
    has_macros: bool = False
    properties: dict[str, str] = {}  # noqa: RUF012 - nobody writes into it


def container_facts(path: Path) -> ContainerFacts:
    """The facts of a container; nothing of a file that is bare records."""
    if not olefile.isOleFile(path):
        return ContainerFacts()
    with olefile.OleFileIO(path) as container:
        saved = container.get_metadata().last_saved_time
        macros = container.exists("_VBA_PROJECT_CUR")
        marks = _own_properties(container) if container.exists(_PROPERTY_SET) else {}
    return ContainerFacts(saved if saved is None or saved.year > 1900 else None, macros, marks)  # noqa: PLR2004 - unset is 1601


def _own_properties(container: Any) -> dict[str, str]:  # noqa: ANN401 - a library without types
    """Our own marks; none where one of them cannot be read, since half a stamp would say something else."""
    given = {one["property_name"]: one["value"] for one in container.get_userdefined_properties(_PROPERTY_SET)}
    found = {name: _text(value) for name, value in given.items() if is_own(name)}
    return {} if None in found.values() else {name: text for name, text in found.items() if text is not None}


def _text(value: str | bytes | None) -> str | None:
    if not isinstance(value, bytes):
        return value
    for encoding in _ENCODINGS:
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
