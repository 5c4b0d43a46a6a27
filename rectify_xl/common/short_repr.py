"""One line for a terminal or a notebook, however much an object holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SHOWN = 200
_LONGEST_TEXT = 40
_MOST_ITEMS = 3


class ShortRepr:
    """A dataclass whose ``repr`` is ``Name(field=value, …)`` on one line of at most 200 characters.

    Fields that hold their default are left out, long texts are cut, large collections are counted.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        shown = (known for known in fields(self) if known.repr)  # type: ignore[arg-type]  # of dataclasses alone
        values = {known.name: getattr(self, known.name) for known in shown if getattr(self, known.name) != _default(known)}
        return call_repr(type(self).__name__, values)


def _default(known: Field[Any]) -> Any:  # noqa: ANN401 - a field holds anything
    return known.default if known.default_factory is MISSING else known.default_factory()


def call_repr(name: str, values: Mapping[str, object]) -> str:
    """``Name(field=value, …)``, cut to one line of at most 200 characters."""
    shown = ", ".join(f"{field}={value_repr(value)}" for field, value in values.items())
    return cut(f"{name}({shown})", end="…)")


def value_repr(value: object) -> str:
    """A value in few characters: the beginning of a long text, the number of many items."""
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_TEXT else f"{value[:_LONGEST_TEXT]}…")
    if not isinstance(value, Collection) or isinstance(value, bytes) or hasattr(value, "_fields") or not value:
        return cut(repr(value))
    if not isinstance(value, tuple | list) or len(value) > _MOST_ITEMS:
        return f"<{len(value)} items>"
    inside = ", ".join(map(value_repr, value)) + ("," if isinstance(value, tuple) and len(value) == 1 else "")
    return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"


def cut(line: str, end: str = "…") -> str:
    """A line of at most 200 characters."""
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - len(end)] + end
