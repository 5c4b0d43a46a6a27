"""What every sheet of a master is rendered with: the master, and its words in one language."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text, localise
from rectify_xl.ledger.lights import light_name
from rectify_xl.ledger.sheets.tables import Column
from rectify_xl.provenance.carried import KEY
from rectify_xl.schema.fields import PACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import Extras, TaskRecord
    from rectify_xl.schema.fields import Field

OVERVIEW = Text("汇总", "Overview")
MISSING = Text("未填写", "missing")
UNSET = Text("（未填写）", "(none)")


class SheetContext:
    """A master with the words around it in the language ``lang``."""

    def __init__(self, master: Master, lang: str) -> None:
        self.master = master
        self.lang = lang
        self.schema = master.campaign.schema

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return localise(self.lang, zh, en)

    def column(self, known: Field) -> Column:
        """The column of a schema field."""
        return Column(known.label[self.lang], known.kind, known.width, known.key)

    def label(self, key: str) -> str:
        """The heading of a field; the key itself where the schema has no such field."""
        return self.schema[key].label[self.lang] if key in self.schema else key

    def key(self, label: str) -> str:
        """The field with this heading; the heading itself where there is no such field, or more than one in either language."""
        return self._keys.get(label, label)

    @cached_property
    def _keys(self) -> dict[str, str]:
        labels = [known.label for known in self.schema.fields]
        once = {lang: Counter(label[lang] for label in labels) for lang in ("zh", "en")}
        return {
            known.label[self.lang]: known.key
            for known in self.schema.fields
            if all(counts[known.label[lang]] == 1 for lang, counts in once.items())
        }

    def title(self, zh: str, en: str) -> str:
        """A sheet's title, with the campaign's name before it."""
        name = self.master.campaign.name
        return f"{name} {self.say(zh, en)}" if name else self.say(zh, en)

    @property
    def checked(self) -> str:
        """Of which day the findings are, where the tasks are judged on another one; nothing where they are not."""
        day = self.master.checked_on
        return self.say(f"校验于{day}", f"Checked on {day}") if day else ""

    @property
    def overview_name(self) -> str:
        """What the first sheet is called."""
        return OVERVIEW.in_language(self.lang)

    @property
    def unset(self) -> str:
        """The words for a value that nobody gave."""
        return UNSET.in_language(self.lang)

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The statuses there are, in order, and last the words for none."""
        return (*self.schema.states.words, self.unset)

    @cached_property
    def is_paced(self) -> bool:
        """Whether any task that is not done says anything of its pace."""
        choices = self.schema.paces
        return any(task.values.get(PACE) in choices and not task.is_closed for task in self.master.tasks)

    def status(self, task: TaskRecord) -> str:
        """A task's status, or the words for none."""
        return task.state.word if task.state else self.unset


def key_column(context: SheetContext) -> Column:
    """The hidden column that says which task a row is about."""
    return Column(KEY.in_language(context.lang), width=9, key="key", hidden=True)


def light_column(context: SheetContext) -> Column:
    """The light that a task bears, where the campaign has conditions for lights."""
    return Column(context.say("预警灯", "Light"), "light", 8, "light")


def light_cells(context: SheetContext, task: TaskRecord) -> tuple[str | None, ...]:
    """The cell of :func:`light_column`; no cell where the campaign has no lights."""
    if context.master.campaign.lights is None:
        return ()
    lit = context.master.lights.of(task)
    return (light_name(lit.light, context.lang) if lit else None,)


def added_columns(extras: Iterable[Extras]) -> tuple[Column, ...]:
    """The columns that the office added to a sheet, in order of appearance."""
    return tuple(Column(heading, width=20, added=True) for heading in dict.fromkeys(heading for one in extras for heading in one))


def added_cells(columns: tuple[Column, ...], extras: Extras) -> tuple[Any, ...]:
    """A row's cells in the columns that the office added."""
    return tuple(extras.get(column.label) for column in columns)
