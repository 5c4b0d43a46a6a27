"""summarize(): a master workbook judged again on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import check_language, normalise_day, normalise_path
from rectify_xl.ledger.added_cells import settled
from rectify_xl.ledger.decision_findings import with_findings_of_decisions
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.reading import read_master

if TYPE_CHECKING:
    from rectify_xl.campaign.arguments import CampaignLike, DayLike, PathLike
    from rectify_xl.ledger.master import Master


def summarize(
    path: PathLike,
    *,
    campaign: CampaignLike | None = None,
    as_of: DayLike | None = None,
    lang: str | None = None,
    lookback: PathLike | None = None,
) -> Master:
    """Judge a master again: overdue, due soon and every figure as of another day (today when absent).

    Decisions that the office made in 冲突 and 待确认 are applied and logged.

    Write it with :func:`rectify_xl.write_master`. What units reported, the findings and the conflicts stay as they are, also
    where ``lang`` asks for another language than the master's own: then headings, names of sheets and labels are in it.

    Args:
        path: a workbook that :func:`rectify_xl.write_master` wrote, edited since or not.
        campaign: the settings it was made with, or the path of their folder.
        as_of: the day, as a date or as text.
        lang: language of the workbook to write, the master's own when absent.
        lookback: a workbook that ``rectify-xl lookback`` made, filled in; its results are written into the ledger and logged.

    Raises:
        RectifyError: see :func:`rectify_xl.read_master`, or an argument has a wrong value.
        TypeError: an argument is of a wrong type.
    """
    if lang is not None:
        check_language(lang)
    day = normalise_day(as_of) or date.today()  # noqa: DTZ011 - the office's own day
    read = read_master(path, campaign=campaign, as_of=day)
    if lookback is not None:
        from rectify_xl.ledger.lookback_results import with_lookback  # noqa: PLC0415 - seldom needed

        read = with_lookback(read, normalise_path(lookback, "lookback"))
    decided = with_decisions(read)
    master = with_findings_of_decisions(decided)
    return settled(replace(master, lang=lang or master.lang, notes=(*master.notes, *decided.done, *decided.notes)))
