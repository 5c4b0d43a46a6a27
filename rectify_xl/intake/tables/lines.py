"""One row below a header, and what it can be besides a task: total, example, instruction, title."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.intake.tables.around import is_title_line
from rectify_xl.intake.tables.composed import composed_value
from rectify_xl.intake.tables.person_and_phone import person_and_phone
from rectify_xl.intake.tables.ticks import ticked
from rectify_xl.schema.conversion import blank_to_none, is_blank, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header

_TOTAL = LazyPattern(
    r"(?:本页|本表|以上|全部|[本全各][省市县区局单位]{1,2})?(?:合计|总计|小计|共计|汇总|累计|总和|总数)(?:数量?|项[数目]?|任务|问题)?"
    r"[共计为]?(?:\d+[项个条件]?)?|(?:grand|sub)?total"
)
# A group's own total (水环境小计), where nothing but figures stands beside it.
_GROUP_TOTAL = LazyPattern(r".{1,10}(?:小计|合计)(?:数量?|项[数目]?)?")
_COUNT_ONLY = LazyPattern(
    r"(?:[共计其中已未在完成办结整改到位销号启动推进率为约占逾期:;,.、\d\s%‰()/\-+项个条件处家次元万亿]|问题|任务|隐患|事项)*"
)
_TASK_NUMBER = LazyPattern(
    r"(?:第|no\.?|№|#)?(?:(?!共|计|附件|表|图)[a-z\u4e00-\u9fff]{0,6}[-—–_.·#]?)?"
    r"[(\[【]?\d++(?:[-—–_./·()\[\]]{0,2}+[a-z\d]++)*[)\]】]?[、.:]?[项号条]?"
    r"|第?[(]?[〇零一二三四五六七八九十百]{1,5}[)]?[、.]?[项号条]?(?:[(]?[\d一二三四五六七八九十]{1,3}[)]?){0,2}|[a-z]{1,4}[).]?",
    re.IGNORECASE,
)
_EXAMPLE = LazyPattern(r"(?:填[写报])?(?:示例|样例|范例|例子|例如|例|样表)\d*")
_EXAMPLE_TEXT = LazyPattern(r"\s*(?:[((【\[](?:填[写报])?(?:示例|样例|范例|例)[))】\]]|(?:填[写报])?(?:示例|样例|范例)\s*[::])")
_NUMBERED_TABLE = LazyPattern(r"\s*(?:附件|附?表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-—]\d{1,2})?\s*[::]?")
_CONTINUED = LazyPattern(r"[((]?(?:续表|续上表|接上页|接上表|承上页|转下页|接下页|以下空白|此处空白|以下无正文|空白)\d*[))]?")
# What a printed page bears: 第1页 共3页, 共3页 第1页, - 1 -, 1/3页, Page 1 of 3.
_PAGE = LazyPattern(
    r"[((]?(?:第\d+页(?:[,/]?共\d+页)?|共\d+页[,/]?第\d+页|[-—–]\d+[-—–]|\d+/\d+页|page\d+(?:of\d+)?)[))]?", re.IGNORECASE
)
_INSTRUCTION = LazyPattern(
    r"填写|填报|请填|请按|必填|选填|照抄|下拉|单选|格式|例如|字以内|不超过|如实填|填姓名|一致"
    r"|^填|写[明清到]|[分逐][条项]|姓名\s*[+＋及和]\s*职务|年\s*[-—/.]\s*月\s*[-—/.]\s*日|^[\u4e00-\u9fff]{1,3}(?:/[\u4e00-\u9fff]{1,3}){1,4}$"
)
_LETTERS = LazyPattern(r"[A-Za-z\u3400-\u9fff]")
_LONGEST_NUMBER = 24
WIDE = 3
PAIR = 2
_LONGEST_MARK = 10
NUMBER_HEADINGS = frozenset({"序号", "编号", "序", "no"})
_LONGEST_ASIDE = 60


@dataclass
class Line:
    """One row as shown: mapped values and its own cells in reading order, as they stand (None where blank).

    ``number`` is the cell of its own task number, None where it has none.
    """

    row: int
    values: dict[str, Any]
    own: dict[tuple[int, int], Any]
    number: tuple[int, int] | None = None

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

    @cached_property
    def others(self) -> dict[tuple[int, int], Any]:
        """Its own cells without the number."""
        return {at: value for at, value in self.own.items() if at != self.number}

    @cached_property
    def has_words(self) -> bool:
        """Whether it says anything in words beside its number."""
        return any(has_words(value) for value in self.others.values())


def has_words(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    """Whether a cell holds words, and not only figures, a date or a sign."""
    return isinstance(value, str) and len(_LETTERS.findall(value)) > 1


def is_task_number(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    """Whether a cell of the number column numbers a task: 3, 3-1, 1.2, (一), ①, A-03, 隐患12.

    A date does, too: Excel makes one of 1-2.
    """
    if isinstance(value, str):
        folded = "".join(unicodedata.normalize("NFKC", value).split())
        return len(folded) <= _LONGEST_NUMBER and bool(_TASK_NUMBER.fullmatch(folded))
    return isinstance(value, int | float | date) and not isinstance(value, bool)


def read_line(sheet: Sheet, row: int, header: Header) -> Line:
    """A row with the values of merged cells filled in; a value merged down from above is not one of its own cells."""
    cells = {column: value for column, value in sorted(sheet.cells[row].items()) if not is_blank(value)}
    cells.pop(header.key_column or 0, None)  # the key is the office's, and says nothing of the task
    if row not in sheet.merged:  # as most are
        values = {key: cells.get(column) for key, column in header.columns.items()}
        values |= _spread(sheet, row, header)
        return _numbered({(row, column): value for column, value in cells.items()}, row, values, header)
    spanned = {key: header.shown_value(sheet, row, key) for key in header.columns}
    values = {key: None if is_blank(value) else value for key, value in spanned.items()}
    values |= _spread(sheet, row, header)
    # What a merge covers is not shown.
    own = {(row, column): value for column, value in cells.items() if sheet.anchor(row, column) == (row, column)}
    return _numbered(own, row, values, header)


def _spread(sheet: Sheet, row: int, header: Header) -> dict[str, Any]:
    """The values of the fields that are told in several columns, or two in one cell."""
    found = {key: ticked(sheet, row, ticks)[0] for key, ticks in header.ticks.items()}
    if header.phoned:
        found[header.phoned], found["phone"] = person_and_phone(blank_to_none(sheet.value(row, header.columns["phone"])))
    found |= {key: blank_to_none(sheet.value(row, header.column_of(sheet, row, key))) for key in header.otherwise}
    return found | {key: composed_value(sheet, row, composed) for key, composed in header.composed.items()}


def _numbered(own: dict[tuple[int, int], Any], row: int, values: dict[str, Any], header: Header) -> Line:
    at = (row, header.columns.get("task_id", 0))
    return Line(row, values, own, at if at in own and is_task_number(own[at]) else None)


def is_total(line: Line, header: Header) -> bool:
    """A row of totals: the word in one of its first cells, and no task's words beside it.

    A task may have the category 汇总, or begin with the word; it says something in the columns of tasks.
    """
    labels = [at for at, text in zip(line.own, line.texts(PAIR), strict=False) if _is_total_label(text, line)]
    if not labels:
        return False
    columns = {header.columns.get(key) for key in ("problem", "measures")}
    said = [at for at, value in line.others.items() if at != labels[0] and has_words(value) and not _is_count(value)]
    worded = any(at[1] in columns for at in said)
    return not worded if line.number is None else not said


def is_part_of_total(line: Line) -> bool:
    """Whether a row right below totals says of what they are made: the words of a state (其中：已完成) and counts beside it."""
    values = list(line.own.values())
    counted = all(_is_count(value) and not isinstance(value, date) for value in values)
    return line.number is None and len(values) > 1 and counted and has_words(values[0]) and len(line.first) <= _LONGEST_MARK


def _is_total_label(text: str, line: Line) -> bool:
    key = text_key(text) if len(text) <= _LONGEST_ASIDE else ""
    cells = list(line.own)
    figures = all(_is_count(line.own[at]) for at in cells[1:])
    # Right of the name of a group a figure is its count, be it in the column of the numbers.
    unnumbered = line.number is None or cells.index(line.number) > 0
    return bool(_TOTAL.fullmatch(key) or (figures and len(cells) > 1 and unnumbered and _GROUP_TOTAL.fullmatch(key)))


def _is_count(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    return not isinstance(value, str) or bool(_COUNT_ONLY.fullmatch(unicodedata.normalize("NFKC", value)))


def is_aside(line: Line) -> bool:
    """Examples and the remarks of a printed page: they hold words in the table's columns and are no tasks."""
    texts = line.texts(PAIR)
    if len(texts[0]) <= _LONGEST_ASIDE and _EXAMPLE.fullmatch(text_key(texts[0])):
        return True
    if any(_EXAMPLE_TEXT.match(text) for text in texts):
        return True
    alone = "".join(line.first.split()) if len(line.own) == 1 and len(line.first) <= _LONGEST_ASIDE else ""
    return bool(_CONTINUED.fullmatch(alone) or _PAGE.fullmatch(alone))


