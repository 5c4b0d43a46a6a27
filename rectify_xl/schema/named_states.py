"""The state that the name of a group or of a list says: 一、已完成整改的问题（5项）, 某县已办结信访件清单."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.schema.choice_words import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.schema.fields import Field

_COUNT = re.compile(r"\s*[(（]?(?:共|计)*\d*[项个件条]?[)）]?$")
_LIST = re.compile(r"(?:清单|台[账帐]|汇总|一览|明细|统计|情况|名单)*表?$")
_ITEMS = re.compile(r"的?(?:整改)?(?:问题|任务|事项|隐患|部分|类|信访件|举报件|案件|图斑)?(?:清单|情况)?$")
# Where a title begins to say so; 未全部完成 says the contrary.
_SAYS = re.compile(r"(?<![未没不非待拟])(?:已|全部)")


def state_of_group(status: Field, name: str) -> str | None:
    """The state in which the work is done that a group of tasks is named by; None where it names none."""
    bare = _COUNT.sub("", name.strip())
    return next(_closed(status, (bare, _ITEMS.sub("", bare))), None)


def state_of_list(status: Field, title: str) -> str | None:
    """The state in which the work is done that a list's title says of all its tasks; None where it says none."""
    bare = _ITEMS.sub("", _LIST.sub("", _COUNT.sub("", title.strip())))
    return next(_closed(status, (bare[at.start() :] for at in _SAYS.finditer(bare))), None)


def _closed(status: Field, said: Iterable[str]) -> Iterator[str]:
    closed = {state.word for state in status.states if state.closed}
    yield from (word for text in said if text and (word := chosen(status, text)) in closed)
