"""merge(): submissions -> Master, with the last round in view: what its master says is carried on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.merging import consolidated
from rectify_xl.workflow.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master


def merge(
    paths: str | Path | Iterable[str | Path],
    *,
    campaign: Campaign | None = None,
    as_of: date | None = None,
    strict: bool = False,
    base: str | Path | None = None,
    workers: int | None = None,
    lang: str = "zh",
    progress: Callable[[Submission], None] | None = None,
) -> Master:
    """Read, judge and join submissions into a master.

    Args:
        paths: files and folders.
        campaign: settings, roster and leaders; defaults without.
        as_of: the day on which overdue is judged, today when absent.
        strict: keep rows with an error of family S or V out of the master; they are listed in ``held_back``.
        base: the last round's master, whose figures are carried on in 历次.
        workers: reading processes, as many as processors when absent.
        lang: language of the findings' messages.
        progress: called once per file read.

    Raises:
        RectifyError: a path does not exist, a rule of the campaign is unknown, or ``base`` is no master of this campaign.
    """
    earlier = None
    if base is not None:
        from rectify_xl.ledger.reading import read_master  # noqa: PLC0415 - the first round needs none of it

        # Before the lists are read: a wrong file is told at once.
        earlier = read_master(base, campaign=campaign)
    report = validate(paths, campaign=campaign, as_of=as_of, workers=workers, lang=lang, collected=True, progress=progress)
    if earlier is None:
        return consolidated(report, strict=strict)
    from rectify_xl.ledger.round_figures import rounds_before  # noqa: PLC0415 - as above

    rounds = rounds_before(earlier, report.collection.campaign.round_id, report.as_of)
    return replace(consolidated(report, strict=strict, rounds=rounds), notes=earlier.notes)
