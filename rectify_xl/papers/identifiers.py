"""By what a paper is known as that of one task, unit or leader when another has a file name like it."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from rectify_xl.provenance.stamp import LONGEST
from rectify_xl.workbook.cells import clean

if TYPE_CHECKING:
    from pathlib import Path


def identifier_of(name: str) -> str:
    """What a paper called ``name`` says of itself: the name, of a long one its beginning and a digest."""
    text = clean(" ".join(name.split()))
    if len(text) <= LONGEST:
        return text
    digest = sha256(text.encode()).hexdigest()
    return f"{text[: LONGEST - len(digest)]}{digest}"


def identifier_in(path: Path) -> str:
    """What the paper at ``path`` says of itself; nothing where there is none of ours."""
    if not path.is_file():
        return ""
    try:
        return str(Document(str(path)).core_properties.identifier)
    except (PackageNotFoundError, KeyError, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return ""