def is_remark(sheet: Sheet, line: Line, header: Header, last: TaskRow | None) -> bool:
    """Whether one text alone in its row is a remark on the list: it goes across the columns, or stands before or beside them."""
    if len(line.own) > 1 or line.number:
        return False
    (at,) = line.own
    if width_of(sheet, at) >= WIDE:
        return True
    if at[1] > header.width:
        return len(line.first) <= _LONGEST_MARK
    first = header.columns.get("task_id", header.left)
    return at[1] <= first and (last is None or at[1] not in (header.columns.get("problem"), header.columns.get("measures")))


def is_title(sheet: Sheet, line: Line, header: Header) -> bool:
    """The title of another list on the same sheet, or this list's own on another printed page."""
    at = next(iter(line.own))
    placed = width_of(sheet, at) >= WIDE or at[1] not in (header.columns.get("problem"), header.columns.get("measures"))
    numbered = _NUMBERED_TABLE.match(line.first)
    if numbered and len(line.own) == 1:  # whatever column the table begins in
        rest = line.first[numbered.end() :].strip()
        return not rest or is_title_line(rest)
    return len(line.own) == 1 and placed and is_title_line(line.first)


def is_instruction(line: Line) -> bool:
    """A row between header and tasks that numbers the columns (1 2 3, 甲 乙 1 2) or says how to fill them in."""
    texts = [text.strip().strip("()") for text in line.texts()]
    if len(texts) < WIDE:
        return False
    marks = [text for text in texts if text not in ("甲", "乙", "丙", "丁", "栏次")]
    if marks in ([str(number) for number in range(1, len(marks) + 1)], [chr(65 + at) for at in range(len(marks))]):
        return True
    return not line.numbered and sum(map(tells_how, texts)) * 2 > len(texts)


def tells_how(value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    """Whether a text says how to fill in a field: 逐条填写, 姓名+职务."""
    return isinstance(value, str) and bool(_INSTRUCTION.search(value))


def width_of(sheet: Sheet, at: tuple[int, int]) -> int:
    """Over how many columns a cell is merged."""
    merge = sheet.merge_at(*at)
    return merge.right - merge.left + 1 if merge else 1
