"""The registry of input formats: every module of this folder is one, named by its format.

A format module declares

* ``SUFFIXES``, the suffixes that its files usually have, in lower case with their dots;
* ``recognise(content)``, whether a file is of this format, by its :class:`~rectify_xl.intake.content.Content` and never by
  its name;
* ``read(path)``, its reader, which returns a :class:`~rectify_xl.intake.grid.Workbook` or raises
  :class:`~rectify_xl.intake.refusal.Refused`.

The main process asks for the suffixes alone, so a format imports its reader and other libraries in ``read``. Nothing else has
to be edited; see docs/add-a-format.md.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.intake.content import Content
    from rectify_xl.intake.grid import Workbook


@dataclass(frozen=True, slots=True)
class Format:
    """One entry of the registry."""

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Content], bool]
    read: Callable[[Path], Workbook]


@cache
def formats() -> tuple[Format, ...]:
    """Every format, by name; a file is of the first one that recognises it."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        found.append(Format(name, module.SUFFIXES, module.recognise, module.read))
    return tuple(found)


@cache
def suffixes() -> frozenset[str]:
    """The suffixes of all formats."""
    return frozenset(suffix for known in formats() for suffix in known.suffixes)
