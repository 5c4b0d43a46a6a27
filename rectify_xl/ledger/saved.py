"""A master workbook of ours, read back: what it shows, judged anew on another day.

The office works on in its master: it dates an acceptance, mends a deadline, adds a column. So the sheets are the truth here,
and nothing hidden in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import SEVERITY_LABELS, Severity
from rectify_xl.intake.formats.sniff import sniff
from rectify_xl.intake.formats.xlsx import read_xlsx
from rectify_xl.intake.refusal import Refused
from rectify_xl.ledger.rows import ABSENCES
from rectify_xl.ledger.saved_entries import Judge
from rectify_xl.ledger.saved_rounds import read_rounds
from rectify_xl.ledger.sheets import SHEETS, Contents
from rectify_xl.ledger.sheets.ledger_sheets import ledger_columns
from rectify_xl.ledger.view import View
from rectify_xl.provenance.stamp import AS_OF, CAMPAIGN, CHECKED_ON, FILES, HELD_ROWS, KIND, LANG, MASTER, ROUND
from rectify_xl.schema.conversion import without_midnight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.formats.grid import Sheet, Workbook
    from rectify_xl.ledger.rows import Rows
    from rectify_xl.ledger.sheets import ListSheet

_RECORDS = ("by_report", "not_reported", "conflicts", "findings", "changes")
_HEADING_ROWS = 60  # the office may put lines above the headings, not pages


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


def read_master(path: str | Path, *, campaign: Campaign | None = None, as_of: date | None = None) -> Contents:
    """Read a master back.

    Args:
        path: a workbook that :func:`rectify_xl.write_master` wrote, edited since or not.
        campaign: the settings it was made with; without, those that the file itself names.
        as_of: the day on which it is judged; the day of the master without.

    Raises:
        RectifyError: the file is no master of ours, of another campaign, or lacks a sheet or a column.
    """
    workbook = _workbook(Path(path))
    stamp = read_stamp(workbook, path)
    if campaign and campaign.name and stamp.campaign and campaign.name != stamp.campaign:
        raise RectifyError(
            f"{path}: 这是“{stamp.campaign}”的台账，与 --campaign 指定的“{campaign.name}”不同；请核对",
            f"{path}: this is the master of “{stamp.campaign}”, while --campaign names “{campaign.name}”; check which is meant",
        )
    campaign = campaign or Campaign(name=stamp.campaign)
    campaign = replace(campaign, round_id=stamp.round_id)
    empty = Contents(stamp.lang, campaign, as_of or stamp.as_of, (), dict.fromkeys(_RECORDS, ()))
    view = View(empty)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    tables = {key: _Table(path, sheets, make(view)) for key, make in SHEETS.items()}
    records = {key: tables[key].rows() for key in _RECORDS}
    reasons = tables["unclear_deadline"]
    told = {row[-1]: row[-2] for row in reasons.rows()} if reasons.found else {}
    judge = Judge(view, told, records["by_report"])
    keys = (*view.schema.keys, *ledger_columns(view))
    entries = tuple(judge.entry(dict(zip(keys, row, strict=False)), extras) for row, extras in tables["ledger"].with_extras())
    missing = ABSENCES["missing"][stamp.lang]
    levels = [SEVERITY_LABELS[level][stamp.lang] for level in Severity]
    return replace(
        empty,
        entries=entries,
        records=records,
        missing=tuple(row[0] for row in records["not_reported"] if row[1] == missing),
        files=stamp.files,
        levels=tuple(sum(row[1] == level for row in records["findings"]) for level in levels),
        held_rows=stamp.held_rows,
        history=read_rounds(path, sheets.get(view.home), view),
        checked_on=stamp.checked_on if stamp.checked_on != empty.as_of else None,
    )


def _workbook(path: Path) -> Workbook:
    try:
        if path.is_file() and sniff(path) == "xlsx":
            return read_xlsx(path)
    except Refused as refusal:
        why = refusal.reason
        raise RectifyError(
            f"{path}: 打不开（{why.zh}）；请给出由 merge 生成的台账",
            f"{path}: cannot be opened ({why.en}); name a master made by merge",
        ) from refusal
    raise RectifyError(
        f"{path}: 不是 .xlsx 台账，或没有这个文件；请给出由 merge 生成的台账",
        f"{path}: no .xlsx master, or no such file; name a master made by merge",
    )


def read_stamp(workbook: Workbook, path: str | Path) -> Stamp:
    """The stamp of a master.

    Raises:
        RectifyError: the workbook is no master of ours.
    """
    said: Mapping[str, str] = workbook.properties
    if said.get(KIND) != MASTER:
        raise RectifyError(
            f"{path}: 不是本软件生成的台账（没有台账标记）；请给出由 merge 生成的台账",
            f"{path}: not a master of ours (it bears no stamp); name a master made by merge",
        )
    return Stamp(
        said.get(CAMPAIGN, ""),
        said.get(ROUND, ""),
        date.fromisoformat(said[AS_OF]),
        said.get(LANG, "zh"),
        int(said.get(FILES, 0)),
        int(said.get(HELD_ROWS, 0)),
        date.fromisoformat(said.get(CHECKED_ON, said[AS_OF])),
    )


class _Table:
    """One list sheet, found by its headings wherever the office moved them."""

    def __init__(self, path: str | Path, sheets: Mapping[str, Sheet], content: ListSheet) -> None:
        self.found = content.name in sheets
        self._content = content
        self._sheet = sheets.get(content.name)
        self._path = path
        self._labels = [column.label for column in content.columns]

    def rows(self) -> Rows:
        """The cells of every row, in the order of the columns they were written in."""
        return tuple(row for row, _ in self.with_extras())

    def with_extras(self) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """Every row with the cells of columns that the office added, by heading."""
        if self._sheet is None:
            raise RectifyError(
                f"{self._path}: 台账缺少工作表“{self._content.name}”；请使用完整的台账",
                f"{self._path}: the master lacks the sheet “{self._content.name}”; use a complete one",
            )
        head, columns = self._head(self._sheet)
        added = {at: text for at, text in self._texts(head).items() if at not in columns}
        found = []
        for row in sorted(number for number in self._sheet.cells if number > head):
            cells = self._sheet.cells[row]
            values = tuple(without_midnight(cells.get(at)) for at in columns)
            if any(value is not None for value in values):
                found.append((values, {added[at]: without_midnight(cells[at]) for at in added if at in cells}))
        return found

    def _texts(self, row: int) -> dict[int, str]:
        assert self._sheet is not None  # noqa: S101 - with_extras has looked
        return {at: " ".join(value.split()) for at, value in self._sheet.cells.get(row, {}).items() if isinstance(value, str)}

    def _head(self, sheet: Sheet) -> tuple[int, list[int]]:
        """The row of the headings, and where each of ours stands; the sides of 冲突 are as many as there are."""
        first = self._labels[0]
        for row in sorted(sheet.cells)[:_HEADING_ROWS]:
            texts = self._texts(row)
            if first not in texts.values():
                continue
            places = {text: at for at, text in reversed(texts.items())}
            missing = [label for label in self._labels if label not in places]
            if len(missing) < len(self._labels) // 2 + 1:
                if missing:
                    raise RectifyError(
                        f"{self._path}“{sheet.name}”: 缺少列“{'”、“'.join(missing)}”；请恢复表头后重试",
                        f"{self._path} “{sheet.name}”: lacks “{'”, “'.join(missing)}”; restore the headings and try again",
                    )
                return row, [*(places[label] for label in self._labels), *self._more_sides(places)]
        raise RectifyError(
            f"{self._path}“{sheet.name}”: 找不到表头“{first}”；请恢复表头后重试",
            f"{self._path} “{sheet.name}”: the heading “{first}” is not there; restore the headings and try again",
        )

    def _more_sides(self, places: Mapping[str, int]) -> list[int]:
        if not self._labels[-1].endswith("2"):
            return []
        stems = [label[:-1] for label in self._labels[-3:]]
        more: list[int] = []
        number = 3
        while all(f"{stem}{number}" in places for stem in stems):
            more += [places[f"{stem}{number}"] for stem in stems]
            number += 1
        return more
