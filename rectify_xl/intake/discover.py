"""Paths on the command line -> the files to read, and those that are no submissions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.intake.formats import suffixes
from rectify_xl.intake.other_files import by_suffix
from rectify_xl.intake.refusal import Refused, refused
from rectify_xl.intake.submission import Submission
from rectify_xl.provenance.remarks import FOLDER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is and under which name it is reported."""

    path: Path
    relative: str


def collect(paths: Iterable[str | Path], own_files: frozenset[Path]) -> tuple[list[Found], list[Submission]]:
    """Files to read and files to skip, each list in order of name.

    Folders are searched through all levels; folders of our own copies are left out unless they are given. Names are
    relative to the path given; where two given paths hold the same name, the later one is reported with the path as
    given. ``own_files`` are the campaign's own. A link that leads out of the folder given is skipped: whoever can put a
    file into the folder must not have another one read and copied. A path that is given itself may be a link.

    Raises:
        RectifyError: a path does not exist.
    """
    files: dict[str, Found] = {}
    skipped: dict[str, Submission] = {}
    seen: set[Path] = set()
    for given in map(Path, paths):
        if not given.exists():
            raise RectifyError(f"{given}: 没有这个文件或文件夹", f"{given}: no such file or folder")
        errors: list[OSError] = []
        root = given.resolve()
        for path, relative, is_copy in _walk(given, errors):
            link = path != given and _leads_out(path, root)
            real = path.absolute() if link else path.resolve()
            if real in seen:
                continue
            seen.add(real)
            relative = readable_name(relative)  # noqa: PLW2901 - the same name, so that it can be read
            name = relative if relative not in files and relative not in skipped else readable_name(path.as_posix())
            own = "campaign-file" if real in own_files else "own-output" if is_copy else ""
            why = "link" if link else own or _skip_reason(path)
            if why:
                skipped[name] = Submission(name, status="skipped", reason=why)
            else:
                files[name] = Found(path, name)
        for error in errors:  # a folder that cannot be looked into: what it holds must not be lost silently
            name = PurePath(given.name, os.path.relpath(error.filename, given)).as_posix()
            reason = Text(
                f"文件夹打不开，里面的文件没有读入（{os_reason(error).zh}）",
                f"the folder cannot be opened and the files in it were not read ({os_reason(error).en})",
            )
            skipped[name] = refused(name, "", Refused("unreadable-file", reason=reason))
    return [files[name] for name in sorted(files)], [skipped[name] for name in sorted(skipped)]


def readable_name(name: str) -> str:
    """A name whose bytes are no UTF-8, as the Chinese Windows that packed the files wrote it; others unchanged."""
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            return "/".join(_decoded(part) for part in name.split("/"))
        except UnicodeDecodeError:
            return name
    return name


def _decoded(part: str) -> str:
    raw = os.fsencode(part)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _is_link(path: Path) -> bool:
    """Whether a path is a link; one that is too long to be asked for is none, and found to be unreadable later."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path is a link to nothing, or to something that does not lie in the folder."""
    if not _is_link(path):
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return True


def _walk(given: Path, errors: list[OSError]) -> Iterator[tuple[Path, str, bool]]:
    """Every file, its name, and whether it lies in a folder of our copies below the given one; ``errors`` of its folders.

    Links to folders are not followed; they come as files do, so that they can be listed. Files come before links, since a
    file that both name goes by its own name.
    """
    if given.is_file():
        yield given, given.name, False
        return
    copies: set[str] = set()
    for folder, folders, names in os.walk(given, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if folder != str(given) and (FOLDER_MARK in names or str(Path(folder).parent) in copies):
            copies.add(folder)
        linked = [name for name in folders if _leads_out(Path(folder, name), given.resolve())]
        for name in sorted([*names, *linked], key=lambda name: (_is_link(Path(folder, name)), name)):
            if name != FOLDER_MARK:
                path = Path(folder, name)
                yield path, PurePath(path.relative_to(given)).as_posix(), folder in copies


def _skip_reason(path: Path) -> str:
    """Why a file is no submission: a lock file, a hidden file or another kind of file; empty when it may be one."""
    if path.name.startswith(("~$", ".~")):
        return "lock-file"
    if path.name.startswith("."):
        return "hidden-file"
    if path.exists() and not path.is_file():  # a pipe or a device would never end
        return "not-a-spreadsheet"
    return "" if path.suffix.lower() in suffixes() or by_suffix(path, suffixes()) else "not-a-spreadsheet"
