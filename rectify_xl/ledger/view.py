"""What every sheet needs of a master: its words in one language and its columns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.ledger.rows import label
from rectify_xl.ledger.sheets.tables import Column

if TYPE_CHECKING:
    from rectify_xl.ledger.contents import Contents
    from rectify_xl.ledger.entries import Entry
    from rectify_xl.schema.fields import Field

Words = dict[str, str]

MISSING: Words = {"zh": "未填写", "en": "missing"}
UNSET: Words = {"zh": "（未填写）", "en": "(none)"}


class View:
    """A master's contents with the words around them."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.lang = contents.lang
        self.schema = contents.campaign.schema

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return zh if self.lang == "zh" else en

    def column(self, known: Field) -> Column:
        """The column of a schema field."""
        return Column(known.label[self.lang], known.kind, known.width)

    def label(self, key: str) -> str:
        """The heading of a field; the key itself where the schema has no such field."""
        return label(self.schema, key, self.lang)

    def title(self, zh: str, en: str) -> str:
        """A sheet's title, with the campaign's name before it."""
        name = self.contents.campaign.name
        return f"{name} {self.say(zh, en)}" if name else self.say(zh, en)

    @property
    def checked(self) -> str:
        """Of which day the findings are, where the tasks were judged anew on another one; nothing where they were not."""
        day = self.contents.checked_on
        return self.say(f"校验于{day}", f"Checked on {day}") if day else ""

    @property
    def home(self) -> str:
        """What the first sheet is called."""
        return self.say("汇总", "Overview")

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The statuses there are, in order, and last the words for none."""
        return (*self.schema.states.words, UNSET[self.lang])

    def status(self, entry: Entry) -> str:
        """A task's status, or the words for none."""
        return entry.state.word if entry.state else UNSET[self.lang]
