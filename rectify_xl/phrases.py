"""How deadline phrases are read, as lines: for the command ``deadline``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.deadline import KIND_LABELS, parse_deadline, reason_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rectify_xl.campaign import Campaign
    from rectify_xl.language.deadline import Deadline


def read_phrase(text: str, anchor: date, campaign: Campaign) -> Deadline:
    """Read one phrase as the campaign wants deadlines read."""
    return parse_deadline(text, anchor=anchor, options=campaign.deadline_options)


def phrase_lines(deadline: Deadline, lang: str) -> Iterator[str]:
    """What was read, why, and what else it could mean."""
    zh = lang == "zh"
    colon = "：" if zh else ": "
    kinds = "、".join(KIND_LABELS[kind][lang] for kind in deadline.kinds)
    due = "、".join(day.isoformat() for day in deadline.due) or ("没有可以核对的日期" if zh else "no day that could be checked")
    yield f"{deadline.text}  →  {due}  [{kinds}]"
    if deadline.next_due:
        yield f"  {'下一次' if zh else 'next'}{colon}{deadline.next_due.isoformat()}"
    if deadline.ambiguous:
        others = "、".join(day.isoformat() for day in deadline.alternatives)
        yield f"  {'不止一种理解' if zh else 'ambiguous'}{colon + others if others else ''}"
    for reason in deadline.reasons:
        yield f"  {reason_text(reason, lang)}"
    if deadline.rest:
        yield f"  {'后面混入' if zh else 'followed by'}{colon}{deadline.rest}"
