"""How deadline phrases are read, as lines: for the command ``deadline``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text, listed, localise
from rectify_xl.language.deadline import KIND_LABELS, effective_due, parse_deadline, reason_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.common.workdays import WorkCalendar
    from rectify_xl.language.deadline import Deadline


_SATURDAY = 5
_HOLIDAYS = Text(
    "这段时间有法定节假日或调休，按官方日历是 {count} 个工作日，日期请人工核对",
    "public holidays or make-up days fall into this time: {count} working days by the official calendar; check the date",
)
_UNKNOWN_YEAR = Text(
    "这段时间的法定节假日和调休尚未收录，日期请人工核对",
    "the public holidays of this time are not known yet; check the date",
)


def read_phrase(text: str, anchor: date, campaign: Campaign) -> Deadline:
    """Read one phrase as the campaign wants deadlines read."""
    return parse_deadline(text, anchor=anchor, options=campaign.deadline_options)


def due_by_rule(deadline: Deadline, campaign: Campaign) -> tuple[date | None, str]:
    """The day and the reason by which the campaign dates a phrase without a day of its own, as the ledger has them."""
    day, code = effective_due(deadline, campaign.deadlines.immediate, campaign.deadlines.long_term)
    return (None, "") if deadline.due or day is None else (day, code)


def phrase_json(deadline: Deadline, campaign: Campaign) -> dict[str, object]:
    """A reading as plain data, with the effective day and the code of its reason."""
    day, code = effective_due(deadline, campaign.deadlines.immediate, campaign.deadlines.long_term)
    return deadline.to_dict() | {"effective_due": day.isoformat() if day else None, "effective_reason": code}


def workday_note(deadline: Deadline, anchor: date, lang: str, calendar: WorkCalendar) -> str:
    """What the official calendar makes of a count of working days: a remark beside the date, which stays."""
    if "working-days" not in deadline.reasons or len(deadline.due) != 1:
        return ""
    days = [anchor + timedelta(days=step) for step in range(1, (deadline.due[0] - anchor).days + 1)]
    worked = [calendar.is_workday(day) for day in days]
    if None in worked:
        return _UNKNOWN_YEAR.in_language(lang)
    if all(works == (day.weekday() < _SATURDAY) for day, works in zip(days, worked, strict=True)):
        return ""
    return _HOLIDAYS.in_language(lang).format(count=worked.count(True))


def phrase_lines(deadline: Deadline, lang: str, campaign: Campaign, anchor: date) -> Iterator[str]:
    """What was read, why, and what else it could mean."""
    ruled, rule = due_by_rule(deadline, campaign)
    kinds = listed(lang, (KIND_LABELS[kind][lang] for kind in deadline.kinds))
    days = deadline.due or ((ruled,) if ruled else ())
    nothing = localise(lang, "没有可以核对的日期", "no day that could be checked")
    yield f"{deadline.text}  →  {_days(days, lang) or nothing}  [{kinds}]"
    if deadline.next_due:
        next_due = deadline.next_due.isoformat()
        yield localise(lang, f"  下一次：{next_due}", f"  next: {next_due}")
    if deadline.ambiguous:
        others = _days(deadline.alternatives, lang)
        zh, en = (f"：{others}", f": {others}") if others else ("", "")
        yield localise(lang, f"  不止一种理解{zh}", f"  ambiguous{en}")
    for reason in (*((rule,) if rule else ()), *deadline.reasons):
        yield f"  {reason_text(reason, lang)}"
    if note := workday_note(deadline, anchor, lang, campaign.calendar):
        yield f"  {note}"
    if deadline.rest:
        yield localise(lang, f"  后面混入：{deadline.rest}", f"  followed by: {deadline.rest}")


def _days(days: Iterable[date], lang: str) -> str:
    return listed(lang, (day.isoformat() for day in days))
