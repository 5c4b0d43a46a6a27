"""Some of the values that a merge changed in the ledger, for a glance at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.console.difference_text import change_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.master import Master

_SOME = 4


def change_lines(master: Master, lang: str) -> Iterator[str]:
    """Some of the values that changed in the ledger, the states of tasks first."""
    changed = master.since_base.changed if master.since_base else ()
    first = sorted(changed, key=lambda change: change.field != "status")
    for change in first[:_SOME]:
        words = change_line(master.campaign.schema, change.field, change.old, change.new, lang)
        yield localise(lang, f"  任务 {change.task}（{change.unit}）：{words}", f"  task {change.task} ({change.unit}): {words}")
    if len(changed) > _SOME:
        yield localise(lang, f"  ……共 {len(changed)} 处", f"  … {len(changed)} in all")
