"""Masters, reports and templates -> .xlsx. The only door to XlsxWriter."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import check_language, normalise_campaign, normalise_path
from rectify_xl.common.atomic_write import replace_file
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.master import Master
from rectify_xl.plans.model import Plan
from rectify_xl.workbook.backup import back_up, check_form_target, check_no_master, check_overwrite, check_tasks_target
from rectify_xl.workbook.comparison import comparison_package
from rectify_xl.workbook.fingerprint import holds_work, is_as_written
from rectify_xl.workbook.form import template_package
from rectify_xl.workbook.lookback import lookback_package
from rectify_xl.workbook.master import master_package
from rectify_xl.workbook.not_kept import NotKeptError
from rectify_xl.workbook.plan import plan_campaign, plan_package
from rectify_xl.workbook.report import report_package
from rectify_xl.workbook.verify import Checks, verify_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike, PathLike
    from rectify_xl.ledger.difference import Difference
    from rectify_xl.ledger.lookback import Sample
    from rectify_xl.template import Template
    from rectify_xl.validation.report import Report
    from rectify_xl.workbook.new_workbook import NewWorkbook

__all__ = [
    "NotKeptError", "check_form_target", "check_overwrite", "write_difference", "write_lookback",
    "write_master", "write_report", "write_tasks", "write_template",
]  # fmt: skip


def write_master(
    master: Master, path: PathLike, *, lang: str | None = None, backup_dir: PathLike | None = None, drop: bool = False,
    before_replacing: Callable[[Path], None] | None = None,
) -> Path | None:  # fmt: skip
    """Write the master workbook (docs/workbook.md), replacing an old one only by a complete, verified new one.

    A file that is there must be a master of the same campaign (by the name in its document properties; without a name, of
    none). Before it is replaced it is kept as ``<name>.YYYY-MM-DD-HHMMSS[-n].bak.xlsx``.

    What the office did besides in the workbook that ``master`` goes on from (the one there, where it goes on from none) is done
    again in the new one: sheets of its own, comments, colours, widths, hidden columns, filters and more (docs/workbook.md).

    Args:
        master: what merge, summarize or read_master returned.
        path: the workbook to make or replace, an .xlsx.
        lang: language of the workbook; the master's own by default.
        backup_dir: folder of the backup; beside the workbook when absent.
        drop: write also where some of the office's work cannot be kept.
        before_replacing: called with the finished workbook just before it takes its place; when it raises, nothing is replaced.

    Returns:
        The backup of the workbook that was replaced: a new file, or an earlier backup with the same bytes. None where there
        was no file, or it had the same bytes as the new one.

    Raises:
        NotKeptError: some of the office's work cannot be kept, and ``drop`` is not set; ``lost`` says what. Nothing was written.
        RectifyError: the file cannot be written or kept, or is no master of this campaign; the message says why. A file that
            was there is intact.
        TypeError: an argument is of a wrong type.
    """
    if not isinstance(master, Master):
        raise TypeError(f"master must be what merge, summarize or read_master returned, not {type(master).__name__}")
    path = normalise_path(path, "path")
    folder = None if backup_dir is None else normalise_path(backup_dir, "backup_dir")
    if lang is not None:
        check_language(lang)
    goal = check_overwrite(path, master.campaign)
    backup: Path | None = None

    def keep_old(new: Path) -> None:
        nonlocal backup
        backup = back_up(path, new, master.campaign, folder)
        if before_replacing:
            before_replacing(new)

    with _without_collection():
        content, checks = _finished(master, goal, lang or master.lang, drop=drop)
        _replace(path, content, checks, keep_old)
    return backup


def _finished(master: Master, goal: Path, lang: str, *, drop: bool) -> tuple[bytes, Checks]:
    """The bytes of a master with the office's work in it, and what they are checked against."""
    there = goal.read_bytes() if goal.exists() else b""
    source, origin = (master.saved.content, master.saved.path) if master.saved else (there, goal)
    lost: list[Text] = []
    work = None
    if source and holds_work(source):
        from rectify_xl.workbook.office_work import find_work, keep_work  # noqa: PLC0415 - most masters are as we wrote them

        work = find_work(source, origin, master.campaign, master.saved, drop=drop)
    if there and there != source and not is_as_written(there):
        zh = f"{goal.name} 中整改办的改动（这次以另一份台账为准）"
        lost.append(Text(zh, f"what the office changed in {goal.name} (this run goes on from another master)"))
    package = master_package(master, lang, work.widths if work else None)
    content, checks = package.close(), Checks(package.expected())
    if work and (kept := keep_work(work, origin, content, package.lists, lang, drop=drop)):
        content, lost = kept.content, lost + kept.lost
        checks = checks.with_kept(kept, source, origin)
    if lost and not drop:
        raise NotKeptError.of(tuple(lost), origin)
    return content, checks


