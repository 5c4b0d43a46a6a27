"""The states a task goes through, and what each of them means, as defined by ``states:`` of a schema's status field.

No other module knows a state's word: figures, rules, charts and papers ask for what a state means.
See docs/add-a-state.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.nearest import nearest
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import is_blank_text, text_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.schema.entry import FieldEntry

# Words stand in the workbook's COUNTIF criteria, where these are wildcards or comparisons, and in one line of a cell.
_NOT_IN_WORDS = '*?~"\r\n'
_NOT_AT_START = "<>="
_LONGEST_WORD = 32


@dataclass(frozen=True, slots=True, repr=False)
class State(ShortRepr):
    """One state of a task.

    ``word``: as the status column holds it; ``started``: work has begun; ``closed``: the unit's work is done (办结), so that
    the task can no longer be overdue; ``standing``: a lasting duty (长期), reviewed and never closed; ``reopened``: it was
    closed and has come back; ``struck_off``: taken off the ledger (销号), which needs an acceptance.
    """

    word: str
    started: bool = True
    closed: bool = False
    standing: bool = False
    reopened: bool = False
    struck_off: bool = False

    @property
    def under_way(self) -> bool:
        """Whether plain work goes on: begun, not done, and nothing special about it."""
        return self.started and not (self.closed or self.standing or self.reopened)


@dataclass(frozen=True, repr=False)
class States(ShortRepr):
    """The states of a schema in their order, by word; none where the schema has no states."""

    all: tuple[State, ...] = ()

    def __iter__(self) -> Iterator[State]:
        return iter(self.all)

    def __contains__(self, word: object) -> bool:
        return word in self._by_word

    def get(self, word: object) -> State | None:
        """The state with that word; None for any other value of a cell."""
        return self._by_word.get(word) if isinstance(word, str) else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in order."""
        return tuple(state.word for state in self.all)

    @cached_property
    def closed(self) -> tuple[str, ...]:
        """The words of the states in which the work is done."""
        return tuple(state.word for state in self.all if state.closed)

    @cached_property
    def _by_word(self) -> dict[object, State]:
        return {state.word: state for state in self.all}


_FLAGS = tuple(known.name for known in fields(State) if known.name != "word")


def read_states(entry: FieldEntry) -> tuple[State, ...]:
    """The states of a field's ``states:``, a mapping of words to flags.

    Raises:
        RectifyError: a word or a flag is wrong, flags contradict each other, or no state is closed.
    """
    defined = entry.settings["states"]
    if not isinstance(defined, dict) or not defined:
        raise entry.error("的 states 应写成“状态: {closed: true}”，一行一个", "states must map words to flags: {closed: true}")
    states = tuple(_state(entry, word, flags) for word, flags in defined.items())
    by_key: dict[str, str] = {}
    for state in states:
        other = by_key.setdefault(text_key(state.word), state.word)
        if other is not state.word:
            raise entry.error(
                f"的状态“{other}”和“{state.word}”读来一样；请改其中一个",
                f"states {other} and {state.word} read the same; change one",
            )
    if not any(state.closed for state in states):
        raise entry.error(
            "的 states 没有一个写 closed: true，任务就永远不会办结", "no state says closed: true, so that no task could be done"
        )
    return states


def _state(entry: FieldEntry, word: object, flags: object) -> State:
    if not isinstance(word, str):
        raise entry.error(f"的状态 {word} 不是文字；请加上引号", f"state {word} is not a text; put it in quotes")
    _check_word(entry, word)
    flags = {} if flags is None else flags
    if not isinstance(flags, dict):
        raise entry.error(
            f"的状态“{word}”后面应写成 {{closed: true}}，或留空", f"state {word} takes flags, {{closed: true}}, or nothing"
        )
    for flag, value in flags.items():
        if flag not in _FLAGS:
            near = nearest(str(flag), _FLAGS)
            raise entry.error(
                f"的状态“{word}”中有不认识的项 {flag}{near.zh}；可用：{'、'.join(_FLAGS)}",
                f"state {word}: unknown flag {flag}{near.en}; known: {', '.join(_FLAGS)}",
            )
        if not isinstance(value, bool):
            raise entry.error(
                f"的状态“{word}”的 {flag} 只能写 true 或 false，不能写 {value}",
                f"state {word}: {flag} must be true or false, not {value}",
            )
    state = State(word, **flags)
    _check_sense(entry, state)
    return state


def _check_word(entry: FieldEntry, word: str) -> None:
    if not text_key(word) or is_blank_text(word) or word != word.strip() or len(word) > _LONGEST_WORD:
        raise entry.error(
            f"的状态“{word}”不能用：应为 1 到 {_LONGEST_WORD} 个字，前后没有空格，也不能是“无”这样等于没填的话",
            f"state “{word}” must be 1 to {_LONGEST_WORD} characters without spaces around, and no word that counts as blank",
        )
    if word[0] in _NOT_AT_START or any(sign in _NOT_IN_WORDS for sign in word):
        raise entry.error(
            f"的状态“{word}”不能用：不能换行，不能含 * ? ~ 和英文引号，不能以 < > = 开头，Excel 会把它们当作条件",
            f"state “{word}” cannot be used: no line breaks, no * ? ~ or quotes, no < > = at the start; Excel reads conditions",
        )


def _check_sense(entry: FieldEntry, state: State) -> None:
    """See that the flags of a state do not contradict each other."""
    word = state.word
    kinds = [name for name in ("closed", "standing", "reopened") if getattr(state, name)]
    if not state.started:
        kinds.append("started: false")
    if len(kinds) > 1:
        raise entry.error(f"的状态“{word}”不能既是 {kinds[0]} 又是 {kinds[1]}", f"state {word} is both {kinds[0]} and {kinds[1]}")
    if state.struck_off and not state.closed:
        raise entry.error(
            f"的状态“{word}”写了 struck_off，就也要写 closed: true",
            f"state {word} is struck_off and has to be closed: true as well",
        )
