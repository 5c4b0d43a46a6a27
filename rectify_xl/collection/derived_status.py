"""整改状态 where a list has no column for it: a task that is done by what other columns say counts as done.

By a day of completion, acceptance or strike-off, by 100 %, by the name of its group (一、已完成整改的问题) or its list, or by
progress that begins with a word for a state in which the work is done (已完成整改, 清运垃圾30吨) and says of nothing that it is
left. What a list says of a state that is not closed stays progress.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.choice_words import chosen
from rectify_xl.schema.fields import STATUS
from rectify_xl.schema.named_states import state_of_group, state_of_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.collection.place import Place, TableKey
    from rectify_xl.schema.fields import Field

_END_OF_CLAUSE = LazyPattern(r"[,，。;；:：!！\n]")
# What is left to do: 未, but not 未发现 and 未再出现; 还, but not 还田 and 还绿; 除, but not 拆除.
_LEFT = LazyPattern(
    r"未(?![发再见出])|没有完|尚|仍|还(?![原田林草湿绿耕])|待|正在|剩|其余|另有|计划|下一?步|预计|将|拟|^\s*除|仅|但|部分|继续|持续|推进"
    r"|(?<!\d)\d{1,2}(?:\.\d+)?[%％]"
)
# What goes on when all is done.
_CARE = LazyPattern(r"巩固|监[管测督]|巡[查护]|管[护控]|维护|回头看|督[导查促]|跟踪|长效|长期|常态|防[止范]|坚持|加强|强化")
_DAYS = ("completed_on", "accepted_on", "closed_on")
_SHORTEST = 2  # 是 says nothing outside its own column


def derive_status(status: Field, places: Sequence[Place], columns: Mapping[str, list[Any]]) -> dict[tuple[int, str], str]:
    """Fill the column of the status of tasks all of whose rows are done, in lists without that column.

    Args:
        status: the field.
        places: of the rows.
        columns: field key -> converted values, one per row; that of the status is filled in place.

    Returns:
        (position, field key of the status) -> the field whose cell says it, the status where the title of the list does.
    """
    of_task: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for position, place in enumerate(places):
        if STATUS not in place.table.columns:
            of_task[place.root].append(position)
    derived: dict[tuple[int, str], str] = {}
    completion = _Completion(status, places, columns)
    for positions in of_task.values():
        found = [said for position in positions if (said := completion.of(position))]
        if len(found) < len(positions):
            continue
        for position, (key, word) in zip(positions, found, strict=True):
            columns[STATUS][position], derived[position, STATUS] = word, key
    return derived


class _Completion:
    """What rows say of being done; each distinct text is read once."""

    def __init__(self, status: Field, places: Sequence[Place], columns: Mapping[str, list[Any]]) -> None:
        self._status, self._places, self._columns = status, places, columns
        self._closed = [state.word for state in status.states if state.closed]
        self._read: dict[str, str | None] = {}
        self._lists: dict[TableKey, str | None] = {}

    def of(self, position: int) -> tuple[str, str] | None:
        """The field that says so, and the state that it says; None where nothing does."""
        keys = (*_DAYS, "percent", "progress")
        values = {key: self._columns[key][position] for key in keys if key in self._columns}
        for day in _DAYS:
            if isinstance(values.get(day), date):
                return day, self._closed[0]
        text = values.get("progress")
        if isinstance(text, str):
            if text not in self._read:
                self._read[text] = self._said(text)
            if word := self._read[text]:
                return "progress", word
        done = values.get("percent")
        if not isinstance(done, bool) and done == 1:
            return "percent", self._closed[0]
        if word := self._of_group(position):
            return "category", word
        is_left = isinstance(text, str) and _is_left(_END_OF_CLAUSE.split(text))
        return (STATUS, word) if not is_left and (word := self._of_list(position)) else None

    def _of_group(self, position: int) -> str | None:
        """The state that the group of a task is named by; a column of categories names none."""
        if "category" in self._places[position].table.columns or "category" not in self._columns:
            return None
        text = self._columns["category"][position]
        if not isinstance(text, str):
            return None
        return state_of_group(self._status, text)

    def _of_list(self, position: int) -> str | None:
        """The state that the title of a list or the name of its sheet says of all its tasks."""
        place = self._places[position]
        if place.table_key not in self._lists:
            self._lists[place.table_key] = state_of_list(self._status, place.table.title, place.table.sheet)
        return self._lists[place.table_key]

    def _said(self, text: str) -> str | None:
        said, word = text, chosen(self._status, text)
        if word is None:
            said, *others = _END_OF_CLAUSE.split(text)
            word = None if _is_left(others) else chosen(self._status, said)
        return word if word in self._closed and len(text_key(said)) >= _SHORTEST else None


def _is_left(clauses: Iterable[str]) -> bool:
    """Whether clauses say that something is left to do; what goes on when all is done is not."""
    return any(_LEFT.search(clause) and not _CARE.search(clause) for clause in clauses)
