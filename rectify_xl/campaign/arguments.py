"""What callers of the library pass, normalised: paths, a campaign, a day, names of rules. Wrong ones are refused at once.

A value of a wrong type is a TypeError, a wrong value a RectifyError; both before any list is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import LANGUAGES
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from concurrent.futures import Executor

PathLike = str | os.PathLike[str]
PathsLike = PathLike | Iterable[PathLike]
CampaignLike = Campaign | PathLike
DayLike = date | str


def normalise_path(given: PathLike, name: str) -> Path:
    """One file or folder.

    Raises:
        TypeError: it is no path.
    """
    if isinstance(given, str | os.PathLike):
        path = os.fspath(given)
        if isinstance(path, str):
            return Path(path)
    raise TypeError(f"{name} must be a path, not {_kind(given)}")


def normalise_paths(given: PathsLike) -> list[Path]:
    """One or more files and folders.

    Raises:
        TypeError: one of them is no path.
        RectifyError: there are none.
    """
    if isinstance(given, str | os.PathLike):
        return [normalise_path(given, "paths")]
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise TypeError(f"paths must be a path or several, not {_kind(given)}")
    paths = [normalise_path(path, "each of paths") for path in given]
    if not paths:
        raise RectifyError("没有给出文件或文件夹", "no files or folders were given")
    return paths


def normalise_campaign(given: CampaignLike | None) -> Campaign:
    """A campaign, read where its folder or campaign.yaml is given; the defaults without one.

    Raises:
        TypeError: it is neither a campaign nor a path.
        RectifyError: the campaign cannot be read.
    """
    if given is None:
        return Campaign()
    if isinstance(given, Campaign):
        return given
    if not isinstance(given, str | os.PathLike):
        raise TypeError(f"campaign must be a Campaign or the path of its folder, not {_kind(given)}")
    return load_campaign(normalise_path(given, "campaign"))


def normalise_day(given: DayLike | None) -> date | None:
    """A day, read where it is given as text; see :func:`rectify_xl.common.days.parse_day`.

    Raises:
        TypeError: it is neither a day nor a text.
        RectifyError: the text names no day.
    """
    if given is None:
        return None
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if not isinstance(given, str):
        raise TypeError(f"as_of must be a date or a text such as '2026-11-28', not {_kind(given)}")
    try:
        return parse_day(given)
    except RectifyError as error:
        raise RectifyError(f"as_of：{error.message.zh}", f"as_of: {error.message.en}") from error


def normalise_names(given: str | Iterable[str], name: str) -> tuple[str, ...]:
    """Names of rules; a single text is one name.

    Raises:
        TypeError: one of them is no text.
    """
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise TypeError(f"{name} must be a name or several, not {_kind(given)}")
    names = tuple(given)
    for one in names:
        if not isinstance(one, str):
            raise TypeError(f"{name} must hold names of rules, not {_kind(one)}")
    return names


def normalise_severities(given: Mapping[str, Severity | str] | None) -> dict[str, Severity]:
    """Rule -> severity.

    Raises:
        TypeError: it is no mapping.
        RectifyError: there is no such severity.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise TypeError(f"severity must map rules to severities, not {_kind(given)}")
    levels: dict[str, Severity] = {}
    for rule, level in given.items():
        if level not in tuple(Severity):
            known, near = [str(known) for known in Severity], nearest(str(level), map(str, Severity))
            raise RectifyError(
                f"severity：{rule} 的级别不能是 {level}{near.zh}；可用：{'、'.join(known)}",
                f"severity: {rule} cannot be {level}{near.en}; one of {', '.join(known)}",
            )
        levels[rule] = Severity(level)
    return levels


def check_language(lang: str) -> None:
    """See that a language is one of ours.

    Raises:
        RectifyError: it is not.
    """
    if lang not in LANGUAGES:
        raise RectifyError(f"lang 不能是 {lang}；可用：zh（中文）、en（英文）", f"lang cannot be {lang}; one of zh, en")


def check_workers(workers: int | None) -> None:
    """See that there is at least one worker.

    Raises:
        TypeError: it is no whole number.
        RectifyError: it is less than one.
    """
    if workers is None:
        return
    if not isinstance(workers, int) or isinstance(workers, bool):
        raise TypeError(f"workers must be a whole number, not {_kind(workers)}")
    if workers < 1:
        raise RectifyError(f"workers 不能是 {workers}；至少 1 个", f"workers cannot be {workers}; at least 1")


def check_executor(executor: Executor | None) -> None:
    """See that an executor is one.

    Raises:
        TypeError: it is something else.
    """
    if executor is None:
        return
    from concurrent.futures import Executor  # noqa: PLC0415 - few have one

    if not isinstance(executor, Executor):
        raise TypeError(f"executor must be a concurrent.futures.Executor, not {_kind(executor)}")


def _kind(given: object) -> str:
    return type(given).__name__
