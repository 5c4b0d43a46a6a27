"""历次: the five figures of this round and of those before it, carried on from master to master."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.summary.counts import figure_labels, figures
from rectify_xl.summary.view import View

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.summary.contents import Contents


@dataclass(frozen=True, slots=True)
class Round:
    """One round's figures: all tasks, closed, overdue, due soon, without a clear deadline."""

    id: str
    as_of: date
    tasks: int
    closed: int
    overdue: int
    due_soon: int
    undated: int

    @property
    def figures(self) -> tuple[int, int, int, int, int]:
        """In the order of 汇总."""
        return self.tasks, self.closed, self.overdue, self.due_soon, self.undated

    @property
    def key(self) -> str:
        """By what a round is known: its id, or its day where it has none."""
        return self.id or self.as_of.isoformat()


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
