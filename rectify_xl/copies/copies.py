"""Copies of the submissions: annotated ones that go back to the units, corrected ones for the office."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.atomic_write import replace_file
from rectify_xl.common.errors import RectifyError
from rectify_xl.copies.annotating import mark, notice
from rectify_xl.copies.applying import apply_changes, writable
from rectify_xl.copies.fixing import corrected
from rectify_xl.copies.sources import copy_names, default_folder, find_sources, prepare_folder
from rectify_xl.copies.stripping import strip
from rectify_xl.copies.working import open_working, rebuilt, special
from rectify_xl.ooxml.xml_text import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rectify_xl.common.findings import Finding
    from rectify_xl.copies.fixing import Change, Fixed
    from rectify_xl.copies.sources import Source
    from rectify_xl.copies.working import Working
    from rectify_xl.ooxml.package import Package
    from rectify_xl.validation.report import Report


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was written: of which submission, where, and what it does not carry over."""

    file: str
    path: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """Corrected copies: the folder, what was changed, every copy, and how the copies would be judged."""

    folder: Path
    fixed: Fixed
    copies: tuple[Copy, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, by file, sheet and cell."""
        return self.fixed.changes


def annotate(
    report: Report,
    paths: Iterable[str | Path],
    directory: str | Path,
    *,
    fixed: Corrections | None = None,
    lang: str = "zh",
) -> tuple[Copy, ...]:
    """Write for each submission a copy of the unit's own workbook with its findings marked in it.

    Args:
        report: what :func:`rectify_xl.validate` found.
        paths: the files and folders that were validated.
        directory: where the copies go, under the names of the originals; a new folder, or one of earlier copies.
        fixed: corrections; the copies then hold them, marked as such, and only what is left to do is a finding.
        lang: language of labels, ``zh`` or ``en``; messages are in the report's.

    Raises:
        RectifyError: a copy cannot be written, a file was changed since, or the folder holds other files.
    """
    sources = find_sources(report, paths)
    names = copy_names(sources, same=frozenset())
    folder = prepare_folder(directory, [source.path for source in sources], names.values())
    judged = fixed.fixed.report if fixed else report
    return tuple(_annotated(judged, source, folder / names[source.submission.path], fixed, lang) for source in sources)


def _annotated(report: Report, source: Source, goal: Path, fixed: Corrections | None, lang: str) -> Copy:
    file = source.submission.path
    if source.submission.status == "rejected":
        _save(notice(report, source.submission, lang), goal)
        return Copy(file, goal)
    changes = fixed.fixed.of(file) if fixed else ()

    def write(working: Working) -> Copy:
        stays = strip(working)
        apply_changes(working, changes)
        mark(report, working, source.submission, changes, stays, lang)
        _save(working.package, goal)
        return Copy(file, goal, tuple(working.notes))

    return _in_place_or_anew(source, lang, write)


def _in_place_or_anew(source: Source, lang: str, write: Callable[[Working], Copy]) -> Copy:
    """Edit a workbook in place; where its structure does not allow it, make it anew."""
    try:
        return write(open_working(source, lang))
    except Unsupported as reason:
        return write(rebuilt(source, lang, special(reason, lang)))


def fix(
    report: Report,
    paths: Iterable[str | Path],
    directory: str | Path | None = None,
    *,
    unsafe: bool = False,
    lang: str = "zh",
) -> Corrections:
    """Write corrected copies of all submissions; files in which nothing is to correct are copied as they are.

    Args:
        report: what :func:`rectify_xl.validate` found.
        paths: the files and folders that were validated; they are never changed.
        directory: where the copies go; by default 报送件-已修正 beside a folder 报送件, or 已修正 beside files.
        unsafe: apply corrections too that may not mean what the clerk meant, such as an assumed year.
        lang: language of notes.

    Raises:
        RectifyError: a copy cannot be written, a file was changed since, or the folder holds other files.
    """
    given = list(paths)
    sources = find_sources(report, given)
    by_file = {source.submission.path: source for source in sources}
    opened: dict[str, Working] = {}

    def possible(finding: Finding) -> bool:
        file, sheet, cell = str(finding.file), str(finding.sheet), str(finding.cell)
        if file not in opened:
            opened[file] = open_working(by_file[file], lang)
        return writable(opened[file], sheet, cell, finding.value)

    fixed = corrected(report, unsafe=unsafe, possible=possible)
    same = frozenset(by_file) - {change.file for change in fixed.changes}
    names = copy_names(sources, same=same)
    folder = prepare_folder(directory or default_folder(given), [source.path for source in sources], names.values())
    copies = [_corrected(source, folder / names[source.submission.path], fixed, lang) for source in sources]
    return Corrections(folder, fixed, tuple(copies))


def _corrected(source: Source, goal: Path, fixed: Fixed, lang: str) -> Copy:
    file, changes = source.submission.path, fixed.of(source.submission.path)
    if not changes:
        replace_file(goal, lambda path: _copy(source.path, path), lambda _: None, suffix=goal.suffix.lower())
        return Copy(file, goal)

    def write(working: Working) -> Copy:
        strip(working)
        apply_changes(working, changes)
        working.flush()
        _save(working.package, goal)
        return Copy(file, goal, tuple(working.notes))

    return _in_place_or_anew(source, lang, write)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _save(package: Package, goal: Path) -> None:
    replace_file(goal, package.save, lambda path: _check(path, goal), suffix=goal.suffix.lower())


def _check(path: Path, goal: Path) -> None:
    """See that the copy can be unpacked whole."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged:
        raise RectifyError(
            f"{goal}: 写出的副本不完整（{damaged}）；请检查磁盘后重试",
            f"{goal}: the copy was not written completely ({damaged}); check the disk and try again",
        )


def changes_of(corrections: Corrections) -> Sequence[dict[str, object]]:
    """The changes as JSON-ready data, each with the name of its copy."""
    at = {copy.file: copy.path.as_posix() for copy in corrections.copies}
    return [{**change.to_dict(), "copy": at[change.file]} for change in corrections.changes]
