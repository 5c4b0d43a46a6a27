"""Copies written by worker processes: the best kind of copy that can be made of each file, and every other file gets its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rectify_xl.common.atomic_write import Replacement
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.copies.annotation import original_of
from rectify_xl.copies.requests import CellCheck, CopyRequest
from rectify_xl.copies.sources import new_workbook_name
from rectify_xl.copies.wording import failure, special
from rectify_xl.workers.process import Failure, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from rectify_xl.copies.requests import CellValue, Mode, NotWritten
    from rectify_xl.copies.sources import Source
    from rectify_xl.workers.pool import Pool

WORKER = "rectify_xl.copies.worker"
# Processor time for one copy: 30,000 rows with 15,000 remarks take 20 s. It is counted by what the check has found in the
# file, since a small file may claim any size.
_LEAST_SECONDS, _SECONDS_PER_ROW, _SECONDS_PER_REMARK = 5.0, 0.001, 0.002
# What is left for another kind of copy of a file that has used all of that up: every kind tried at full length would add up.
_SECONDS_AGAIN = 2.5


@dataclass(frozen=True, slots=True, repr=False)
class Copy(ShortRepr):
    """A copy that was written: of which submission, where, and what it does not carry over."""

    file: str
    path: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A copy to be made: of which file, of which kind, and why it is not of the kind that the format allows."""

    source: Source
    mode: Mode
    reason: str = ""
    seconds: float = _LEAST_SECONDS

    @property
    def file(self) -> str:
        """The name under which the file is reported."""
        return self.source.submission.path


def first_order(source: Source) -> Order:
    """The best kind of copy that a file's format allows."""
    if source.submission.status == "rejected":
        return Order(source, "notice")
    return Order(source, "in-place" if source.editable else "rebuilt")


class CopyWriter:
    """Writes copies into a folder.

    Args:
        pool: worker processes.
        folder: where the copies go.
        names: submission -> name of its copy; where a copy becomes a new workbook, its name is changed here.
        fallback: the kind of copy to try after one that could not be made.
        lang: language of reasons.
    """

    def __init__(
        self, pool: Pool, folder: Path, names: dict[str, str], fallback: Mapping[Mode, Mode], originals: Iterable[Path], lang: str
    ) -> None:
        self._pool, self._folder, self._names, self._fallback, self._lang = pool, folder, names, fallback, lang
        self._originals = {path.resolve() for path in originals}
        self.copies: dict[str, Copy] = {}
        self.failed: dict[str, str] = {}  # file -> why no kind of copy could be made
        self.problems: list[RectifyError] = []  # a copy that cannot be put in its place, a full disk

    def write(self, orders: Sequence[Order], request: Callable[[Order], CopyRequest]) -> None:
        """Write copies; ``request`` says what is asked of the worker."""
        while orders:
            orders = self._write(orders, request)

    def _write(self, orders: Sequence[Order], request: Callable[[Order], CopyRequest]) -> list[Order]:
        """Write each copy once. Returns what to try next."""
        started: list[tuple[Order, Replacement]] = []
        again: list[Order] = []
        try:
            for order in orders:
                try:
                    started.append((order, self._replacement(order.file)))
                except RectifyError as error:
                    self.problems.append(error)
            jobs = [_job(replace(request(order), goal=str(new.path)), order.seconds) for order, new in started]
            for (order, new), answer in zip(started, self._pool.answers(jobs), strict=True):
                if isinstance(answer, tuple):
                    self._commit(order, new, answer)
                else:
                    again += self._next(order, failure(answer, self._lang), _seconds_after(answer))
        finally:
            for _, new in started:
                new.discard()
        return again

    def _replacement(self, file: str) -> Replacement:
        goal = self._folder / self._names[file]
        if goal.resolve() in self._originals:
            raise RectifyError(
                f"{goal}: 副本会覆盖原文件；请换一个文件夹", f"{goal}: the copy would overwrite an original; use another folder"
            )
        return Replacement(goal, goal.suffix.lower())

    def _commit(self, order: Order, new: Replacement, notes: tuple[str, ...]) -> None:
        try:
            new.commit()
        except RectifyError as error:
            self.problems.append(error)
            return
        # The path as the caller named the folder, not the resolved one under which the file was moved into place.
        self.copies[order.file] = Copy(order.file, self._folder / self._names[order.file], notes)

    def _next(self, order: Order, reason: str, seconds: float) -> list[Order]:
        mode = self._fallback.get(order.mode)
        if mode is None:
            self.failed[order.file] = reason
            return []
        if not self._names[order.file].lower().endswith(".xlsx"):
            others = [name for file, name in self._names.items() if file != order.file]
            self._names[order.file] = new_workbook_name(order.file, others)
        return [Order(order.source, mode, special(reason, self._lang), min(seconds, order.seconds))]

    def raise_problems(self) -> None:
        """Say what could not be written, after everything else was.

        Raises:
            RectifyError: there is something to say.
        """
        for file, why in self.failed.items():
            self.problems.append(RectifyError(f"{file}: 没有写出副本（{why}）", f"{file}: no copy ({why})"))
        if self.problems:
            zh, en = zip(*(problem.message for problem in self.problems), strict=True)
            raise RectifyError("；".join(zh), "; ".join(en))


class CellChecks:
    """Which cells of which files can be corrected, and the kind of copy that each file allows, found out by workers."""

    def __init__(self, pool: Pool, sources: Iterable[Source], lang: str) -> None:
        self._pool, self._lang = pool, lang
        self.orders = {source.submission.path: first_order(source) for source in sources}
        self.given_up: set[str] = set()

    def replaceable(self, cells: Mapping[str, Sequence[CellValue]]) -> Mapping[str, Collection[CellValue]]:
        """The cells of each file that hold just the text that was judged; none of a file that cannot be edited."""
        found: dict[str, Collection[CellValue]] = {file: frozenset() for file in cells}
        waiting = [file for file in cells if file not in self.given_up]
        while waiting:
            orders = [self.orders[file] for file in waiting]
            checks = [CellCheck(original_of(one.source), one.mode, self._lang, tuple(cells[one.file])) for one in orders]
            again = []
            jobs = [_job(check, order.seconds) for order, check in zip(orders, checks, strict=True)]
            for order, answer in zip(orders, self._pool.answers(jobs), strict=True):
                if isinstance(answer, frozenset):
                    found[order.file] = answer
                elif order.mode == "in-place" and _seconds_after(answer) == _LEAST_SECONDS:
                    self.orders[order.file] = Order(order.source, "rebuilt", special(failure(answer, self._lang), self._lang))
                    again.append(order.file)
                else:
                    self.given_up.add(order.file)
            waiting = again
        return found


def _seconds_after(answer: Failure | NotWritten) -> float:
    """What another kind of copy may take after one that could not be made."""
    return _SECONDS_AGAIN if isinstance(answer, Failure) and answer.kind in ("time", "ended") else _LEAST_SECONDS


def _job(request: CellCheck | CopyRequest, seconds: float) -> Job:
    rows = sum(len(table.rows) for table in request.original.tables)
    remarks = len(request.annotation.remarks) if isinstance(request, CopyRequest) and request.annotation else 0
    return Job(request, seconds + _SECONDS_PER_ROW * rows + _SECONDS_PER_REMARK * remarks)
