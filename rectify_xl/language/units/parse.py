"""The public parser: the text of a cell in, units by role out."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.language import LONGEST_CELL
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text import clean_text
from rectify_xl.language.units.expand import expand
from rectify_xl.language.units.model import FrozenMap, Item, Units, unique
from rectify_xl.language.units.places import is_collective
from rectify_xl.language.units.roles import read_roles
from rectify_xl.language.units.sections import with_lead_marked
from rectify_xl.language.units.split import is_complete
from rectify_xl.language.units.vocabulary import BROKEN, BROKEN_WORDS, NOTHING

if TYPE_CHECKING:
    import re

_BLANK = HanPattern(r"\s")
_SPREAD_LABEL = HanPattern(r"(?:责\s*任|牵\s*头|配\s*合|主\s*办|协\s*办)\s*(?:责\s*任\s*)?(?:单\s*位|部\s*门)(?=\s*:)")
_BROKEN = HanPattern("|".join([*(rf"(?<={pair[0]})\n(?={pair[1]})" for pair in BROKEN.split()), BROKEN_WORDS]))
_AROUND_MARK = HanPattern(r"\s*、\s*")  # a list goes on behind 、 whether or not the line does
_CIRCLED = HanPattern(r"[\u2460-\u2473\u2474-\u2487\u2776-\u277f]")
# 市水利局(措施①②): numbers of measures, and none of a list
_CIRCLED_MEASURES = HanPattern(r"(?<=[(（])((?:措施|任务|问题|第)?)([\u2460-\u2473]+)(?=[)）])")
_LABELLED = HanPattern(
    r"[(\[【〔]((?:牵头|责任|主责|主办|承办)(?:责任)?(?:单位|部门):(?:[^()\[\]【】〔〕]|[(\[【〔][^()\[\]【】〔〕]*[)\]】〕])+)[)\]】〕]"
)
_MARKS = HanPattern(r"[、,;\s]+")
_WHOLE = HanPattern(r"(?s)^[(\[【〔](.{3,})[)\]】〕][。.;]?$")
_MAX_LENGTH = 20_000  # longer than any cell of a list that Excel can show; keeps hostile input cheap


def normalise(text: str) -> str:
    """NFKC, Simplified script, no artefacts; numbers in circles become list separators."""
    counted = _CIRCLED_MEASURES.sub(_as_digits, text[:_MAX_LENGTH])
    cleaned = clean_text(_CIRCLED.sub(";", counted)).cleaned
    return unicodedata.normalize("NFKC", cleaned).replace("\r", "\n").replace("﹑", "、")


def _as_digits(match: re.Match[str]) -> str:
    return match[1] + "、".join(unicodedata.normalize("NFKC", sign) for sign in match[2])


def parse_units(text: object, *, first_leads: bool = False) -> Units:
    """Reads a 责任单位 cell.

    ``text`` may be anything; what is not a string holds no units (its text form is in ``unread``).
    ``first_leads``: where no unit is named as leading, the first of several leads (local practice in some
    cities). Of a text longer than :data:`~rectify_xl.language.LONGEST_CELL` characters the rest is in ``unread``. Never raises.
    """
    if not isinstance(text, str):
        return Units(unread="" if text is None else str(text))
    if len(text) <= LONGEST_CELL:
        return _parse(text, first_leads)
    units = _parse(text[:LONGEST_CELL], first_leads)
    return replace(units, unread=units.unread + text[LONGEST_CELL:])


@lru_cache(maxsize=16384)
def _parse(text: str, first_leads: bool) -> Units:  # noqa: FBT001 - positional for the cache
    plain = _AROUND_MARK.sub("、", normalise(text)[:LONGEST_CELL].strip())  # one character may be folded into eighteen
    if "\n" in plain:
        plain = _BROKEN.sub("", plain)
    plain = _SPREAD_LABEL.sub(lambda label: _BLANK.sub("", label[0]), plain)
    if _BLANK.sub("", plain).rstrip("。;,") in NOTHING:
        return Units()
    reading = read_roles(_unwrapped(with_lead_marked(plain)))
    items = reading.items
    expanded = expand(items)
    if first_leads and len(items) > 1 and not any(item.role == "lead" for item in items):
        items[0].role = "lead"
    unread = " ".join(filter(None, reading.unread))
    if ";" not in unicodedata.normalize("NFKC", text):  # the marks that list numbers were read as
        unread = unread.replace(";", " ")
    return _collect(items, expanded, open_list=reading.open_list, unread=unread)


def _unwrapped(text: str) -> str:
    """The list inside (责任单位:…), where a bracket holds the whole cell or stands behind prose."""
    labelled = _LABELLED.findall(text)
    if labelled:
        before = text[: _LABELLED.search(text).start()].strip("、,;。\n ")  # type: ignore[union-attr]
        listed = [name for name in _MARKS.split(before) if name]  # 甲局、乙局(牵头单位:丙局): a list as well
        return ";".join([before, *labelled] if listed and all(map(is_complete, listed)) else labelled)
    whole = _WHOLE.match(text)
    return whole[1] if whole and _balanced(whole[1]) else text


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in "([【〔") - (char in ")]】〕")
        if depth < 0:
            return False
    return depth == 0


def _collect(items: list[Item], expanded: dict[str, str], *, open_list: bool, unread: str) -> Units:
    lead = unique(item.text for item in items if item.role == "lead")
    cooperating = unique(item.text for item in items if item.role == "cooperating")
    named = {*lead, *cooperating}
    names = unique(item.text for item in items)
    measures: dict[str, tuple[int, ...]] = {}
    for item in items:
        if item.measures:
            measures[item.text] = tuple(sorted({*measures.get(item.text, ()), *item.measures}))
    return Units(
        lead=lead,
        cooperating=cooperating,
        responsible=tuple(name for name in names if name not in named),
        collective=tuple(name for name in names if is_collective(name)),
        per_measure=FrozenMap(measures),
        expanded=FrozenMap(expanded),
        names=names,
        open_list=open_list,
        unread=unread,
    )
