"""What 是, √ and × mean below a heading that asks for a state: 是 below 是否销号 says 销号, and not only that work is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.heading_names import plain_key
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_ASKS = re.compile(r"是否(?:已经?)?(.{2,8})")
_YES = ("是", "已", "y", "yes", "√", "✓", "✔")
_NO = ("否", "未", "n", "no", "×", "✗")


def assign_answers(header: Header, schema: Schema) -> None:
    """Note for each heading that asks for a state what an answer says, where the bare word means another state or none."""
    known = schema[STATUS].choice_of if STATUS in schema else {}
    for column, heading in header.headings.items() if known else ():
        asked = _ASKS.fullmatch(plain_key(heading))
        if not asked:
            continue
        said = {
            word: answer
            for words, answer in ((_YES, asked[1]), (_NO, f"未{asked[1]}"))
            for word in words
            if (meant := known.get(text_key(answer))) and meant != known.get(text_key(word))
        }
        if said:
            header.answers[column] = said


def answered(value: Any, answers: Mapping[str, str]) -> Any:  # noqa: ANN401 - a cell holds anything
    """What a cell says below such a heading: the state that its answer names, or its own value."""
    return answers.get(value.strip().lower(), value) if isinstance(value, str) else value
