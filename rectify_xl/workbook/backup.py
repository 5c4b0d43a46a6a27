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
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.private_files import make_private_file, make_private_folder
from rectify_xl.provenance.stamp import (
    AS_OF,
    BASE,
    CAMPAIGN,
    COMPARISON,
    KIND,
    LOOKBACK,
    MASTER,
    NOTICE,
    PLAN,
    REPORT,
    TEMPLATE,
    name_key,
)
from rectify_xl.workbook.cells import clean

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign

_SUFFIX = ".bak.xlsx"
_LONGEST_STEM = 200  # bytes; file systems allow 255 for the whole name
_KINDS = {
    REPORT: Text("本软件生成的校验报告", "a report of ours"),
    COMPARISON: Text("本软件生成的台账比较", "a comparison of ours"),
    LOOKBACK: Text("本软件生成的回头看清单", "a look-back of ours"),
    NOTICE: Text("本软件生成的退回说明", "a notice of ours to a unit"),
    TEMPLATE: Text("填报表", "a workbook for a unit to fill in"),
    PLAN: Text("由方案导入的任务清单", "the tasks of a plan"),
}


def check_overwrite(path: str | Path, campaign: Campaign) -> Path:
    """The target of a master with links followed, if it can be written and is free or a master of the same campaign.

    Raises:
        RectifyError: it cannot be written, or another file is there; the message says which and what to do.
    """
    goal = check_target(path)
    if goal.exists():
        _master_content(path, goal, campaign)
    return goal


def check_no_master(path: str | Path) -> Path:
    """The target of a report or a template with links followed, if it can be written and is no master.

    Raises:
        RectifyError: it cannot be written, or is a master, in which the office works and of which this would be no new version.
    """
    from rectify_xl.intake.document_properties import read_marks  # noqa: PLC0415 - see _master_content
    from rectify_xl.intake.refusal import Refused  # noqa: PLC0415
    from rectify_xl.intake.sniff import sniff  # noqa: PLC0415

    goal = check_target(path)
    if goal.is_file():
        try:
            sniff(goal)
            kind = read_marks(goal.read_bytes()).properties.get(KIND, "")
        except (Refused, OSError):  # whatever it is, it is no master of ours
            kind = ""
        if kind == MASTER:
            raise _refusal(path, Text("是总台账", "a master"))
    return goal


def check_form_target(path: str | Path) -> Path:
    """The target of a dispatched workbook with links followed, if it is free or holds one that nobody has saved since.

    Raises:
        RectifyError: it cannot be written, or another file is there, a workbook that somebody has filled in among them.
    """
    return _check_untouched(path, TEMPLATE, BASE, _FORM_WORDS)


def check_tasks_target(path: str | Path) -> Path:
    """The target of the tasks of a plan with links followed, if it is free or holds such a list that nobody has saved since.

    Raises:
        RectifyError: it cannot be written, or another file is there, a list that the office has worked in among them.
    """
    return _check_untouched(path, PLAN, KIND, _TASKS_WORDS)


# Why a file that is there is not replaced: nobody can tell what it is, it is another file, somebody has saved it.
_FORM_WORDS = (
    Text("认不出是不是派发过的填报表", "which is no workbook of an earlier dispatch"),
    Text("不是以前派发的填报表", "which is no workbook of an earlier dispatch"),
    Text("派发后有人存过，可能已经填报", "which somebody has saved since and may have filled in"),
)
_TASKS_WORDS = (
    Text("认不出是不是导入生成的任务清单", "which is no list made by an import"),
    Text("不是导入生成的任务清单", "which is no list made by an import"),
    Text("导入后有人存过，可能已经修改", "which somebody has saved since and may have changed"),
)


def _check_untouched(path: str | Path, kind: str, mark: str, words: tuple[Text, Text, Text]) -> Path:
    from rectify_xl.intake.document_properties import read_marks  # noqa: PLC0415 - see _master_content
    from rectify_xl.intake.refusal import Refused  # noqa: PLC0415
    from rectify_xl.intake.sniff import sniff  # noqa: PLC0415

    goal = check_target(path)
    unknown, other, saved = words
    if goal.exists():
        if not goal.is_file():
            raise _refusal(path, Text("不是普通文件", "no ordinary file"))
        try:
            sniff(goal)
            marks = read_marks(goal.read_bytes())
        except (Refused, OSError) as error:
            raise _refusal(path, unknown) from error
        if marks.properties.get(KIND) != kind or not marks.properties.get(mark):
            raise _refusal(path, other)
        made = f"{marks.properties.get(AS_OF)}T00:00:00"
        if marks.modified is None or not marks.modified.isoformat().startswith(made):
            raise _refusal(path, saved)
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
        if folder:
            make_private_folder(target)
        return _existing(target, content, goal) or _copy(content, goal, target, private=bool(folder))
    except OSError as error:
        why = os_reason(error)
        raise RectifyError(
            f"{path}: 原台账备份不到 {target}（{why.zh}），没有覆盖，原台账未改动；请检查该文件夹的权限和磁盘空间",
            f"{path}: the old master cannot be backed up to {target} ({why.en}), so it was not overwritten and is unchanged;"
            " check the permissions and the space there",
        ) from error


