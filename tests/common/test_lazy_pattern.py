"""Patterns of text are compiled when they are used, and each of them can be."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING

import rectify_xl
from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(rectify_xl.__file__).parent
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module outside of its functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from run_at_import(child)


def compiled_at_import(path: Path) -> list[str]:
    """The patterns of bare text that a module compiles when it is loaded; those of bytes are short, and few."""
    calls = (node for node in run_at_import(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [
        ast.unparse(call)
        for call in calls
        if ast.unparse(call.func) == "re.compile" and any(isinstance(getattr(one, "value", None), str) for one in ast.walk(call))
    ]


def test_loading_a_module_compiles_no_pattern_of_text() -> None:
    assert {path.name: found for path in PACKAGE.rglob("*.py") if (found := compiled_at_import(path))} == {}


def test_every_pattern_compiles() -> None:
    for module in pkgutil.walk_packages([str(PACKAGE)], "rectify_xl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
    assert len(patterns) > 600
    assert all(one.compiled().pattern for one in patterns)


def test_it_is_compiled_by_its_first_call_with_its_flags() -> None:
    pattern = LazyPattern("^第(?P<number>[0-9]+)条$", re.MULTILINE)
    assert pattern.findall("第1条\n第2条") == ["1", "2"]
    assert dict(pattern.groupindex) == {"number": 1}
    assert pattern.subn("", "第1条") == ("", 1)
