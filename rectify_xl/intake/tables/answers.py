"""What 是, √ and × mean below a heading that asks for a state: 是 below 是否销号 says 销号, and not only that work is done.

Signs and colours mean what the sheet itself says they do (√为已完成，○为整改中，红灯为未启动); one that it explains in two
ways, or not at all, is no state.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.intake.tables.heading_names import plain_key
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_ASKS = LazyPattern(r"是否(?:已经?)?(.{2,8})")
_YES = ("是", "已", "y", "yes", "√", "✓", "✔")
_SIGN = r"(?:[√✓✔×✗✘○●◎□■☑☒△▲▽▼◇◆☆★]|[红黄绿蓝橙](?:灯|色|牌))"
_SIGNS = LazyPattern(rf"{_SIGN}|[红黄绿蓝橙]")
_STATE = r"[\u4e00-\u9fff]{2,6}"
# √为已完成, ●—整改中, √:已完成; and the other way round: 已完成打√, 整改中的用○表示.
_LEGEND = LazyPattern(rf"(?P<sign>{_SIGN})\s*(?:[为是指:=—-]|代表|表示|即)*\s*[“\"]?(?P<state>{_STATE})")
_LEGEND_BACK = LazyPattern(
    rf"(?P<state>{_STATE}?)(?:的|者)?[”\"]?\s*(?:(?:请?[打划画填标用写]|标记|注明)\s*|[为:=]\s*)[“\"]?(?P<sign>{_SIGN})"
)
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


def assign_legend(sheet: Sheet, header: Header, schema: Schema) -> None:
    """Note what the signs below the heading of the state mean, where a line of the sheet says so.

    A heading that may name the state or something else names the state where such signs and nothing else stand below it.
    """
    if STATUS in header.ticks or STATUS not in schema:
        return
    if STATUS in header.columns:
        header.answers |= _explained(sheet, header, [header.columns[STATUS]], schema)
        return
    asked = [column for column, keys in header.open.items() if STATUS in keys]
    for column, said in _explained(sheet, header, asked, schema).items():
        if STATUS not in header.columns and _below(sheet, header, column) <= said.keys():
            header.columns[STATUS] = column
            header.answers[column] = said
            del header.open[column]


def _explained(sheet: Sheet, header: Header, columns: list[int], schema: Schema) -> dict[int, dict[str, str]]:
    """By column what its signs mean: the states that one line of the sheet or another gives them, each a single one."""
    known = schema[STATUS].choice_of
    signs = {column: {text for text in _below(sheet, header, column) if _SIGNS.fullmatch(text)} for column in columns}
    wanted = {_plain(sign) for found in signs.values() for sign in found}
    meant: dict[str, dict[str, str]] = {sign: {} for sign in wanted}
    for value in (value for cells in sheet.cells.values() for value in cells.values()) if wanted else ():
        if not isinstance(value, str) or not wanted.intersection(value):
            continue
        line = unicodedata.normalize("NFKC", value)
        readings = ([(_plain(one["sign"]), one["state"]) for one in legend.finditer(line)] for legend in (_LEGEND_BACK, _LEGEND))
        stated = ([(sign, word) for sign, word in pairs if sign in meant and text_key(word) in known] for pairs in readings)
        for sign, word in next(filter(None, stated), []):
            meant[sign].setdefault(known[text_key(word)], word)
    single = {sign: next(iter(words.values())) for sign, words in meant.items() if len(words) == 1}
    own = {column: {sign: single[_plain(sign)] for sign in found if _plain(sign) in single} for column, found in signs.items()}
    return {column: header.answers.get(column, {}) | said for column, said in own.items() if said}


def _plain(sign: str) -> str:
    """A sign as a legend and a cell may both write it: 绿 for 绿灯 and 绿色."""
    return sign[0]


def _below(sheet: Sheet, header: Header, column: int) -> set[str]:
    values = (cells.get(column) for row, cells in sheet.cells.items() if row > header.row)
    return {value.strip() for value in values if isinstance(value, str) and value.strip()}
