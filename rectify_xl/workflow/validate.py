"""validate(): the lists of units -> a :class:`Report` with every finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import (
    check_executor,
    check_language,
    check_workers,
    normalise_campaign,
    normalise_day,
    normalise_names,
    normalise_paths,
    normalise_severities,
)
from rectify_xl.campaign.schema_choice import chosen_by_files
from rectify_xl.intake.reading import Reading
from rectify_xl.validation.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike, DayLike, PathsLike
    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.base import Base
    from rectify_xl.common.findings import Severity
    from rectify_xl.intake.submission import Submission


def validate(
    paths: PathsLike,
    *,
    campaign: CampaignLike | None = None,
    as_of: DayLike | None = None,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    severity: Mapping[str, Severity | str] | None = None,
    workers: int | None = None,
    lang: str = "zh",
    collected: bool | None = None,
    base: Base | None = None,
    lists: tuple[Submission, ...] | None = None,
    progress: Callable[[Submission], None] | None = None,
    executor: Executor | None = None,
) -> Report:
    """Read and judge submissions.

    Args:
        paths: a file, a folder, or several of them.
        campaign: settings, roster and leaders, or the path of their folder; defaults without.
        as_of: the day on which overdue is judged, as a date or as text (2026-11-28, 2026/11/28, 2026年11月28日); today
            when absent.
        select: slug, code or family of the rules to run (one or several), instead of the campaign's choice.
        ignore: rules to leave out besides those the campaign leaves out.
        severity: rule -> severity (error, warning, info), on top of the campaign's.
        workers: reading processes, as many as processors when absent.
        lang: language of the messages, ``zh`` or ``en``.
        collected: whether the files are a whole collection, of which missing units and numbers are judged; by
            default they are when a folder is given.
        base: what the last master says (:func:`rectify_xl.workflow.base.compared`), for the rules that look back.
        lists: ``paths``, read already (:func:`start_reading`).
        progress: called once per file read.
        executor: runs the reading of the files instead of processes on this computer, a batch of files per task
            (docs/scale.md): any ``concurrent.futures.Executor``, such as a Dask client's. It is left open.

    Raises:
        RectifyError: a path does not exist, a rule is unknown, or another argument has a wrong value; nothing was read.
        TypeError: an argument is of a wrong type.
    """
    given, settings = normalise_paths(paths), normalise_campaign(campaign)
    day = normalise_day(as_of) or date.today()  # noqa: DTZ011 - the office's own calendar day
    selected, ignored = normalise_names(select, "select"), normalise_names(ignore, "ignore")
    choice = _with_options(settings.rules, selected, ignored, normalise_severities(severity))
    check_language(lang)
    check_workers(workers)
    check_executor(executor)
    if choice.names_rules:
        _check(choice)
    if lists is None:
        with start_reading(given, settings, workers, progress, executor) as reading:
            submissions = read_lists(reading)
    else:
        submissions = lists
    from rectify_xl.collection.assembly import make_collection  # noqa: PLC0415 - loaded while the lists were read
    from rectify_xl.validation.engine import run_rules  # noqa: PLC0415 - as above
    from rectify_xl.validation.exemptions import set_apart  # noqa: PLC0415 - as above

    _check(choice)
    chosen = chosen_by_files(settings, (one.fits for one in submissions))
    if chosen.schema is not settings.schema:
        # Most campaigns are read once: only another schema than the first asks for the rows once more.
        with start_reading(given, chosen, workers, None, executor) as again:
            submissions = again.result()
    settings = chosen
    if collected is None:
        collected = any(path.is_dir() for path in given)
    collection = make_collection(submissions, settings, day, collected=collected, base=base)
    judged = set_apart(collection, run_rules(collection, choice, lang=lang), choice)
    return Report(day, collection, judged.findings, judged.silenced, judged.idle, choice, lang)


def start_reading(
    paths: list[Path],
    settings: Campaign,
    workers: int | None,
    progress: Callable[[Submission], None] | None,
    executor: Executor | None = None,
) -> Reading:
    """Begin to read lists in worker processes; arguments as of :func:`validate`.

    Raises:
        RectifyError: the campaign names a rule that is unknown; nothing was read.
    """
    if settings.rules.names_rules:
        _check(settings.rules)
    return Reading(
        paths,
        settings.schema,
        units=settings.unit_keys,
        own_files=settings.own_files,
        candidates=settings.schema_choice.candidates if settings.schema_choice else (),
        workers=workers,
        progress=progress,
        executor=executor,
    )


def read_lists(reading: Reading) -> tuple[Submission, ...]:
    """Wait for lists. What judges them takes a while to load: time in which the worker processes already read."""
    import rectify_xl.collection.assembly  # noqa: PLC0415
    import rectify_xl.rules.selection  # noqa: PLC0415
    import rectify_xl.validation.engine  # noqa: F401, PLC0415
    from rectify_xl.collection.readings import load_readers  # noqa: PLC0415

    load_readers()
    return reading.result()


def _check(choice: RuleChoice) -> None:
    from rectify_xl.rules.selection import check_choice  # noqa: PLC0415 - loads every rule

    check_choice(choice)


def _with_options(
    rules: RuleChoice, select: tuple[str, ...], ignore: tuple[str, ...], severity: Mapping[str, Severity]
) -> RuleChoice:
    """The campaign's choice of rules with the caller's: a selection replaces, ignores and severities are added."""
    return replace(
        rules,
        select=select or rules.select,
        ignore=(*rules.ignore, *ignore),
        severity={**rules.severity, **severity},
    )
