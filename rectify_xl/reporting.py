"""Which units a file speaks for: by its 填报单位 line, its name, its title, or the units that lead its tasks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rectify_xl.language.units import parse_units

if TYPE_CHECKING:
    from rectify_xl.campaign import Campaign
    from rectify_xl.model import Submission

_TITLE_TAIL = re.compile(r"(?:贯彻落实|关于|督察|整改|任务|问题|清单|台账|汇总|20\d\d|\d+年).*$")


@dataclass(frozen=True, slots=True)
class Reporting:
    """Whom a file speaks for.

    ``unit`` is the roster's name of the reporting unit (the name as written where the roster has none);
    ``covers`` all roster names the file counts for; ``written`` how the file itself names the unit.
    """

    unit: str
    covers: tuple[str, ...]
    written: str


def reporting_units(submission: Submission, campaign: Campaign) -> Reporting:
    """The reporting unit of a file and every roster unit it counts for (各县区 covers its members)."""
    roster = campaign.roster
    stem = PurePosixPath(submission.path).stem
    named = tuple(unit.name for unit in roster.find_in(stem))
    written = submission.unit_text.strip()
    covers = list(named)
    if written:
        match = roster.match(written, on=campaign.issued)
        members = [unit.name for unit in match.members]
        found = [match.unit.name] if match.unit else members or [unit.name for unit in roster.find_in(written)]
        covers = [*found, *named]
        own = match.unit.name if match.unit else (found[0] if found and not members else written)
        return Reporting(own, tuple(dict.fromkeys(covers)), written)
    if named:
        collective = roster.match(stem, on=campaign.issued).members
        return Reporting(stem if collective else named[0], named, stem)
    return _by_content(submission, campaign, stem)


def _by_content(submission: Submission, campaign: Campaign, stem: str) -> Reporting:
    for table in submission.tables:
        titled = campaign.roster.find_in(_TITLE_TAIL.sub("", table.title))
        if titled:
            return Reporting(titled[0].name, tuple(unit.name for unit in titled), table.title)
    leads: Counter[str] = Counter()
    for table in submission.tables:
        for task in table.rows:
            units = parse_units(task.values.get("lead_unit"))
            leads.update(units.lead[:1] or units.responsible[:1])
    if leads:
        name, count = leads.most_common(1)[0]
        match = campaign.roster.match(name, on=campaign.issued)
        # A list whose tasks mostly name one unit is that unit's; anything less would be a guess.
        if match.unit and count * 2 > leads.total():
            return Reporting(match.unit.name, (match.unit.name,), name)
    return Reporting(stem, (), "")
