"""The state that the name of a group or of a list says: 一、已完成整改的问题（5项）, 某县已办结信访件清单."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.schema.choice_words import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.schema.fields import Field

_COUNT = LazyPattern(r"\s*[(（]?(?:共|计)*\d*[项个件条]?[)）]?$")
# Not 情况: 整改完成情况 and 已完成情况 say how far tasks are, and of none that it is done.
_LIST = LazyPattern(r"(?:清单|台[账帐]|汇总|一览|明细|名单)*表?$")
_ITEMS = LazyPattern(r"的?(?:问题|任务|事项|隐患|部分|类|信访件|举报件|案件|图斑)?$")
_WORK = LazyPattern(r"的?整改$")
# Where a title begins to say so; 未全部完成 says the contrary.
_SAYS = LazyPattern(r"(?<![未没不非待拟])(?:已|全部)")


def state_of_group(status: Field, name: str) -> str | None:
    """The state in which the work is done that a group of tasks is named by; None where it names none."""
    return next(_closed(status, _shortened(name)), None)


def state_of_list(status: Field, *names: str) -> str | None:
    """The state in which the work is done that a title of a list or the name of its sheet says of all its tasks.

    None where none says any. It begins with 已 or 全部: 销号清单 and 完成 may name what is still to be done.
    """
    said = (name[at.start() :] for title in names for name in _shortened(title) for at in _SAYS.finditer(name))
    return next(_closed(status, said), None)


def _shortened(name: str) -> Iterator[str]:
    """已完成整改的问题清单（5项）, and without what is listed: 已完成整改, 已完成."""
    yield (name := _COUNT.sub("", name.strip()))
    yield (name := _ITEMS.sub("", _LIST.sub("", name)))
    yield _WORK.sub("", name)


def _closed(status: Field, said: Iterable[str]) -> Iterator[str]:
    closed = {state.word for state in status.states if state.closed}
    yield from (word for text in said if text and (word := chosen(status, text)) in closed)
