"""The workbook that a new master is about to overwrite: whether it may be overwritten, and a backup of it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.atomic_write import check_target, flush, flush_folder, new_beside
from rectify_xl.common.errors import RectifyError
from rectify_xl.provenance.stamp import CAMPAIGN, KIND, LONGEST, MASTER, NOTICE, REPORT, TEMPLATE, folded
from rectify_xl.workbook.cells import clean

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.refusal import Refused

_SUFFIX = ".bak.xlsx"
_LONGEST_STEM = 200  # bytes; file systems allow 255 for the whole name
_KINDS = {REPORT: "本软件生成的校验报告", NOTICE: "本软件生成的退回说明", TEMPLATE: "填报表"}


def check_overwrite(path: str | Path, campaign: Campaign) -> Path:
    """The target of a master with links followed, if it can be written and is free or a master of the same campaign.

    Raises:
        RectifyError: it cannot be written, or another file is there; the message says which and what to do.
    """
    goal = check_target(path)
    if goal.exists():
        _master_content(path, goal, campaign)
    return goal


def back_up(path: str | Path, new: Path, campaign: Campaign, folder: str | Path | None = None) -> Path | None:
    """Copy the file at ``path`` before the finished workbook ``new`` takes its place.

    It is read and judged again here, because somebody may have saved it while the new one was made.

    Args:
        path: the target.
        new: what will replace it.
        campaign: the campaign of the new workbook.
        folder: where the backup goes, made where missing; beside the target without.

    Returns:
        The backup, ``<name>.YYYY-MM-DD-HHMMSS[-n].bak.xlsx``, or one in the folder that holds the same bytes already;
        None where nothing is lost: there is no file, or it holds the same bytes as ``new``.

    Raises:
        RectifyError: the file is no master of the campaign, or cannot be copied; nothing may be replaced then.
    """
    goal = Path(os.path.realpath(path))
    if not goal.exists():
        return None
    content = _master_content(path, goal, campaign)
    if content == new.read_bytes():
        return None
    target = Path(folder) if folder else goal.parent
    try:
        target.mkdir(parents=True, exist_ok=True)
        return _existing(target, content, goal) or _copy(content, goal, target)
    except OSError as error:
        why = error.strerror or error
        raise RectifyError(
            f"{path}: 原台账备份不到 {target}（{why}），没有覆盖，原台账未改动；请检查该文件夹的权限和磁盘空间"
        ) from error


def _master_content(path: str | Path, goal: Path, campaign: Campaign) -> bytes:
    """The bytes of a master of the campaign."""
    # The readers are loaded only where there is a file to judge.
    from rectify_xl.intake.document_properties import read_marks  # noqa: PLC0415
    from rectify_xl.intake.formats.sniff import sniff  # noqa: PLC0415
    from rectify_xl.intake.refusal import Refused  # noqa: PLC0415

    if not goal.is_file():  # a pipe would never end
        raise _refusal(path, "不是普通文件")
    try:
        sniff(goal)
        content = goal.read_bytes()
    except Refused as refused:
        raise _refusal(path, f"是{_broken(refused)}，认不出是不是本活动的总台账") from refused
    except OSError as error:
        raise _refusal(path, f"但读不出来（{error.strerror or error}）") from error
    properties = read_marks(content).properties
    kind = properties.get(KIND, "")
    if kind != MASTER:
        raise _refusal(path, f"是{_KINDS[kind]}，不是总台账" if kind in _KINDS else "不是本软件生成的总台账")
    theirs, ours = properties.get(CAMPAIGN, ""), clean(campaign.name)
    if _key(theirs) != _key(ours):
        what = f"是活动“{theirs}”的总台账" if theirs.strip() else "是没有写明活动的总台账"
        now = f"而本次的活动是“{campaign.name}”" if ours.strip() else "而本次没有指定活动"
        raise _refusal(path, f"{what}，{now}", "请核对 --campaign，或换一个文件名")
    return content


def _refusal(path: str | Path, what: str, advice: str = "请换一个文件名，或先把它改名、移到别处") -> RectifyError:
    return RectifyError(f"{path}: 已有这个文件，{what}，没有覆盖，也没有改动；{advice}")


def _broken(refused: Refused) -> str:
    if refused.slug == "encrypted-file":
        return "加了密码的文件"
    return str(refused.facts.get("found") or f"打不开的文件（{refused.facts.get('reason', refused.slug)}）")


def _key(name: str) -> str:
    """A campaign's name for comparison; document properties hold only so much of it."""
    return folded(" ".join(name[:LONGEST].split()))


def _existing(folder: Path, content: bytes, goal: Path) -> Path | None:
    """A backup in the folder with these bytes. Links do not count: what they lead to may be about to change."""
    backups = (path for path in sorted(folder.iterdir()) if path.name.endswith(_SUFFIX) and not path.is_symlink())
    return next((path for path in backups if _holds(path, content, goal)), None)


def _holds(path: Path, content: bytes, goal: Path) -> bool:
    try:
        return path.stat().st_size == len(content) and not path.samefile(goal) and path.read_bytes() == content
    except OSError:  # what cannot be read is no backup; a new one is made
        return False


def _copy(content: bytes, goal: Path, folder: Path) -> Path:
    """A complete copy under its final name, or none."""
    temporary = new_beside(folder / goal.name)
    try:
        temporary.write_bytes(content)
        shutil.copymode(goal, temporary)
        flush(temporary)
        backup = _publish(temporary, folder, goal.stem)
        flush_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def _publish(temporary: Path, folder: Path, stem: str) -> Path:
    """Give a finished file a name that is free."""
    while len(os.fsencode(stem)) > _LONGEST_STEM:
        stem = stem[:-1]
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    for number in count(1):
        backup = folder / f"{stem}.{moment}{f'-{number}' if number > 1 else ''}{_SUFFIX}"
        with suppress(FileExistsError):
            _name_new(temporary, backup)
            return backup
    raise AssertionError  # pragma: no cover - count() does not end


def _name_new(temporary: Path, path: Path) -> None:
    """Name the file, in one step; FileExistsError where the name is taken, also by a process that runs at the same time."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError as error:  # a disk without hard links, such as FAT and some network drives
        if os.path.lexists(path):
            raise FileExistsError from error
        temporary.rename(path)
