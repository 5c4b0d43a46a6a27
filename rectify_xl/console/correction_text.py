"""What was corrected, as lines for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.copies.wording import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.copies import Corrections


def correction_lines(corrections: Corrections, lang: str) -> Iterator[str]:
    """Every change with its cell, old and new value, by file; then where the copies are."""
    copies = {copy.file: copy for copy in corrections.copies}
    for file, changes in groupby(corrections.changes, key=lambda change: change.file):
        yield localise(lang, f"已改正 {file} → {copies[file].path}", f"Corrected {file} → {copies[file].path}")
        for change in changes:
            rules = "、".join(change.rules)
            old, new = visible(change.old, "␣"), visible(change.shown, "␣")
            yield f"  {change.sheet}!{change.cell} {old} → {new} [{rules}]"
        for note in copies[file].notes:
            yield f"  {note}"
    if corrections.left_out:
        left_out = "、".join(corrections.left_out)
        yield localise(lang, f"没有更正件（文件未采用）：{left_out}", f"No corrected copy (not used): {left_out}")
    count = len(corrections.changes)
    yield localise(
        lang,
        f"共改正 {count} 处，更正件在 {corrections.folder}（没有可改的文件原样复制）；原文件没有改动。",
        f"{count} cells corrected; the copies are in {corrections.folder} (others copied as they are), originals are unchanged.",
    )
