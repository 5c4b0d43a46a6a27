"""The map of ARCHITECTURE.md is the tree."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
MOST_ROOMS = 30


def folders_on_the_map() -> set[str]:
    block = PAGE.split("```")[1].partition("\nrectify_xl/")[2]
    found: set[str] = set()
    room = ""
    for line in block.splitlines()[1:]:
        indent = len(line) - len(line.lstrip())
        names = re.match(r"\s*((?:[a-z_]+/ ?)+)", line)
        if not names:
            continue
        for name in names[1].split():
            if indent == 2:
                room = name.rstrip("/")
                found.add(room)
            else:
                found.add(f"{room}/{name.rstrip('/')}")
    return found


def folders_of_the_package() -> set[str]:
    package = ROOT / "rectify_xl"
    return {path.parent.relative_to(package).as_posix() for path in package.rglob("__init__.py")} - {"."}


def test_the_map_equals_the_tree() -> None:
    assert folders_on_the_map() == folders_of_the_package()


def test_the_entrance_holds_rooms_only() -> None:
    package = ROOT / "rectify_xl"
    assert {path.name for path in package.glob("*.py")} <= {"__init__.py", "__main__.py"}
    assert len([name for name in folders_of_the_package() if "/" not in name]) < MOST_ROOMS


def test_files_named_on_the_page_exist() -> None:
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", PAGE)
    assert named
    missing = [name for name in named if not (ROOT / "rectify_xl" / name).exists() and not (ROOT / name).exists()]
    assert not missing


def test_no_files_import_each_other_in_a_circle() -> None:
    """Not for types alone either."""
    graph = grimp.build_graph("rectify_xl")
    order = [*TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}).static_order()]
    assert set(order) == graph.modules
