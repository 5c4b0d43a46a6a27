"""Under which name a unit is counted, where the name that somebody wrote is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import clean_text
from rectify_xl.language.units import is_collective, is_complete, is_unit_name
from rectify_xl.rules.value.polluted_text import POLLUTION, REACHED_AT

if TYPE_CHECKING:
    from rectify_xl.language.units.roster import Roster
    from rectify_xl.ledger.sheets.context import SheetContext

WRONG_NAME = Text("（单位名称有误）", "(wrong unit name)")
_EMPTY_BRACKETS = LazyPattern(r"[(\uff08\[【]\s*(?:联系人?|电话|邮箱|手机)?[::\uff1a\s]*[)\uff09\]】]")
_EDGES = " \t\r\n\u3000、,\uff0c;\uff1b:\uff1a/|-_"


class UnitNames:
    """The names that 按单位 and 汇总 count by. 总台账 and the lists go on showing what was written."""

    def __init__(self, context: SheetContext) -> None:
        campaign = context.master.campaign
        self._roster: Roster = campaign.roster
        self._issued = campaign.issued
        self._wrong = WRONG_NAME.in_language(context.lang)
        self._known: dict[str, str] = {}
        self._listed = campaign.unit_by_name  # whatever it looks like, the office has said that it is a unit

    def of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names to count a task under, each once."""
        return tuple(dict.fromkeys(map(self._of, names)))

    def _of(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = name if name in self._listed else self._judged(name)
        return self._known[name]

    def _judged(self, name: str) -> str:
        """A mail address or a telephone number beside a name is taken off; a number or advertising is no name.

        What remains is the roster's name where the roster has it. What the roster does not know is a unit only if it is
        shaped like the name of one, or stands for many; which unit anything else means is not guessed.
        """
        plain = _EMPTY_BRACKETS.sub("", REACHED_AT.sub("", name)).strip(_EDGES)
        if not is_unit_name(plain) or any(found.kind in POLLUTION for found in clean_text(plain, name=True).damage):
            return self._wrong
        match = self._roster.match(plain, on=self._issued)
        if self._roster.units and match.unit is None and not (is_complete(plain) or is_collective(plain)):
            return self._wrong
        if plain == name:
            return name
        return match.unit.name if match.unit else plain
