"""docs/library.md: every example is run and shows what the page shows; every public name stands in its reference."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rectify_xl as rx
from rectify_xl.common.short_repr import MOST_SHOWN
from rectify_xl.ledger.decision_records import ConflictSide
from rectify_xl.ledger.source_rows import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "library.md"
CLASSES = [getattr(rx, name) for name in rx.__all__ if inspect.isclass(getattr(rx, name))]
FUNCTIONS = [getattr(rx, name) for name in rx.__all__ if inspect.isfunction(getattr(rx, name))]
HOSTILE = "甲\n\r\x00乙" * 500
# What rules see; its parts are described where rules are (docs/add-a-rule.md).
FOR_RULES = {rx.Collection}


def test_every_example_shows_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    blocks = list(re.finditer(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    assert len(blocks) > 10
    shared: dict[str, Any] = {"__name__": "__main__"}
    runner = doctest.DocTestRunner(verbose=False)
    parser, said = doctest.DocTestParser(), []
    for block in blocks:
        line = text.count("\n", 0, block.start()) + 1
        test = parser.get_doctest(block[1], shared, "docs/library.md", str(PAGE), line)
        test.globs = shared  # the examples go on from block to block
        runner.run(test, out=said.append, clear_globs=False)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_library.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_entrance_shows_public_names_only() -> None:
    assert dir(rx) == sorted(rx.__all__)
    assert len(set(rx.__all__)) == len(rx.__all__)
    page = PAGE.read_text("utf-8")
    for name in set(rx.__all__) - {"__version__"}:
        found = getattr(rx, name)
        assert not name.startswith("_")
        assert found.__name__ == name
        assert f"`{name}`" in page or f"\n{name}(" in page
        assert inspect.getdoc(found)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = rx.nonsense  # type: ignore[attr-defined]


def classes_of_the_package() -> dict[str, set[str]]:
    """Class name -> the modules that define it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "rectify_xl").rglob("*.py"):
        for name in re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE):
            found.setdefault(name, set()).add(path.stem)
    return found


def annotations(kind: type) -> Iterator[tuple[str, str]]:
    """What the fields of a class hold, and what its public methods and properties return."""
    if is_dataclass(kind):
        yield from ((field.name, str(field.type)) for field in fields(kind))
    yield from ((name, str(annotation)) for name, annotation in getattr(kind, "__annotations__", {}).items())
    for name, member in vars(kind).items():
        function = getattr(member, "fget", getattr(member, "func", member))
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, str(inspect.signature(function).return_annotation)


# What one step of a merge hands to the next: nobody else makes one or looks into it.
HANDED_ON = {"Base", "Saved", "SinceBase"}


def test_every_type_that_is_returned_is_public() -> None:
    ours = {name for name in classes_of_the_package() if not name.startswith("_")} - HANDED_ON
    public = set(rx.__all__)
    missing = {
        (function.__name__, word)
        for function in FUNCTIONS
        for word in re.findall(r"\w+", str(inspect.signature(function)))
        if word in ours - public
    }
    missing |= {
        (f"{kind.__name__}.{name}", word)
        for kind in CLASSES
        if kind not in FOR_RULES
        for name, annotation in annotations(kind)
        if not name.startswith("_")
        for word in re.findall(r"\w+", annotation)
        if word in ours - public
    }
    assert missing == set()


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_repr_is_one_short_line_however_much_there_is(kind: type) -> None:
    if issubclass(kind, BaseException):
        shown = repr(kind(HOSTILE, HOSTILE))
    elif kind in (ConflictSide, SourceRow):
        shown = repr(kind(*[HOSTILE] * 3))
    elif is_dataclass(kind) and "ShortRepr" in [base.__name__ for base in kind.__mro__]:
        one = object.__new__(kind)
        for at, field in enumerate(fields(kind)):
            object.__setattr__(one, field.name, (HOSTILE, [HOSTILE] * 3, {HOSTILE: HOSTILE}, (HOSTILE,) * 9)[at % 4])
        shown = repr(one)
        assert shown.startswith(f"{kind.__name__}(")
    else:
        pytest.skip("see the test of results")
    assert "\n" not in shown
    assert shown.isprintable()
    assert len(shown) <= MOST_SHOWN


def test_the_reprs_of_results(tmp_path: Path) -> None:
    folder = ROOT / "samples" / "city"
    from dataclasses import replace

    campaign = replace(rx.load_campaign(folder), name=HOSTILE, issuer=HOSTILE)
    report = rx.validate(folder / "submissions", campaign=campaign, as_of="2026-11-21")
    master = rx.merge(folder / "submissions", campaign=campaign, as_of="2026-11-21")
    corrections = rx.fix(report, folder / "submissions", tmp_path / "fixed")
    shown = [repr(one) for one in (report, master, report.collection, campaign, campaign.schema, corrections, rx.Severity.ERROR)]
    shown += [repr(one) for one in (*report.findings, *report.submissions, *master.tasks, *master.reports, *corrections.changes)]
    assert all(len(line) <= MOST_SHOWN and line.isprintable() for line in shown)
    assert repr(rx.State("在办")) == "State(word='在办')"
    assert repr(report).startswith("<Report as of 2026-11-21: 26 files, 6 rejected, ")


CONSUMER = """
from datetime import date

import rectify_xl as rx

report: rx.Report = rx.validate("lists", campaign="office", as_of="2026-11-21", select="overdue")
days: list[str] = [finding.message for finding in report.findings if finding.severity is rx.Severity.ERROR]
master = rx.merge(["lists"], campaign=rx.load_campaign("office"), as_of=date(2026, 11, 21))
due: date | None = master.tasks[0].due
rows: int = len(report.rows_frame()) + len(master.tasks_frame())
again: rx.Master = rx.read_master("ledger.xlsx")
lead: tuple[str, ...] = rx.parse_units("甲局牵头").lead
"""
MISTAKES = """
import rectify_xl as rx

rx.validate(7)
rx.nonsense
wrong: int = rx.merge("lists")
rx.validate("lists", as_of=20261121)
"""


def test_the_package_is_typed(tmp_path: Path) -> None:
    assert (ROOT / "rectify_xl" / "py.typed").is_file()
    for name, script in (("right.py", CONSUMER), ("wrong.py", MISTAKES)):
        (tmp_path / name).write_text(script, "utf-8")
    # What the project's own check has read of the package is not read again.
    known = ("--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache"))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *known]
    done = subprocess.run([*command, "right.py", "wrong.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    errors = [line.split(":")[:2] for line in done.stdout.splitlines() if ": error:" in line]
    assert errors == [["wrong.py", str(line)] for line in (4, 5, 6, 7)], done.stdout