def _master_content(path: str | Path, goal: Path, campaign: Campaign) -> bytes:
    """The bytes of a master of the campaign."""
    # The readers are loaded only where there is a file to judge.
    from rectify_xl.intake.document_properties import read_marks  # noqa: PLC0415
    from rectify_xl.intake.refusal import Refused  # noqa: PLC0415
    from rectify_xl.intake.sniff import sniff  # noqa: PLC0415

    if not goal.is_file():  # a pipe would never end
        raise _refusal(path, Text("不是普通文件", "no ordinary file"))
    try:
        sniff(goal)
        content = goal.read_bytes()
    except Refused as refused:
        what = refused.description
        raise _refusal(
            path, Text(f"是{what.zh}，认不出是不是本活动的总台账", f"{what.en}, so it cannot be known for this campaign's master")
        ) from refused
    except OSError as error:
        why = os_reason(error)
        raise _refusal(path, Text(f"但读不出来（{why.zh}）", f"one that cannot be read ({why.en})")) from error
    properties = read_marks(content).properties
    kind = properties.get(KIND, "")
    if kind != MASTER:
        known = _KINDS.get(kind)
        raise _refusal(
            path,
            Text(f"是{known.zh}，不是总台账", f"{known.en} and no master")
            if known
            else Text("不是本软件生成的总台账", "no master of ours"),
        )
    theirs, ours = properties.get(CAMPAIGN, ""), clean(campaign.name)
    if name_key(theirs) != name_key(ours):
        raise _refusal(path, _mismatch(theirs, campaign.name if ours.strip() else ""), _CHECK_CAMPAIGN)
    return content


_OTHER_NAME = Text("请换一个文件名，或先把它改名、移到别处", "choose another name, or rename or move that file first")
_CHECK_CAMPAIGN = Text("请核对 --campaign，或换一个文件名", "check --campaign, or choose another name")


def _refusal(path: str | Path, what: Text, advice: Text = _OTHER_NAME) -> RectifyError:
    return RectifyError(
        f"{path}: 已有这个文件，{what.zh}，没有覆盖，也没有改动；{advice.zh}",
        f"{path}: there is such a file already, {what.en}; it was neither overwritten nor changed; {advice.en}",
    )


def _mismatch(theirs: str, ours: str) -> Text:
    """The campaign of the master that is there, and the campaign of this run."""
    there = (
        Text(f"是活动“{theirs}”的总台账", f"the master of “{theirs}”")
        if theirs.strip()
        else Text("是没有写明活动的总台账", "a master that names no campaign")
    )
    here = (
        Text(f"而本次的活动是“{ours}”", f"while this campaign is “{ours}”")
        if ours
        else Text("而本次没有指定活动", "while this run names no campaign")
    )
    return Text(f"{there.zh}，{here.zh}", f"{there.en}, {here.en}")


def _existing(folder: Path, content: bytes, goal: Path) -> Path | None:
    """A backup in the folder with these bytes. Links do not count: what they lead to may be about to change."""
    backups = (path for path in sorted(folder.iterdir()) if path.name.endswith(_SUFFIX) and not path.is_symlink())
    return next((path for path in backups if _holds(path, content, goal)), None)


def _holds(path: Path, content: bytes, goal: Path) -> bool:
    try:
        return path.stat().st_size == len(content) and not path.samefile(goal) and path.read_bytes() == content
    except OSError:  # what cannot be read is no backup; a new one is made
        return False


def _copy(content: bytes, goal: Path, folder: Path, *, private: bool) -> Path:
    """A complete copy under its final name, or none; in a campaign's own folder only its owner may read it."""
    temporary = new_beside(folder / goal.name)
    try:
        temporary.write_bytes(content)
        if private:
            make_private_file(temporary)
        else:
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
