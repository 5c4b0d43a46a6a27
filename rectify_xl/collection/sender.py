"""Which units a file speaks for: by its 填报单位 line, its name, its title, its sheet, or the units that lead its tasks."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import clean_text
from rectify_xl.language.units import parse_units
from rectify_xl.provenance.stamp import UNIT

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.submission import Submission, Table
    from rectify_xl.language.units import Roster

_TITLE_TAIL = LazyPattern(r"(?:贯彻落实|关于|督察|整改|任务|问题|清单|台账|汇总|20\d\d|\d+年).*$")
# What comes after these words is whom the list goes to, or whom its sender helps; 月报 and 填报 are no such words.
_TO_WHOM = LazyPattern(
    r"(?:报送|上报|呈报|呈送|汇报|抄送|抄报|主送|报请|提交|发送|配合|协助|协同|(?<!一)致|送|呈"
    r"|(?:(?<=\d日)|(?<![月周旬季年日通简快公填]))报)(?:机关|至|给|到|于|向)?\s*:?\s*"
)
_NAME = LazyPattern(r"[^\s()\[\]【】_,;:。、\-—]+")
_AND = LazyPattern(r"[、,和及与]")
_BRACKETED = LazyPattern(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_LONGEST_NAME = 24
_LEVELS = ("省", "市", "州", "县", "区", "旗")
_LEAST_NAME = 4
# 某林业局 is another body, and so is 公安局交警支队.
_NAME_BEFORE = LazyPattern(r"[\u4e00-\u9fff](?<![月日年号件及和、])$")
_NAME_BEHIND = LazyPattern(r"[支大中分所站队院校科股室下属直交]")


@dataclass(frozen=True, slots=True)
class Reporting:
    """Whom a file or one of its tables speaks for.

    ``unit`` is the roster's name of the reporting unit (the name as written where the roster has none);
    ``covers`` all roster names the file counts for; ``written`` how the file itself names the unit.
    """

    unit: str
    covers: tuple[str, ...]
    written: str


def reporting_units(submission: Submission, campaign: Campaign) -> Reporting:
    """The reporting unit of a file and every roster unit it counts for (各县区 covers its members, every sheet its own unit)."""
    whole = _of_file(submission, campaign)
    tables = [reporting_of_table(submission, table, campaign, whole) for table in submission.tables]
    covers = (*whole.covers, *(name for table in tables for name in table.covers))
    return Reporting(whole.unit, tuple(dict.fromkeys(covers)), whole.written)


def reporting_of_table(submission: Submission, table: Table, campaign: Campaign, whole: Reporting) -> Reporting:
    """The reporting unit of one table: its own 填报单位, else the file's; where the file names none, its title or sheet."""
    own = table.unit_text.strip()
    if own and own != submission.unit_text.strip():
        return _by_text(own, campaign)
    if submission.unit_text.strip() or _named_in(_plain(_stem(submission)), campaign.roster):
        return whole
    return _by_title(table, campaign) or whole


def _of_file(submission: Submission, campaign: Campaign) -> Reporting:
    stem = _stem(submission)
    named = _named_in(_plain(stem), campaign.roster)
    written = submission.unit_text.strip()
    if written:
        found = _by_text(written, campaign)
        # A workbook that was dispatched to the unit speaks for nobody else, whoever's name the file bears.
        sent_to = submission.stamp.get(UNIT, "")
        others = () if sent_to and _by_text(sent_to, campaign).unit == found.unit else named
        return Reporting(found.unit, tuple(dict.fromkeys((*found.covers, *others))), written)
    if named:
        collective = campaign.roster.match(stem, on=campaign.issued).members
        return Reporting(stem if collective else named[0], named, stem)
    if titled := next(filter(None, (_by_title(table, campaign) for table in submission.tables)), None):
        return titled
    bare = _named_bare(_plain(stem), campaign.roster)
    return Reporting(bare[0], bare, stem) if bare else _by_leads(submission, campaign, stem)


def _by_text(written: str, campaign: Campaign) -> Reporting:
    """Whom the words beside 填报单位 name."""
    match = campaign.roster.match(written, on=campaign.issued)
    members = [unit.name for unit in match.members]
    found = [match.unit.name] if match.unit else members or [unit.name for unit in campaign.roster.find_in(written)]
    found = found or list(_named_bare(_plain(written), campaign.roster))
    own = match.unit.name if match.unit else (found[0] if found and not members else written)
    return Reporting(own, tuple(dict.fromkeys(found)), written)


def _by_title(table: Table, campaign: Campaign) -> Reporting | None:
    """Whom a table's title names: before the subject of the list or in brackets; else the name of its sheet."""
    title = _plain(table.title)
    head = _named_in(_TITLE_TAIL.sub("", title), campaign.roster)
    matches = (campaign.roster.match(inside, on=campaign.issued) for inside in _BRACKETED.findall(title))
    bracketed = tuple(match.unit.name for match in matches if match.unit)
    sheet = _named_in(_plain(table.sheet), campaign.roster)
    for names, text in ((head, table.title), (bracketed, table.title), (sheet, table.sheet)):
        if names:
            return Reporting(names[0], names, text)
    return None


def _by_leads(submission: Submission, campaign: Campaign, stem: str) -> Reporting:
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


def _stem(submission: Submission) -> str:
    return PurePosixPath(submission.path).stem


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_text(text).cleaned)


def _named_in(text: str, roster: Roster) -> tuple[str, ...]:
    """The roster units that a text names as senders: those it is addressed to are left out."""
    return tuple(unit.name for unit in roster.find_in(_without_addressees(text, roster)))


def _named_bare(text: str, roster: Roster) -> tuple[str, ...]:
    """The roster units that a text names without their level, 林业局 for 市林业局; none that could be another body."""
    found = {}
    for bare, names in _levelless(roster).items():
        at = text.find(bare)
        stands = at >= 0 and not _NAME_BEFORE.search(text[:at]) and not _NAME_BEHIND.match(text[at + len(bare) :])
        if stands and len(names) == 1:
            found[at] = min(names)
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


@lru_cache(maxsize=8)
def _levelless(roster: Roster) -> dict[str, set[str]]:
    """Names without their level -> the units that could be meant."""
    bare: dict[str, set[str]] = {}
    for unit in roster.units:
        for name in (unit.name, *unit.aliases, *unit.former_names):
            if len(name) >= _LEAST_NAME and name.startswith(_LEVELS):
                bare.setdefault(name[1:], set()).add(unit.name)
    return bare


def _without_addressees(text: str, roster: Roster) -> str:
    kept, start = [], 0
    for word in _TO_WHOM.finditer(text):
        end = _end_of_names(text, word.end(), roster) if word.start() >= start else 0
        if end:
            kept.append(text[start : word.end()])
            start = end
    return " ".join([*kept, text[start:]])


def _end_of_names(text: str, start: int, roster: Roster) -> int:
    """Where the roster's names end that stand at ``start``, one after the other; 0 where none stands there."""
    name = _NAME.match(text, start)
    if not name:
        return 0
    for length in range(min(len(name[0]), _LONGEST_NAME), 1, -1):
        match = roster.match(name[0][:length])
        if match.unit or match.members:
            end = start + length
            more = _AND.match(text, end)
            return (_end_of_names(text, more.end(), roster) if more else 0) or end
    return 0
