"""What stands around a table: its title, the reporting unit, the date of filling in, the number of tasks it announces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import clean_text
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.intake.grid import Sheet

DECLARED = LazyPattern(r"[((]\s*(?:共)?\s*(\d{1,4})\s*(?:项|个|条|件)(?:任务|问题)?\s*[))]\s*$")
_COUNT = LazyPattern(r"共(?:计|有)?\s*(\d{1,4})\s*(?:项|条|个|件)|(?<!第)(?<!\d)(\d{1,4})\s*(?:项|条|个)(?:整改)?(?:任务|问题)")
# Parts of a line, each of which says one thing: 全县共9项任务,我局牵头2项.
_CLAUSES = LazyPattern(r"[,;。()?!]")
_OWN = LazyPattern(r"(?:我|本)(?:单位|部门|级|省|市|县|区|乡|镇|街道|局|委|办|厅|院|校|公司|集团|中心|大队|支队)")
_ROLE = LazyPattern(r"牵头|配合|协办|协助|参与|主责|主办")
_OWN_COUNT = LazyPattern(r"(\d{1,4})\s*(?:项|条|个|件)")
_OF_THE_WHOLE = LazyPattern(r"全(?:省|市|县|区|州|盟|旗|域|部清单)|方案|各(?:单位|部门|县|区|乡|镇)")
_ADDRESSEE = LazyPattern(r"(?:主送|抄送|抄报|报送|呈报|呈送|上报|报|送|呈|致)(?:机关|对象)?\s*:.*|[^\d:]{2,24}:")
_TITLE = LazyPattern(
    r".*(?:清单|台[账帐]|(?:汇总|一览|情况|任务|分解|统计|明细|推进|进展|登记|整改)表)\s*(?:[((][^()()]*[))]\s*)*"
)
_PART = LazyPattern(r"[一二三四五六七八九十]{1,3}[、..]|[((][一二三四五六七八九十]")
_ATTACHMENT = LazyPattern(r"(?:附[件表]|表|密级|编号)\s*[\d一二三四五六七八九十]*(?:[-—]\d+)?\s*[::]?(?:内部|公开)?")
_SEAL = r"(?:[(](?:盖章|公章|签章|章|加盖公章)[)]|盖章)"
# Longer labels first: 填报单位 before 单位.
_UNIT_LABEL = r"(?:填报|报送|填表|上报|编报|报告|责任|编制|制表)单位(?:名称)?"
_UNIT = LazyPattern(
    rf"(?:(?P<full>{_UNIT_LABEL})|(?<![^\s])(?P<bare>单位(?:名称)?))\s*(?P<seal>{_SEAL})?\s*:\s*(?P<late>{_SEAL})?"
)
_UNIT_ALONE = LazyPattern(rf"(?:{_UNIT_LABEL}|单位(?:名称)?)\s*{_SEAL}?\s*:?")
_NEXT_LABEL = LazyPattern(
    r"(?:填报|填表|制表|审核|审批|报送|上报|编报|填写)(?:人|日期|时间|员|单位)|联系(?:人|电话|方式)|(?:主要|分管)?(?:负责|领导)人?"
    rf"(?:签字|[(]|\s*:)|电话|日期|时间|{_SEAL}"
)
_ORGANISATION = LazyPattern(
    r".*(?:局|委|委员会|办|办公室|部|厅|院|所|中心|公司|政府|管委会|集团|站|队|会|区|县|市|镇|乡|街道|组|校|厂|处)"
)
_FILLED = LazyPattern(
    r"(?:(?:填报|报送|填表|上报|制表|编报|填写)(?:日期|时间)|(?<!\S)日期)\s*:?\s*[^\d\s:]{0,4}\s*"
    r"(?:(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})|(20\d\d)([01]\d)([0-3]\d))(?!\d)"
)
_LATIN = LazyPattern(r"[A-Za-z(&][A-Za-z0-9&.,'()\-]*")
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Surroundings:
    """What the rows above a header and the footers below its table say.

    ``declared`` is the number of tasks that the list announces as its own, ``declared_cell`` and ``declared_text`` where
    and in which words.
    """

    title: str = ""
    title_cell: str | None = None
    unit: str = ""
    filled_on: date | None = None
    declared: int | None = None
    declared_cell: str | None = None
    declared_text: str = ""


def surroundings(sheet: Sheet, rows: Iterable[int], footers: list[str]) -> Surroundings:
    """Read the lines above a header and the footers below its table."""
    lines = [(row, list(_texts(sheet, row))) for row in rows]
    said = "\n".join(["  ".join(texts) for _, texts in lines] + footers_plain(footers))
    titles = [(row, text) for row, texts in lines for text in texts[:1] if _may_be_title("  ".join(texts), text)]
    named = [(row, text) for row, text in titles if is_title_line(text)]
    row, title = next(iter(named or titles), (0, ""))
    if titles and titles[0][0] < row:
        # A title over two lines is read as one; it stands where it begins.
        title = "".join(text for at, text in titles if at <= row)
        row = titles[0][0]
    counts = [(count, at, text) for at, text in titles for count in [_announced(text)] if count is not None]
    declared, at, text = counts[0] if counts else (None, 0, "")
    cell, declared_cell = (a1(found, min(sheet.cells[found])) if found else None for found in (row, at))
    return Surroundings(title, cell, _unit(lines, said), _filled_on(said), declared, declared_cell, text)


def unit_of(sheet: Sheet, rows: Iterable[int]) -> str:
    """The reporting unit that lines of a sheet name (填报单位：市水利局); nothing where they name none."""
    lines = [(row, list(_texts(sheet, row))) for row in rows]
    return _unit(lines, "\n".join("  ".join(texts) for _, texts in lines))


def _announced(text: str) -> int | None:
    """The number of tasks that a line announces for this list; one that is said of the whole county or plan is not meant.

    What the unit says of itself (我局牵头2项) comes first; several such numbers announce nothing that could be checked.
    """
    clauses = _CLAUSES.split(text)
    own = [(clause, count) for clause in clauses if _OWN.search(clause) for count in _OWN_COUNT.findall(clause)]
    if own:
        clause, count = own[0]
        roles = [other for other in clauses if other != clause and _ROLE.search(other) and _OWN_COUNT.search(other)]
        return None if len(own) > 1 or (roles and _ROLE.search(clause)) else int(count)
    for clause in clauses:
        found = None if _OF_THE_WHOLE.search(clause) else _COUNT.search(clause)
        if found:
            return int(next(filter(None, found.groups())))
    whole = DECLARED.search(text)
    return int(whole[1]) if whole else None


def footers_plain(footers: list[str]) -> list[str]:
    """Footers with full-width letters, digits and colons folded."""
    return [unicodedata.normalize("NFKC", footer) for footer in footers]


def is_title_line(text: str) -> bool:
    """Whether a text names a list as a whole (…整改任务清单) and not a part of it (一、…清单)."""
    plain = text.strip()
    return (
        len(plain) <= _LONGEST_TITLE
        and bool(_TITLE.fullmatch(plain))
        and not re.match(r"[一二三四五六七八九十]{1,3}[、..]", plain)
    )


def _may_be_title(line: str, text: str) -> bool:
    if _ADDRESSEE.fullmatch(text.strip()):
        return False
    return not (_UNIT.search(line) or _UNIT_ALONE.fullmatch(text) or _ATTACHMENT.fullmatch(text) or _FILLED.search(line))


def _texts(sheet: Sheet, row: int) -> Iterator[str]:
    """The texts of a row in plain characters, a merged cell once."""
    yield from filter(None, (_plain(sheet.value(*at)).strip() for at in sheet.own_cells(row)))


def _plain(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    if isinstance(value, datetime | date):
        return value.isoformat()
    return unicodedata.normalize("NFKC", clean_text(shown(value)).cleaned)


def _unit(lines: list[tuple[int, list[str]]], said: str) -> str:
    """The reporting unit as the list itself names it."""
    for _, texts in lines:
        for label, name in pairwise(texts):
            # Label and name in two cells.
            if _UNIT_ALONE.fullmatch(label) and not _NEXT_LABEL.match(name) and ":" not in name:
                found = _name_in(name)
                if found and (not label.startswith("单位") or _ORGANISATION.fullmatch(found)):
                    return found
    for match in _UNIT.finditer(said):
        found = _name_in(said[match.end() :].partition("\n")[0])
        # 单位:万元 is a unit of measurement.
        if found and (match["full"] or match["seal"] or match["late"] or _ORGANISATION.fullmatch(found)):
            return found
    return ""


def _name_in(text: str) -> str:
    """The name at the beginning of a text, up to the next label or a gap; a name written 水 利 局 is joined.

    A name in Latin letters is several words (City Water Bureau).
    """
    label = _NEXT_LABEL.search(text)
    parts = text[: label.start() if label else None].replace("_", " ").split()
    if parts and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    if parts and _LATIN.fullmatch(parts[0]):
        parts = [" ".join(takewhile(_LATIN.fullmatch, parts))]
    return parts[0].rstrip("。;,:") if parts and ":" not in parts[0] else ""


def _filled_on(said: str) -> date | None:
    """The day of filling in. A month without a day orders nothing and is left out."""
    for match in _FILLED.finditer(said):
        try:
            return date(*(int(part) for part in match.groups() if part))
        except ValueError:  # an impossible date says nothing about the order of files
            return None
    return None
