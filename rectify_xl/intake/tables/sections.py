"""Heading rows inside a table: 一、水环境(5项), which give the category of the tasks below them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.submission import Section
from rectify_xl.intake.tables.around import DECLARED, is_title_line
from rectify_xl.intake.tables.lines import PAIR, WIDE, has_words, width_of
from rectify_xl.intake.tables.time_limits import limit_of_group
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line

SENTENCE = LazyPattern(r"[。;;!!]|请")
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_SECTION = LazyPattern(rf"\s*(?:{_CHINESE}\s*[、..]|[((]{_CHINESE}[))]|第{_CHINESE}(?:部分|类|方面|章))")
_NUMBERING = LazyPattern(rf"^\s*(?:{_CHINESE}\s*[、..]\s*|第{_CHINESE}(?:部分|类|章)\s*[::、]?\s*)")
_CHINESE_NUMBER = LazyPattern(rf"[((]?{_CHINESE}[))]?[、..]?")
_PLAIN_NUMBER = LazyPattern(r"\d{1,3}[.、]?")
_IN_BRACKETS = LazyPattern(r"[(（]\d{1,2}[)）]|[①-⑳⑴-⒇]")
_UPPER = LazyPattern(rf"\s*(?:{_CHINESE}\s*[、..．]|第{_CHINESE}(?:部分|类|方面|章))")
_LOWER = LazyPattern(rf"\s*[(（](?P<number>{_CHINESE})[)）]")
# How many there are, beside the name of a group: 共2项, 已完成0项.
_COUNTED = LazyPattern(r"[^\d。;；]{0,8}\d+\s*[项个件条处]")
_LONGEST_SECTION = 120
# A group that says itself that it is named by who answers for its tasks; 单位： alone may be that of a sum as well.
_LABELLED = LazyPattern(
    r"(?:(?P<lead_unit>(?:整改)?(?:责任|牵头|主责|承办)(?:责任)?(?:单位|部门|主体))"
    r"|(?P<bare>(?:填报|报送)?(?:单位|部门)(?:名称)?)|(?P<leader>(?:整改)?(?:责任|牵头|包抓|包保)领导))"
    r"\s*[:：]\s*(?P<said>[^\s。;；:：][^。;；:：]*)"
)
_SET_OFF = LazyPattern(r"【[^【】]*】|[〔\[][^\]〔〕]*[\]〕]|《[^《》]*》|★[^★]*★")
_PLACE = LazyPattern(r"(?:[省市州县旗区镇乡村]|街道|社区)$")  # where the tasks of a group are, and not who answers for them
# How a remark between the rows begins (※以上两项…), and no name of a group does.
_REMARK = LazyPattern(r"\s*(?:[※*★☆]|[以如][上下]|上述|上[列表]|前述|本[表页])")


def upper_group(sheet: Sheet, section: Section, before: Section | None, upper: Section | None) -> Section | None:
    """The group 一、 that a group belongs to or is; None where neither is written.

    Below each the groups (一) start again from the first: (三) right behind 二、 goes on from it.
    """
    if lower := _LOWER.match(section.text):
        goes_on = before is not None and _LOWER.match(before.text)
        return upper if goes_on or lower["number"] == "一" else None
    return section if _UPPER.match(shown(sheet.value(*from_a1(section.cell)))) else None


def within(section: Section | None, upper: Section | None) -> Section | None:
    """A group (一) by the name of the group 一、 above it and its own: each alone would say less than the list does."""
    if section is None or upper is None or upper == section:
        return section
    return replace(section, text=f"{upper.text} / {_LOWER.sub('', section.text).strip() or section.text}")


def section_of(sheet: Sheet, line: Line, header: Header, *, arabic: bool) -> Section | None:
    """A heading row: one text across the table, or 一 beside its text in a list whose tasks are numbered 1, 2, 3."""
    counted = _is_counted(sheet, line, header)
    if len(line.own) > PAIR and not (counted or _SECTION.match(line.first) or DECLARED.search(line.first)):
        return None  # as most rows are: a task
    places = list(line.own)
    texts = [text.strip() for text in line.texts()]
    if counted:
        places, texts = places[:1], texts[:1]
    if (
        arabic
        and len(texts) > PAIR
        and _CHINESE_NUMBER.fullmatch(texts[0])
        and all(map(_is_figure, list(line.own.values())[PAIR:]))
    ):
        places, texts = places[:PAIR], texts[:PAIR]  # the sums of a group stand beside its name
    if line.number is None and _SECTION.match(texts[0]) and all(map(_is_figure, list(line.own.values())[1:])):
        places, texts = places[:1], texts[:1]  # 一、水环境 and the sums of its tasks
    if len(texts[0]) > _LONGEST_SECTION or is_title_line(texts[0]):
        return None
    numbered = bool(_SECTION.match(texts[0]) or DECLARED.search(texts[0]))
    wide = width_of(sheet, places[0]) >= WIDE
    short = all(len(text) <= WIDE * 2 for text in texts[1:])
    # Alone in its row, and not further right than where a list numbered 1, 2, 3 has its problems.
    rightmost = header.columns.get("problem", 0) if arabic and not line.numbered else 0
    alone = len(texts) == 1 and places[0][1] <= max(rightmost, min(header.columns.values()))
    if numbered and (wide or alone) and short:
        return _made(sheet, places[0], texts[0])
    if len(texts) == 1 and wide and has_words(texts[0]) and not SENTENCE.search(texts[0]) and not _REMARK.match(texts[0]):
        return _made(sheet, places[0], texts[0])
    if len(texts) == PAIR and places[0][1] == header.columns.get("task_id") and len(texts[1]) <= _LONGEST_SECTION:
        across = _goes_across(sheet, places[1], header) and not is_statement(sheet, line, header)
        rightmost = max((header.columns[key] for key in ("problem", "category") if key in header.columns), default=PAIR)
        if across or (arabic and places[1][1] <= rightmost and _CHINESE_NUMBER.fullmatch(texts[0])):
            return _made(sheet, places[1], texts[1])
    return None


def _is_counted(sheet: Sheet, line: Line, header: Header) -> bool:
    """Whether a name goes across the columns of number and problem, and beside it stands nothing but how many there are."""
    first, *others = line.own
    over = {key for key, column in header.columns.items() if sheet.anchor(first[0], column) == first}
    figures = [shown(line.own[at]).strip() for at in others]
    named = len(over) >= WIDE and {"task_id", "problem"} <= over and has_words(line.own[first])
    return named and bool(figures) and all(map(_COUNTED.fullmatch, figures))


def _goes_across(sheet: Sheet, at: tuple[int, int], header: Header) -> bool:
    """Whether a text is merged over the columns of people and dates as well, as no task's is."""
    over = {key for key, column in header.columns.items() if sheet.anchor(at[0], column) == at}
    return len(over) >= WIDE and bool(over & {"leader", "lead_unit", "deadline"})


