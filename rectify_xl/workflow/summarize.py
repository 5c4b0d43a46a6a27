"""summarize(): a master workbook judged again on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.ledger.reading import read_master

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master


def summarize(
    path: str | Path, *, campaign: Campaign | None = None, as_of: date | None = None, lang: str | None = None
) -> Master:
    """Judge a master anew: overdue, due soon and every figure as of another day (today when absent).

    Write it with :func:`rectify_xl.write_master`. What units reported, the findings and the conflicts stay as they are, also
    where ``lang`` asks for another language than the master's own: then headings, names of sheets and labels are in it.

    Raises:
        RectifyError: see :func:`read_master`.
    """
    master = read_master(path, campaign=campaign, as_of=as_of or date.today())  # noqa: DTZ011 - the office's own day
    return replace(master, lang=lang or master.lang)
