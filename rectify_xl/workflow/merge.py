"""merge(): submissions -> Master, with the last round in view: what its master says is carried on."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import (
    check_executor,
    check_language,
    check_workers,
    normalise_campaign,
    normalise_day,
    normalise_path,
    normalise_paths,
)
from rectify_xl.workflow.validate import read_lists, start_reading, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike, DayLike, PathLike, PathsLike
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.decisions import Decided
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report


def merge(
    paths: PathsLike,
    *,
    campaign: CampaignLike | None = None,
    as_of: DayLike | None = None,
    strict: bool = False,
    base: PathLike | None = None,
    workers: int | None = None,
    lang: str = "zh",
    progress: Callable[[Submission], None] | None = None,
    executor: Executor | None = None,
) -> Master:
    """Read, judge and join submissions into a master.

    Args:
        paths: a file, a folder, or several of them.
        campaign: settings, roster and leaders, or the path of their folder; defaults without.
        as_of: the day on which overdue is judged, as a date or as text (2026-11-28, 2026/11/28, 2026年11月28日); today
            when absent.
        strict: keep rows with an error of family S or V out of the master; they are listed in ``held_back``.
        base: the last round's master, or the plan's own list of tasks: the lists are compared with it value by value, and it
            is continued. Decisions that the office made in it are applied first.
        workers: reading processes, as many as processors when absent.
        lang: language of the findings' messages.
        progress: called once per file read.
        executor: runs the reading of the files instead of processes on this computer, a batch of files per task
            (docs/scale.md): any ``concurrent.futures.Executor``, such as a Dask client's. It is left open.

    Raises:
        RectifyError: a path does not exist, a rule of the campaign is unknown, ``base`` is no master of this campaign, or
            another argument has a wrong value; no list was read.
        TypeError: an argument is of a wrong type.
    """
    given, settings, day = normalise_paths(paths), normalise_campaign(campaign), normalise_day(as_of)
    check_language(lang)
    check_workers(workers)
    check_executor(executor)
    lists: tuple[Submission, ...] | None = None
    if base is None:
        with start_reading(given, settings, workers, progress, executor) as reading:
            # Loaded in the time in which worker processes read the lists.
            from rectify_xl.ledger.granting import with_requests  # noqa: PLC0415
            from rectify_xl.ledger.merging import consolidated  # noqa: PLC0415

            lists = read_lists(reading)
        report = validate(
            given, campaign=settings, as_of=day, workers=workers, lang=lang, collected=True, lists=lists, executor=executor
        )
        return _finished(with_requests(consolidated(report, strict=strict), report), report)
    earlier = normalise_path(base, "base")
    if settings.schema_choice is None:
        # The base is read in that time.
        with start_reading(given, settings, workers, progress, executor) as reading:
            settings, decided, last = _compared(earlier, settings, day)
            lists = read_lists(reading)
    else:  # it says which columns they have
        settings, decided, last = _compared(earlier, settings, day)
    from rectify_xl.ledger.added_cells import settled  # noqa: PLC0415 - the first round needs none of it
    from rectify_xl.ledger.continuing import continued  # noqa: PLC0415 - as above
    from rectify_xl.ledger.granting import with_requests  # noqa: PLC0415 - it has loaded that

    with _baseline(decided.master) as with_baseline:
        report = validate(
            given, campaign=settings, as_of=day, workers=workers, lang=lang, collected=True, base=last, lists=lists,
            progress=progress, executor=executor,
        )  # fmt: skip
        master = continued(decided, report, base=earlier.as_posix(), strict=strict)
        return _finished(with_baseline(settled(with_requests(master, report))), report)


def _compared(base: Path, settings: Campaign, day: date | None) -> tuple[Campaign, Decided, Base]:
    from rectify_xl.workflow.base import compared  # noqa: PLC0415 - the first round needs none of it

    return compared(base, settings, day)


def _baseline(base: Master) -> AbstractContextManager[Callable[[Master], Master]]:
    """Makes the baseline of a base in which an office has worked (:func:`baseline_beside`); most are as we wrote them."""
    from rectify_xl.workbook.fingerprint import holds_work  # noqa: PLC0415 - the first round needs none of it

    if base.saved is None or not holds_work(base.saved.content):
        return nullcontext(lambda master: master)
    from rectify_xl.workbook.office_work import baseline_beside  # noqa: PLC0415 - as above

    return baseline_beside(base.saved)


def _finished(master: Master, report: Report) -> Master:
    report.collection.forget()
    return master
