"""历次: the five figures of this round and of those before it, carried on from master to master."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.counts import figure_labels, figures
from rectify_xl.ledger.master import Round
from rectify_xl.ledger.view import View

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.ledger.contents import Contents


def this_round(contents: Contents) -> Round:
    """The round that a master itself is about."""
    return Round(contents.campaign.round_id, contents.as_of, *figures(View(contents)))


def rounds_before(base: Contents, round_id: str, as_of: date) -> tuple[Round, ...]:
    """The rounds up to and with an older master's; this round's own entry, of an earlier merge, is not history."""
    mine = round_id or as_of.isoformat()
    return tuple(one for one in (*base.history, this_round(base)) if one.key != mine)


def round_labels(view: View) -> tuple[str, ...]:
    """The headings of the table 历次, by which a master read back finds it."""
    return (view.say("轮次", "Round"), view.say("统计截至", "As of"), *figure_labels(view))
