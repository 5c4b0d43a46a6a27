"""No row is lost in any format: generated lists written by hand as records, and by LibreOffice, many files at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rectify_xl.intake.submission import RowKind
from tests.support.biff8 import by_biff8
from tests.support.biff12 import by_biff12
from tests.support.conservation import account, check_conserved, check_numbered_rows_kept
from tests.support.counts import count
from tests.support.foreign_layouts import foreign_lists
from tests.support.layouts import task_lists
from tests.support.office import convert, needs_office
from tests.support.reading import read
from tests.support.workbooks import by_openpyxl

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from tests.support.foreign_layouts import Foreign
    from tests.support.layouts import Made
    from tests.support.workbooks import Layout

pytestmark = pytest.mark.slow

# WPS writes the records of .xls under a suffix of its own.
RECORDS = pytest.mark.parametrize(("name", "write"), [("a.xls", by_biff8), ("a.et", by_biff8), ("a.xlsb", by_biff12)])
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
# The same sheets in every run: a batch that fails is made again as it was.
DRAWN = settings(SLOW, phases=[Phase.generate], database=None, derandomize=True)


def check(submission: Submission, sheets: tuple[Layout, ...], tasks: frozenset[int] | None) -> None:
    """All rows are accounted for; ``tasks`` are the rows of a list of our own kind, None for lists of others."""
    check_conserved(submission, *sheets)
    check_numbered_rows_kept(submission, *sheets)
    if tasks is not None:
        kinds = account(submission, sheets[0].sheet)
        assert {row for row, kind in kinds.items() if kind in (RowKind.TASK, RowKind.PART)} == tasks
        assert RowKind.UNREAD not in kinds.values()


def rows_of(made: Made) -> frozenset[int]:
    return frozenset(task.row for task in made.expected)


# By records -----------------------------------------------------------------------------------------------------------


@RECORDS
@settings(SLOW, max_examples=count(10, 200))
@given(made=task_lists())
def test_lists_of_our_own_kind_in_records(name: str, write: Any, made: Made) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(read(write(Path(folder, name), made.layout)), (made.layout,), rows_of(made))


@RECORDS
@settings(SLOW, max_examples=count(12, 300))
@given(first=foreign_lists(), second=foreign_lists())
def test_lists_of_others_in_records(name: str, write: Any, first: Foreign, second: Foreign) -> None:
    sheets = (first.layout("甲"), second.layout("乙"))
    with tempfile.TemporaryDirectory() as folder:
        check(read(write(Path(folder, name), *sheets)), sheets, None)


# By LibreOffice -------------------------------------------------------------------------------------------------------

Workbook = tuple[tuple["Layout", ...], "frozenset[int] | None"]


def drawn(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """That many examples, the same in every run."""
    found: list[Any] = []

    @settings(DRAWN, max_examples=number)
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Workbook]:
    """The source of each file that LibreOffice is to convert, with what it holds."""
    folder = tmp_path_factory.mktemp("generated")
    own = [((made.layout,), rows_of(made)) for made in drawn(task_lists(), count(3, 200))]
    pairs = drawn(st.tuples(foreign_lists(), foreign_lists()), count(5, 250))
    others = [((first.layout("甲"), second.layout("乙")), None) for first, second in pairs]
    return {by_openpyxl(folder / f"{at:04}.xlsx", *sheets): (sheets, tasks) for at, (sheets, tasks) in enumerate([*own, *others])}


@needs_office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_lists_by_libreoffice(workbooks: dict[Path, Workbook], suffix: str, tmp_path: Path) -> None:
    converted = convert(list(workbooks), suffix, tmp_path)
    for path, (sheets, tasks) in zip(converted, workbooks.values(), strict=True):
        try:
            check(read(path), sheets, tasks)
            if suffix == "xls":
                check(read(path.rename(path.with_suffix(".et"))), sheets, tasks)
        except AssertionError as error:
            error.add_note(f"in {path.name}: {sheets}")
            raise