def led_by_groups(tasks: list[TaskRow], sections: list[Section], header: Header, is_unit: Callable[[str], bool]) -> list[TaskRow]:
    """Tasks in groups that are all named by a unit (县林业局（2项）), which leads them in a list without a column of units.

    Groups that are all named by a time limit (2026年9月底前完成（2项）, 长期坚持) limit them where no column does.
    A group that is named as one (责任单位：县林业局), or as the leader, leads those of its tasks that name none, whatever
    columns there are.
    """
    names = {section.cell: _bare_name(section) for section in sections}
    matches = {cell: match for cell, name in names.items() if (match := _LABELLED.fullmatch(name))}
    said = {cell: match for cell, match in matches.items() if not match["bare"] or is_unit(match["said"])}
    if said:
        found = [said.get(task.anchors.get("category", "")) for task in tasks]
        tasks = [
            _led(task, match["said"], "leader" if match["leader"] else "lead_unit") if match else task
            for task, match in zip(tasks, found, strict=True)
        ]
    limits = {cell: limit for cell, name in names.items() if (limit := limit_of_group(name))}
    if "deadline" not in header.columns and names and len(limits) == len(names):
        tasks = [_led(task, limits.get(task.anchors.get("category", "")), "deadline") for task in tasks]
    if (
        "lead_unit" in header.columns
        or not names
        or not all(is_unit(name) and not _PLACE.search(name) for name in names.values())
    ):
        return tasks
    return [_led(task, names.get(task.anchors.get("category", ""))) for task in tasks]


