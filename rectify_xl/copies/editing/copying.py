"""One copy written, or one file asked which of its cells can be corrected."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.common.i18n import localise
from rectify_xl.copies.editing.corrected_cells import apply_changes, holds_just
from rectify_xl.copies.editing.marking import mark, notice
from rectify_xl.copies.editing.stripping import strip
from rectify_xl.copies.editing.verifying import Mismatch, verify_copy
from rectify_xl.copies.editing.working import open_in_place, rebuilt
from rectify_xl.copies.requests import NotWritten
from rectify_xl.copies.wording import obstacle
from rectify_xl.intake.refusal import Refused
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.ooxml.xml_text import Unsupported

if TYPE_CHECKING:
    from rectify_xl.copies.editing.working import Working
    from rectify_xl.copies.requests import CellCheck, CellValue, CopyRequest


def write_copy(request: CopyRequest) -> tuple[str, ...] | NotWritten:
    """Write a copy and check what was written; the notes say what it does not carry over."""
    goal = Path(request.goal)
    try:
        if request.mode == "notice":
            notice(request).save(goal)
            return ()
        working = _opened(request)
        stays = strip(working)
        apply_changes(working, request.changes)
        fills = mark(working, request, request.annotation, stays) if request.annotation is not None else {}
        set_custom_properties(working.package, {**request.stamps, **fills})
        working.flush()
        working.package.save(goal)
        verify_copy(request, goal)
    except Unsupported as reason:
        return NotWritten(obstacle(reason, request.lang))
    except Mismatch as mismatch:
        return NotWritten(localise(request.lang, f"写出的副本与原文件对不上：{mismatch.zh}", f"the copy differs: {mismatch.en}"))
    except Refused as refused:
        zh, en = refused.reason
        return NotWritten(localise(request.lang, f"写出的副本读不回来：{zh}", f"the copy cannot be read: {en}"))
    return tuple(working.notes)


def replaceable_cells(check: CellCheck) -> frozenset[CellValue] | NotWritten:
    """The cells that hold just the text that was judged."""
    try:
        working = _opened(check)
        return frozenset(
            (sheet, cell, value)
            for sheet, cell, value in check.cells
            if (entry := working.entry(sheet)) and holds_just(working, entry, from_a1(cell), value)
        )
    except Unsupported as reason:
        return NotWritten(obstacle(reason, check.lang))
    except Refused as refused:
        return NotWritten(refused.slug)


def _opened(request: CellCheck | CopyRequest) -> Working:
    original = request.original
    content = Path(original.path).read_bytes()
    if hashlib.sha256(content).hexdigest() != original.digest:
        raise Mismatch("原文件在校验之后被改动", "the file was changed after it was checked")
    if request.mode == "in-place":
        return open_in_place(content, request.lang)
    return rebuilt(original, request.lang, getattr(request, "reason", ""))