def write_report(report: Report, path: str | Path, *, lang: str = "zh") -> None:
    """Write the findings of a validation as a workbook: 汇总 and 问题清单.

    Raises:
        RectifyError: the file cannot be written or is a master; the message says why. A file that was there is intact.
    """
    check_no_master(path)
    with _without_collection():
        _save(report_package(report, lang), path)


def write_difference(difference: Difference, path: PathLike, *, lang: str = "zh") -> None:
    """Write what differs between two masters as a workbook of one sheet.

    Args:
        difference: what :func:`rectify_xl.diff` returned.
        path: the workbook to make or replace, an .xlsx.
        lang: its language, ``zh`` or ``en``.

    Raises:
        RectifyError: the file cannot be written or is a master; the message says why. A file that was there is intact.
        TypeError: an argument is of a wrong type.
    """
    path = normalise_path(path, "path")
    check_language(lang)
    check_no_master(path)
    _save(comparison_package(difference, lang), path)


def write_lookback(master: Master, sample: Sample, path: PathLike, *, lang: str = "zh") -> None:
    """Write a look-back as a workbook to be filled in on the spot; the same sample gives the same bytes.

    Args:
        master: the ledger that it was drawn from.
        sample: what :func:`rectify_xl.ledger.lookback.sample_of` drew.
        path: the workbook to make, an .xlsx. One that is there may hold notes and is never replaced.
        lang: its language, ``zh`` or ``en``.

    Raises:
        RectifyError: a file is there, or it cannot be written.
        TypeError: an argument is of a wrong type.
    """
    path = normalise_path(path, "path")
    check_language(lang)
    if path.exists():
        raise RectifyError(
            f"{path}: 已经存在，可能填有核查结果，没有改动；请换一个文件名",
            f"{path}: exists already and may hold notes, so it was left alone; choose another name",
        )
    _save(lookback_package(master, sample, lang), path)


def write_tasks(plan: Plan, path: PathLike, *, campaign: CampaignLike | None = None, lang: str = "zh") -> None:
    """Write the tasks of a plan as a workbook with keys: a list for validate, a base for merge, and ready to dispatch.

    Beside the list stand what was doubtful, where each field stands in the document, and what the plan says of itself. The same
    plan gives the same bytes.

    Args:
        plan: what :func:`rectify_xl.read_plan` returned.
        path: the workbook to make, an .xlsx; one there is replaced only where it is such a list that nobody has changed.
        campaign: its name and columns; without, the plan's title and the columns of 整改任务清单.
        lang: language of the workbook, ``zh`` or ``en``.

    Raises:
        RectifyError: there are no tasks, another file is there, or the file cannot be written.
        TypeError: an argument is of a wrong type.
    """
    if not isinstance(plan, Plan):
        raise TypeError(f"plan must be what read_plan returned, not {type(plan).__name__}")
    path = normalise_path(path, "path")
    check_language(lang)
    given = None if campaign is None else normalise_campaign(campaign)
    if not plan.tasks:
        why = next(iter(plan.doubts[-1:]), None)
        zh, en = why.message if why else ("没有任务", "there are no tasks")
        raise RectifyError(f"{path}: 没有生成：{zh}", f"{path}: was not made: {en}")
    check_tasks_target(path)
    _save(plan_package(plan, given or plan_campaign(plan), lang), path)


def write_template(template: Template, path: str | Path) -> None:
    """Write a workbook to be filled in.

    Raises:
        RectifyError: the file cannot be written or is a master; the message says why. A file that was there is intact.
    """
    check_no_master(path)
    _save(template_package(template), path)


def _save(package: NewWorkbook, path: str | Path) -> None:
    content = package.close()
    _replace(path, content, Checks(package.expected()))


def _replace(path: str | Path, content: bytes, checks: Checks, before: Callable[[Path], None] | None = None) -> None:
    """Replace the file; ``before`` is called with the finished, verified new one."""

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    def verify(temporary: Path) -> None:
        verify_workbook(temporary, checks)
        if before:
            before(temporary)

    replace_file(path, write, verify)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hundreds of thousands of cells are made and none is garbage: looking for garbage meanwhile is a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
