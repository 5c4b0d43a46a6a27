"""A workbook of ours as it was saved: its cells, and what a master says of itself in its document properties."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.intake.refusal import DAMAGED, Refused
from rectify_xl.intake.sniff import sniff
from rectify_xl.ledger.deleted_questions import OpenQuestions
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.provenance.stamp import (
    AS_OF,
    CAMPAIGN,
    CHECKED_ON,
    FILES,
    FROM_LIST,
    HELD_ROWS,
    KIND,
    LANG,
    LAST_KEY,
    MADE_FROM,
    MASTER,
    OPEN_QUESTIONS,
    PLANNED,
    ROUND,
    SCHEMA,
)
from rectify_xl.rounds import VALUE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rectify_xl.intake.grid import Workbook

# A task has some forty cells in all sheets: what many lists within their limits were merged into can be read back.
MOST_CELLS = 10_000_000
# One text of 32,767 characters in every cell of a column unfolds to gigabytes where each of them is written anew. Our sheets
# repeat what a task says a dozen times at most.
MOST_CHARACTERS, MOST_REPEATED = 200_000_000, 20
_ENCRYPTED = "encrypted-file"


@dataclass(frozen=True)
class Stamp:
    """What a master says of itself in its document properties."""

    campaign: str
    round_id: str
    as_of: date
    lang: str
    files: int
    held_rows: int
    checked_on: date
    last_key: int
    questions: OpenQuestions
    from_list: bool
    planned: frozenset[str]
    made_from: str
    schema: str


def workbook_at(path: Path) -> Workbook:
    """The cells of an .xlsx of ours.

    Raises:
        RectifyError: it cannot be read.
    """
    return opened(content_of(path), path)


def content_of(path: Path) -> bytes:
    """The bytes of an .xlsx.

    Raises:
        RectifyError: it is none, or cannot be read.
    """
    try:
        if path.is_file() and sniff(path).name == "xlsx":
            return path.read_bytes()
    except Refused as refusal:
        raise _unreadable(path, refusal) from refusal
    raise RectifyError(
        f"{path}: 不是 .xlsx 台账，或没有这个文件；请给出由 merge 生成的台账",
        f"{path}: no .xlsx master, or no such file; name a master made by merge",
    )


def opened(content: bytes, path: Path) -> Workbook:
    """The cells of an .xlsx of ours from its bytes; ``path`` is for messages.

    Raises:
        RectifyError: it cannot be read.
    """
    try:
        workbook = read_xlsx(BytesIO(content), MOST_CELLS)
    except Refused as refusal:
        raise _unreadable(path, refusal) from refusal
    except (ValueError, LookupError, RecursionError, zlib.error) as error:  # what no spreadsheet program writes
        raise _unreadable(path, Refused("unreadable-file", reason=DAMAGED)) from error
    if _is_unfolded(workbook):
        raise _unreadable(path, Refused("resource-limit", reason=Text(
            f"同样的文字重复太多，合计超过 {MOST_CHARACTERS // 100_000_000} 亿字",
            f"the same texts again and again, more than {MOST_CHARACTERS:,} characters",
        )))  # fmt: skip
    for read in workbook.sheets:
        for (row, column), text in read.struck.items():
            read.cells[row].setdefault(column, text)  # what the office strikes out in its own master is still there
    return workbook


def _is_unfolded(workbook: Workbook) -> bool:
    """Whether a few texts are made into more than fits into the memory by standing in many cells."""
    total = sum(map(len, _texts(workbook)))
    return total > MOST_CHARACTERS and total > MOST_REPEATED * sum(map(len, set(_texts(workbook))))


def _texts(workbook: Workbook) -> Iterator[str]:
    for read in workbook.sheets:
        for cells in read.cells.values():
            yield from (value for value in cells.values() if isinstance(value, str))


def check_password(path: Path) -> None:
    """See that a file in which nothing was found is not one that nobody can open without its password.

    Raises:
        RectifyError: it has one.
    """
    try:
        sniff(path)
    except Refused as refusal:
        if refusal.slug == _ENCRYPTED:
            raise _unreadable(path, refusal) from refusal


def _unreadable(path: Path, refusal: Refused) -> RectifyError:
    why = refusal.reason
    if refusal.slug == _ENCRYPTED:
        return RectifyError(
            f"{path}: 设有打开密码，读不了；请用 Excel 或 WPS 打开，去掉打开密码，保存后再运行",
            f"{path}: has a password and cannot be read; open it in Excel or WPS, remove the password, save it, run this again",
        )
    return RectifyError(
        f"{path}: 打不开（{why.zh}）；请给出由 merge 生成的台账",
        f"{path}: cannot be opened ({why.en}); name a master made by merge",
    )


def read_stamp(workbook: Workbook, path: str | Path) -> Stamp:
    """The stamp of a master.

    Raises:
        RectifyError: the workbook is no master of ours, or its stamp was damaged.
    """
    properties: Mapping[str, str] = workbook.properties
    if properties.get(KIND) != MASTER:
        raise RectifyError(
            f"{path}: 不是本软件生成的台账（没有台账标记）；请给出由 merge 生成的台账",
            f"{path}: not a master of ours (it bears no stamp); name a master made by merge",
        )
    try:
        days = [date.fromisoformat(properties.get(key) or properties[AS_OF]) for key in (AS_OF, CHECKED_ON)]
    except (KeyError, ValueError) as error:
        raise RectifyError(
            f"{path}: 台账标记中的统计日期丢失或已损坏；请用 merge 重新生成，或改用备份",
            f"{path}: the as-of date in the stamp of the master is missing or damaged; make it again with merge, or use a backup",
        ) from error
    return Stamp(
        properties.get(CAMPAIGN, ""),
        properties.get(ROUND, ""),
        days[0],
        "en" if properties.get(LANG) == "en" else "zh",
        whole_number(properties.get(FILES, "")) or 0,
        whole_number(properties.get(HELD_ROWS, "")) or 0,
        days[1],
        whole_number(properties.get(LAST_KEY, "")) or 0,
        OpenQuestions.parsed(properties.get(OPEN_QUESTIONS, "")),
        properties.get(FROM_LIST, "") == "yes",
        _planned(properties),
        properties.get(MADE_FROM, ""),
        properties.get(SCHEMA, ""),
    )


def _planned(properties: Mapping[str, str]) -> frozenset[str]:
    """The marks of the plan's own values; each property holds whole ones."""
    texts = (text for name, text in properties.items() if name.startswith(PLANNED))
    return frozenset(text[at : at + VALUE_MARK] for text in texts for at in range(0, len(text), VALUE_MARK))
