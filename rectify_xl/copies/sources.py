"""Which files the copies are made of, what the copies are called, and the folder they go to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.intake.discover import collect
from rectify_xl.intake.refusal import sha256
from rectify_xl.provenance.remarks import FOLDER_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rectify_xl.intake.submission import Submission
    from rectify_xl.validation.report import Report

FIXED_FOLDER = "已修正"
_LONGEST_NAME = 255  # bytes
_DRIVE = LazyPattern(r"^[A-Za-z]:(?=/)")
_PACKAGE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


@dataclass(frozen=True, slots=True)
class Source:
    """A submission with its file, and the format that the intake found in it ("" when it cannot be used)."""

    path: Path
    submission: Submission
    kind: str

    @property
    def editable(self) -> bool:
        """Whether the file is a package that can be edited in place."""
        return self.kind == "xlsx"


def find_sources(report: Report, paths: Iterable[str | Path]) -> list[Source]:
    """The submissions of a report with their files; what was skipped is none.

    Raises:
        RectifyError: a file is gone or was changed after it was checked.
    """
    found, no_files = collect(paths, report.collection.campaign.own_files)
    at = {one.relative: one.path for one in found}
    left_out = {one.path for one in no_files}  # a folder that cannot be opened is listed among them: there is nothing to copy
    sources = []
    for submission in report.submissions:
        if submission.status == "skipped" or submission.path in left_out:
            continue
        path = at.get(submission.path)
        if path is None or (submission.sha256 and sha256(path) != submission.sha256):
            raise RectifyError(
                f"{submission.path}: 文件在校验之后被改动或移走；请重新运行一次",
                f"{submission.path}: the file was changed or moved after it was checked; run the command again",
            )
        sources.append(Source(path, submission, submission.format))
    return sources


def copy_names(sources: Sequence[Source], *, same: frozenset[str]) -> dict[str, str]:
    """Path of a submission -> name of its copy: its own, with .xlsx where the copy has that format.

    ``same`` are the submissions whose files are copied as they are.
    """
    names: dict[str, str] = {}
    keeping = [source for source in sources if _keeps_name(source, same)]
    for source in [*keeping, *(source for source in sources if source not in keeping)]:
        own = _inside(source.submission.path)
        stems, suffix = ([own.stem], own.suffix) if source in keeping else ([own.stem, own.name], ".xlsx")
        names[source.submission.path] = _free_name(own.parent, stems, suffix, names.values())
    return names


def new_workbook_name(path: str, taken: Collection[str]) -> str:
    """The name of a new workbook that takes the place of a submission's edited one."""
    own = _inside(path)
    return _free_name(own.parent, [own.stem, own.name], ".xlsx", taken)


def _free_name(folder: PurePosixPath, stems: Sequence[str], suffix: str, taken: Collection[str]) -> str:
    """The first name that is not taken, where a file system tells no case, and not longer than one allows."""
    used = {name.casefold() for name in taken}
    endings = chain(((stem, suffix) for stem in stems), ((stems[0], f"({number}){suffix}") for number in count(2)))
    names = (str(folder / f"{_fitting(stem, _LONGEST_NAME - len(end.encode()))}{end}") for stem, end in endings)
    return next(name for name in names if name.casefold() not in used)


def _fitting(stem: str, longest: int) -> str:
    """As much of a name as a number of bytes can hold."""
    return os.fsencode(stem)[:longest].decode("utf-8", "ignore") if len(os.fsencode(stem)) > longest else stem


def _keeps_name(source: Source, same: frozenset[str]) -> bool:
    suffix = PurePosixPath(source.submission.path).suffix.lower()
    return source.submission.path in same or suffix == ".xlsx" or (source.editable and suffix in _PACKAGE_SUFFIXES)


def _inside(relative: str) -> PurePosixPath:
    """A name under which a file is reported, as one that stays inside a folder."""
    parts = PurePosixPath(_DRIVE.sub("", relative.replace("\\", "/"))).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "..", ".")))


def default_folder(paths: Iterable[str | Path]) -> Path:
    """Where corrected copies go when nobody says: ``报送件-已修正`` beside a folder, ``已修正`` beside files."""
    given = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay as they are named
    if len(given) == 1 and given[0].is_dir() and given[0].name:
        return given[0].with_name(f"{given[0].name}-{FIXED_FOLDER}")
    return Path(os.path.commonpath([path.parent for path in given]), FIXED_FOLDER)


def prepare_folder(directory: str | Path, inputs: Iterable[Path], goals: Iterable[str]) -> Path:
    """Make the folder and mark it as one of copies.

    Raises:
        RectifyError: it cannot be made, is somebody else's, or a copy would take the place of a file that was checked.
    """
    folder = Path(directory)
    originals = {path.resolve() for path in inputs}
    for goal in goals:
        if (folder / goal).resolve() in originals:
            raise RectifyError(
                f"{folder}: 副本会覆盖原文件 {goal}；请换一个文件夹",
                f"{folder}: a copy would overwrite the original {goal}; choose another folder",
            )
    if folder.exists() and not folder.is_dir():
        raise RectifyError(
            f"{folder}: 已有同名文件，不是文件夹；请换一个名称", f"{folder}: this is a file and no folder; choose another name"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / FOLDER_MARK).exists():
            raise RectifyError(
                f"{folder}: 文件夹里已有别的文件；请给出一个新文件夹，以免覆盖",
                f"{folder}: the folder holds other files; name a new one, so that nothing is overwritten",
            )
        (folder / FOLDER_MARK).touch()
        for goal in goals:
            (folder / goal).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RectifyError(
            f"{folder}: 无法建立文件夹（{os_reason(error).zh}）；请检查权限，或换一个位置",
            f"{folder}: the folder cannot be made ({os_reason(error).en}); check the permissions, or choose another place",
        ) from error
    return folder
