"""validate(): the lists of units -> a :class:`Report` with every finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.campaign.settings import Campaign, RuleChoice
from rectify_xl.intake.reading import Reading
from rectify_xl.validation.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.common.findings import Severity
    from rectify_xl.intake.submission import Submission

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission


def validate(
    paths: str | Path | Iterable[str | Path],
    *,
    campaign: Campaign | None = None,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Mapping[str, Severity] | None = None,
    workers: int | None = None,
    lang: str = "zh",
    collected: bool | None = None,
    progress: Callable[[Submission], None] | None = None,
) -> Report:
    """Read and judge submissions.

    Args:
        paths: files and folders.
        campaign: settings, roster and leaders; defaults without.
        as_of: the day on which overdue is judged, today when absent.
        select: slugs, codes or families of the rules to run, instead of the campaign's choice.
        ignore: rules to leave out besides those the campaign leaves out.
        severity: rule -> severity, on top of the campaign's.
        workers: reading processes, as many as processors when absent.
        lang: language of the messages, ``zh`` or ``en``.
        collected: whether the files are a whole collection, of which missing units and numbers are judged; by
            default they are when a folder is given.
        progress: called once per file read.

    Raises:
        RectifyError: a path does not exist, or a rule is unknown.
    """
    campaign = campaign or Campaign()
    day = as_of or date.today()  # noqa: DTZ011 - the office's own calendar day
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    own = campaign.own_files
    with Reading(
        given, campaign.schema, units=campaign.unit_keys, own_files=own, workers=workers, progress=progress
    ) as reading:
        # pandas and pandera take a second to load: time in which the worker processes already read.
        from rectify_xl.collection.assembly import make_collection  # noqa: PLC0415
        from rectify_xl.collection.readings import load_readers  # noqa: PLC0415
        from rectify_xl.rules.selection import check_choice  # noqa: PLC0415
        from rectify_xl.schema.columns import load_checks  # noqa: PLC0415
        from rectify_xl.validation.engine import run_rules  # noqa: PLC0415
        from rectify_xl.validation.exemptions import set_apart  # noqa: PLC0415

        choice = _with_options(campaign.rules, select, ignore, severity or {})
        check_choice(choice)
        load_readers()
        load_checks(campaign.schema)
        submissions = reading.result()
    if collected is None:
        collected = any(Path(path).is_dir() for path in given)
    collection = make_collection(submissions, campaign, day, collected=collected)
    judged = set_apart(collection, run_rules(collection, choice, lang=lang), choice)
    return Report(day, collection, judged.findings, judged.silenced, judged.idle, choice, lang)


def _with_options(
    rules: RuleChoice, select: Iterable[str], ignore: Iterable[str], severity: Mapping[str, Severity]
) -> RuleChoice:
    """The campaign's choice of rules with the caller's: a selection replaces, ignores and severities are added."""
    return replace(
        rules,
        select=tuple(select) or rules.select,
        ignore=(*rules.ignore, *ignore),
        severity={**rules.severity, **severity},
    )