def _bare_name(section: Section) -> str:
    """The name of a group without the number of its tasks and the brackets that set it off: 【县林业局】（2项）."""
    name = DECLARED.sub("", unicodedata.normalize("NFKC", section.text)).strip()
    return name[1:-1].strip() if _SET_OFF.fullmatch(name) else name


def _led(task: TaskRow, said: str | None, key: str = "lead_unit") -> TaskRow:
    if said is None or task.values.get(key) is not None:
        return task
    anchors = {**task.anchors, key: task.anchors["category"]}
    return replace(task, values={**task.values, key: said}, anchors=anchors)


def is_statement(sheet: Sheet, line: Line, header: Header) -> bool:
    """Whether a numbered row says something of its task in one sentence across the columns (与第1项合并整改，不再单列。).

    That is neither the task, whose columns it fills, nor the name of a group.
    """
    if len(line.own) != PAIR or not line.numbered or line.number is None:
        return False
    (at,) = line.others
    return _goes_across(sheet, at, header) and bool(SENTENCE.search(shown(line.own[at])))


def parent_of(sheet: Sheet, line: Line, below: Line | None, header: Header) -> Section | None:
    """A row of a number and one text that the rows below divide: 1 above 1.1 and 1.2, above 1-1, or above (1)."""
    if below is None or line.number is None or len(line.own) != PAIR or not line.numbered or below.number is None:
        return None
    (at,) = line.others
    if not is_divided(line, below) or at[1] != header.columns.get("problem"):
        return None
    return _made(sheet, at, " ".join(shown(sheet.value(*at)).split())) if len(below.own) > PAIR else None


def is_divided(whole: Line, part: Line) -> bool:
    """Whether a row's number divides another's: 1.2 or 1-2 divides 1, and so do (2) and ② where 1 is plain."""
    number, written = (shown(line.values["task_id"]).strip() for line in (whole, part))
    number, divided = (unicodedata.normalize("NFKC", text) for text in (number, written))
    if re.fullmatch(rf"{re.escape(number)}[.\-—–]\d{{1,2}}[.、]?", divided):
        return True
    return bool(_PLAIN_NUMBER.fullmatch(number) and _IN_BRACKETS.fullmatch(written))


def first_group(sheet: Sheet, row: int) -> Section | None:
    """The group that a line alone in its row names as the first one (一、已完成的问题), for rows above the headings."""
    cells = sheet.own_cells(row)
    if len(cells) != 1:
        return None
    text = unicodedata.normalize("NFKC", shown(sheet.value(*cells[0]))).strip()
    return _made(sheet, cells[0], text) if re.match(r"一\s*[、..]", text) and len(text) <= _LONGEST_SECTION else None


def is_second_group(sheet: Sheet, section: Section) -> bool:
    """Whether a heading row is written as the second group: 二、."""
    row, column = from_a1(section.cell)
    return bool(re.match(r"\s*二\s*[、..．]", shown(sheet.value(row, column))))


def _is_figure(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    return isinstance(value, int | float) and not isinstance(value, bool)


def _made(sheet: Sheet, at: tuple[int, int], folded: str) -> Section:
    """The section of a heading cell, named as it is written, without its number."""
    declared = DECLARED.search(folded)
    number = _NUMBERING.match(folded)
    written = " ".join(shown(sheet.value(*at)).split())
    return Section(at[0], a1(*at), written[number.end() :] if number else written, int(declared[1]) if declared else None)
