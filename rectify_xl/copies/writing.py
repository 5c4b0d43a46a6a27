"""Annotated copies for the units, corrected ones for the office.

Every file is edited in a worker process. Where that fails, for whatever reason, the unit gets a new workbook with the
contents of its file, and where that fails too a page that says why; all others get theirs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import check_language, normalise_path, normalise_paths
from rectify_xl.common.atomic_write import replace_file
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.copies.annotation import annotation_of, original_of, returned_stamps, template_stamps
from rectify_xl.copies.copy_writer import WORKER, CellChecks, Copy, CopyWriter, Order, first_order
from rectify_xl.copies.corrections import corrected
from rectify_xl.copies.requests import CopyRequest
from rectify_xl.copies.sources import copy_names, default_folder, find_sources, prepare_folder
from rectify_xl.validation.report import Report
from rectify_xl.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rectify_xl.campaign.arguments import PathLike, PathsLike
    from rectify_xl.copies.corrections import Fixed
    from rectify_xl.copies.requests import Change, Mode
    from rectify_xl.copies.sources import Source

# What to try after a kind of copy that could not be made. A corrected copy that is a page of words would lose the list.
_ANNOTATED: Mapping[Mode, Mode] = {"in-place": "rebuilt", "rebuilt": "notice"}
_CORRECTED: Mapping[Mode, Mode] = {"in-place": "rebuilt"}


@dataclass(frozen=True, repr=False)
class Corrections(ShortRepr):
    """Corrected copies: the folder, what was changed, every copy, and how the copies would be judged.

    ``left_out`` are the submissions that are not copied: nothing of them could be used, or they claim to be ours and
    cannot be edited.
    """

    folder: Path
    fixed: Fixed
    copies: tuple[Copy, ...]
    left_out: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, by file, sheet and cell."""
        return self.fixed.changes


def annotate(
    report: Report,
    paths: PathsLike,
    directory: PathLike,
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
        RectifyError: a copy cannot be written (the others are), a file was changed since, or the folder holds other files.
        TypeError: an argument is of a wrong type.
    """
    given, goal = _arguments(report, paths), normalise_path(directory, "directory")
    check_language(lang)
    sources = find_sources(report, given)
    names = copy_names(sources, same=frozenset())
    folder = prepare_folder(goal, [source.path for source in sources], names.values())
    judged = fixed.fixed.report if fixed else report

    def request(order: Order) -> CopyRequest:
        submission = order.source.submission
        return CopyRequest(
            original_of(order.source), "", order.mode, lang, order.reason, fixed.fixed.of(order.file) if fixed else (),
            annotation_of(judged, submission), returned_stamps(judged, submission, notice=order.mode == "notice"),
        )  # fmt: skip

    with Pool(WORKER, None) as pool:
        writer = CopyWriter(pool, folder, names, _ANNOTATED, [source.path for source in sources], lang)
        writer.write([first_order(source) for source in sources], request)
    writer.raise_problems()
    return tuple(writer.copies[source.submission.path] for source in sources)


def fix(
    report: Report,
    paths: PathsLike,
    directory: PathLike | None = None,
    *,
    unsafe: bool = False,
    lang: str = "zh",
) -> Corrections:
    """Write corrected copies of all accepted submissions; files in which nothing is to correct are copied as they are.

    Args:
        report: what :func:`rectify_xl.validate` found.
        paths: the files and folders that were validated; they are never changed.
        directory: where the copies go; by default 报送件-已修正 beside a folder 报送件, or 已修正 beside files.
        unsafe: apply corrections too that may not mean what the clerk meant, such as an assumed year.
        lang: language of notes.

    Raises:
        RectifyError: a copy cannot be written (the others are), a file was changed since, or the folder holds other files.
        TypeError: an argument is of a wrong type.
    """
    given = _arguments(report, paths)
    goal = default_folder(given) if directory is None else normalise_path(directory, "directory")
    check_language(lang)
    sources = find_sources(report, given)
    accepted = [source for source in sources if source.submission.status == "accepted"]
    originals = [source.path for source in sources]
    stamps = {source.submission.path: template_stamps(report, source.submission) for source in accepted}
    claims = {source.submission.path: set(source.submission.claims) for source in accepted}
    claiming = {file for file, names in claims.items() if names - set(stamps[file])}
    with Pool(WORKER, None) as pool:
        cells = CellChecks(pool, accepted, lang)
        while True:
            fixed = corrected(report, unsafe=unsafe, replaceable=cells.replaceable)
            edited = {change.file for change in fixed.changes} | (claiming - cells.given_up)
            names = copy_names(accepted, same=frozenset(source.submission.path for source in accepted) - edited)
            folder = prepare_folder(goal, originals, names.values())
            writer = CopyWriter(pool, folder, names, _CORRECTED, originals, lang)
            writer.write([order for file, order in cells.orders.items() if file in edited], _request(fixed, stamps, lang))
            if not writer.failed:
                break
            cells.given_up |= set(writer.failed)  # and once more without their corrections
    copies = writer.copies
    for source in accepted:
        file = source.submission.path
        if file not in edited | claiming:
            copies[file] = Copy(file, _copied(source, folder / names[file]))
    writer.raise_problems()
    left_out = tuple(source.submission.path for source in sources if source.submission.path not in copies)
    return Corrections(folder, fixed, tuple(copies[file] for file in sorted(copies)), left_out)


def _arguments(report: Report, paths: PathsLike) -> list[Path]:
    if not isinstance(report, Report):
        raise TypeError(f"report must be what validate returned, not {type(report).__name__}")
    return normalise_paths(paths)


def _request(fixed: Fixed, stamps: Mapping[str, Mapping[str, str]], lang: str) -> Callable[[Order], CopyRequest]:
    return lambda order: CopyRequest(
        original_of(order.source), "", order.mode, lang, order.reason, fixed.of(order.file), stamps=stamps[order.file]
    )


def _copied(source: Source, goal: Path) -> Path:
    """Copy a file as it is, if it is the one that was checked."""

    def copy(target: Path) -> None:
        content = source.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != source.submission.sha256:
            raise RectifyError(
                f"{source.submission.path}: 文件在校验之后被改动；请重新运行一次",
                f"{source.submission.path}: the file was changed after it was checked; run the command again",
            )
        target.write_bytes(content)

    return replace_file(goal, copy, lambda _: None, suffix=goal.suffix.lower())


def changes_of(corrections: Corrections) -> Sequence[dict[str, object]]:
    """The changes as JSON-ready data, each with the name of its copy."""
    at = {copy.file: copy.path.as_posix() for copy in corrections.copies}
    return [{**change.to_dict(), "copy": at[change.file]} for change in corrections.changes]
