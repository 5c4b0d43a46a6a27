"""One row below a header, and what it can be besides a task: section, footer, note, total, example, instruction."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.intake.submission import Section
from rectify_xl.intake.tables.around import DECLARED, is_title_line
from rectify_xl.schema.conversion import is_blank, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.headings import Header

_CHINESE = r"[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(rf"\s*(?:{_CHINESE}\s*[、..]|[((]{_CHINESE}[))]|第{_CHINESE}(?:部分|类|方面|章))")
_NUMBERING = re.compile(rf"^\s*(?:{_CHINESE}\s*[、..]\s*|第{_CHINESE}(?:部分|类|章)\s*[::、]?\s*)")
_CHINESE_NUMBER = re.compile(rf"[((]?{_CHINESE}[))]?[、..]?")
_WHO = (
    r"(?:填表|填报|制表|审核|审批|审签|复核|报送|经办|编制|校对|签发|联系|(?:单位)?(?:主要|分管)?(?:负责|领导)|日期|电话|传真)"
    r"(?:人|单位|日期|时间|领导|电话|员|同志|方式|意见|及|、|和){0,4}"
)
_FOOTER = re.compile(rf"\s*{_WHO}\s*(?:[((]?(?:签字|签名|盖章|公章|签章|签批)[))]?)?\s*[::]")
_FOOTER_LABEL = re.compile(rf"{_WHO}(?:[((]?(?:签字|签名|盖章|公章|签章)[))]?)?|[((]?(?:盖章|公章|签章)[))]?")
_SEALED = re.compile(r".{0,30}[((](?:盖章|公章|签章|章)[))]\s*")
_STATEMENT = re.compile(
    r"\s*(?:(?:以上|上述|所[报填]|本表|我[单局县区市镇乡]|本[单局]).{0,20}(?:属实|真实|无误|准确)(?:性|可靠|有效|完整|负责)*"
    r"|情况属实|特此(?:说明|报告|报送|上报|证明))\s*[。.!]?\s*"
)
_NOTE = re.compile(r"\s*[*※★]?\s*(?:注|备注|说明|附注|注意事项|填[表写报]说明|填[表写报]要求|指标解释)\s*\d*\s*[::]")
_NOTE_LABELS = frozenset({"注", "备注", "说明", "附注", "填表说明", "填写说明", "填报说明", "填写要求", "填报要求", "注意事项"})
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|本页合计|本页小计|累计)(?:\d+项?|共\d+项?)?")
_EXAMPLE = re.compile(r"(?:填[写报])?(?:示例|样例|范例|例子|例如|例|样表)\d*")
_EXAMPLE_TEXT = re.compile(r"\s*(?:[((【\[](?:填[写报])?(?:示例|样例|范例|例)[))】\]]|(?:填[写报])?(?:示例|样例|范例)\s*[::])")
_CONTINUED = re.compile(r"[((]?(?:续表|续上表|接上页|接上表|承上页|转下页|接下页|以下空白|此处空白|以下无正文|空白)\d*[))]?")
_INSTRUCTION = re.compile(r"填写|填报|请填|请按|必填|选填|照抄|下拉|单选|格式|例如|字以内|不超过|如实填|填姓名|一致")
_SENTENCE = re.compile(r"[。;;!!]|请")
_SIGNED_DAY = re.compile(r"(?:20\d\d|二[〇○0]二.)\s*年\s*[\d一二三四五六七八九十]{0,3}\s*月\s*[\d一二三四五六七八九十]{0,3}\s*日")
_WIDE = 3
_PAIR = 2
_LONGEST_SECTION = 120
_LONGEST_SIGNATURE = 30
_LONGEST_ASIDE = 60


@dataclass
class Line:
    """One row as shown: mapped values and its own cells in reading order, as they stand (None where blank)."""

    row: int
    values: dict[str, Any]
    own: dict[tuple[int, int], Any]

    def texts(self, most: int | None = None) -> list[str]:
        """The texts of its own cells, the first ``most`` of them.

        Full-width letters, digits and punctuation are folded: 注： and 注: are one mark.
        """
        return [unicodedata.normalize("NFKC", shown(value)) for value in islice(self.own.values(), most)]

    @cached_property
    def first(self) -> str:
        """The text of the first cell."""
        return self.texts(1)[0].strip()

    @property
    def numbered(self) -> bool:
        """Whether it bears a task number of digits."""
        number = self.values.get("task_id")
        return number is not None and number_key(shown(number)).isdigit()


def read_line(sheet: Sheet, row: int, header: Header) -> Line:
    """A row with the values of merged cells filled in; a value merged down from above is not one of its own cells."""
    cells = {column: value for column, value in sorted(sheet.cells[row].items()) if not is_blank(value)}
    if row not in sheet.merged:  # as most are
        values = {key: cells.get(column) for key, column in header.columns.items()}
        return Line(row, values, {(row, column): value for column, value in cells.items()})
    spanned = {key: sheet.value(row, column) for key, column in header.columns.items()}
    values = {key: None if is_blank(value) else value for key, value in spanned.items()}
    # What a merge covers is not shown.
    own = {(row, column): value for column, value in cells.items() if sheet.anchor(row, column) == (row, column)}
    return Line(row, values, own)


def signature_rows(lines: list[Line], header: Header) -> set[int]:
    """The last rows where a list ends in a day standing alone, perhaps under the name of the unit that signs."""
    if not lines or not _is_day(lines[-1]):
        return set()
    last, above = lines[-1], lines[-2] if len(lines) > 1 else None
    ((_, column),) = last.own
    signed = above is not None and len(above.own) == 1 and not above.numbered and len(above.first) <= _LONGEST_SIGNATURE
    if signed and above is not None and next(iter(above.own))[1] == column:
        return {above.row, last.row}
    # A day alone in the column of deadlines, right below a task, may be that task's second deadline.
    is_deadline = column == header.columns.get("deadline") and above is not None and above.row == last.row - 1
    return set() if is_deadline else {last.row}


def _is_day(line: Line) -> bool:
    value = next(iter(line.own.values()))
    dated = isinstance(value, date) or _SIGNED_DAY.fullmatch(unicodedata.normalize("NFKC", shown(value)).strip())
    return len(line.own) == 1 and not line.numbered and bool(dated)


def is_footer(line: Line) -> bool:
    """Who filled in, checked or signed the list, or a note about it."""
    if line.numbered:
        return False
    first = line.first
    alone = len(line.own) == 1
    labelled = _FOOTER_LABEL.fullmatch(first) or text_key(first) in _NOTE_LABELS
    return bool(
        _FOOTER.match(first)
        or _NOTE.match(first)
        or labelled
        or (alone and (_SEALED.fullmatch(first) or _STATEMENT.fullmatch(first)))
    )


def is_note(line: Line) -> bool:
    """Whether notes begin here, which go on over the single cells below."""
    return bool(_NOTE.match(line.first)) or text_key(line.first) in _NOTE_LABELS


def is_aside(line: Line) -> bool:
    """Totals, examples and the remarks of a printed page: they hold words in the table's columns and are no tasks."""
    texts = line.texts(_PAIR)
    keys = [text_key(text) if len(text) <= _LONGEST_ASIDE else "" for text in texts]
    if any(_TOTAL.fullmatch(key) for key in keys) or _EXAMPLE.fullmatch(keys[0]):
        return True
    return any(_EXAMPLE_TEXT.match(text) for text in texts) or bool(len(line.own) == 1 and _CONTINUED.fullmatch(line.first))


