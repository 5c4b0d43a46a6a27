"""The rule catalogue: every module of a family's folder is one rule, named by its slug (``vague_deadline.py``).

A rule module holds

* a docstring in English and ``ZH``, the same in Chinese, each with the four parts of ``explain``
  (what it checks, why, wrong example, right example);
* ``CODE`` (family letter and number, never reused), ``SEVERITY``, ``MESSAGE`` (``zh`` and ``en``, filled in with
  the facts of a hit, ``{value}`` among them) and, where they apply, ``FIX`` ("safe" or "unsafe"), ``UNREADABLE``
  (later families are silent on a cell this rule has reported) and ``PREVIEW`` (reported as info);
* ``check(collection)``, a generator of hits. It sees the Collection only: no file and no clock.

Nothing else has to be edited: the registry finds the module and the tests its cases in tests/rules/cases/. The modules
beside the folders are what several rules share.
"""

from __future__ import annotations

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.rules.hits import Hit, Phrase, about, at, faults, in_file, overall, phrases
from rectify_xl.rules.registry import catalogue, check_name, chosen, find_rule, unknown_rule
from rectify_xl.rules.rule import FAMILIES, Rule

__all__ = [
    "FAMILIES", "Fix", "Hit", "Phrase", "Rule", "Severity", "about", "at", "catalogue", "check_name", "chosen", "faults",
    "find_rule", "in_file", "overall", "phrases", "unknown_rule",
]  # fmt: skip
