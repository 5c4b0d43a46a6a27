"""Every test asserts something, itself or in a function that it calls."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
_ASSERTING = {"raises", "warns", "fail"}  # of pytest


@pytest.mark.slow
def test_every_test_asserts_something() -> None:
    functions = [
        (path, node, *_inside(node))
        for path in sorted(TESTS.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    asserting = {node.name for _, node, asserts, _ in functions if asserts} | _ASSERTING
    while more := {node.name for _, node, _, calls in functions if calls & asserting} - asserting:
        asserting |= more
    tests = [(path, node) for path, node, _, _ in functions if path.name.startswith("test_") and node.name.startswith("test_")]
    assert len(tests) > 1000
    assert [f"{path.name}:{node.lineno} {node.name}" for path, node in tests if node.name not in asserting] == []


def _inside(function: ast.AST) -> tuple[bool, set[str]]:
    """Whether a function asserts itself, and the names of what it calls."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {call.id if isinstance(call, ast.Name) else call.attr for call in calls if isinstance(call, ast.Name | ast.Attribute)}
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)), names