def is_title(sheet: Sheet, line: Line, header: Header) -> bool:
    """The title of another list on the same sheet, or this list's own on another printed page."""
    at = next(iter(line.own))
    placed = _width(sheet, at) >= _WIDE or at[1] not in (header.columns.get("problem"), header.columns.get("measures"))
    return len(line.own) == 1 and placed and is_title_line(line.first)


def is_instruction(line: Line) -> bool:
    """A row between header and tasks that numbers the columns (1 2 3, 甲 乙 1 2) or says how to fill them in."""
    texts = [text.strip().strip("()") for text in line.texts()]
    if len(texts) < _WIDE:
        return False
    marks = [text for text in texts if text not in ("甲", "乙", "丙", "丁", "栏次")]
    if marks in ([str(number) for number in range(1, len(marks) + 1)], [chr(65 + at) for at in range(len(marks))]):
        return True
    matching = sum(bool(_INSTRUCTION.search(text)) for text in texts)
    return not line.numbered and matching * 2 > len(texts)


def section_of(sheet: Sheet, line: Line, header: Header, *, arabic: bool) -> Section | None:
    """A heading row: one text across the table, or 一 beside its text in a list whose tasks are numbered 1, 2, 3."""
    if len(line.own) > _PAIR and not (_SECTION.match(line.first) or DECLARED.search(line.first)):
        return None  # as most rows are: a task
    places = list(line.own)
    texts = [text.strip() for text in line.texts()]
    if len(texts[0]) > _LONGEST_SECTION or is_title_line(texts[0]):
        return None
    numbered = bool(_SECTION.match(texts[0]) or DECLARED.search(texts[0]))
    wide = _width(sheet, places[0]) >= _WIDE
    short = all(len(text) <= _WIDE * 2 for text in texts[1:])
    # Alone in its row, and not further right than where a list numbered 1, 2, 3 has its problems.
    rightmost = header.columns.get("problem", 0) if arabic and not line.numbered else 0
    alone = len(texts) == 1 and places[0][1] <= max(rightmost, min(header.columns.values()))
    if numbered and (wide or alone) and short:
        return _made(sheet, places[0], texts[0])
    if len(texts) == 1 and wide and not _SENTENCE.search(texts[0]):
        return _made(sheet, places[0], texts[0])
    if len(texts) == _PAIR and places[0][1] == header.columns.get("task_id") and len(texts[1]) <= _LONGEST_SECTION:
        over = {key for key, column in header.columns.items() if sheet.anchor(line.row, column) == places[1]}
        # No task's text goes across the columns of people and dates.
        across = len(over) >= _WIDE and over & {"leader", "lead_unit", "deadline"}
        if across or (arabic and _CHINESE_NUMBER.fullmatch(texts[0])):
            return _made(sheet, places[1], texts[1])
    return None


def _width(sheet: Sheet, at: tuple[int, int]) -> int:
    merge = sheet.merge_at(*at)
    return merge.right - merge.left + 1 if merge else 1


def _made(sheet: Sheet, at: tuple[int, int], folded: str) -> Section:
    """The section of a heading cell, named as it is written, without its number."""
    declared = DECLARED.search(folded)
    number = _NUMBERING.match(folded)
    written = " ".join(shown(sheet.value(*at)).split())
    return Section(at[0], a1(*at), written[number.end() :] if number else written, int(declared[1]) if declared else None)
