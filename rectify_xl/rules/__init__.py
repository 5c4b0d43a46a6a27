"""The rule catalogue: every module of a family's folder is one rule, named by its slug (``vague_deadline.py``).

A rule module declares

* its documentation: a docstring in English and ``ZH``, the same in Chinese, each with the four parts of ``explain``
  (what it checks, why, wrong example, right example);
* ``CODE`` (family letter and number, never reused), ``SEVERITY``, and ``MESSAGE`` (``zh`` and ``en``, filled in with the
  facts of a hit, ``{value}`` among them);
* ``FIELDS``, the columns that it speaks about (:func:`fields`, ``ANY_TEXT``, ``ANY_CELL``, ``NO_FIELD``);
* ``check(collection, *, …)``, a generator of hits. It sees the Collection only: no file and no clock. Its keyword
  parameters are its options, filled by the engine;

and, where they apply,

* ``OPTIONS``, name -> :class:`Option`, what an office may turn in ``rules.options`` of campaign.yaml;
* ``applies(campaign)``, whether the campaign gives what the rule compares with;
* ``SCOPE``: "list" (default), "files" where it compares files, "collection" where it needs the whole collection, "round" where
  it judges a list by what is new in it since the last master ("files-or-round": with and without one): what it found is kept
  when the same file is merged again;
* ``FIX`` ("safe" or "unsafe"), ``UNREADABLE`` (later families are silent on a cell that this rule has reported) and
  ``PREVIEW`` (reported as info).

Nothing else has to be edited: the registry finds the module and the tests its cases in tests/rules/cases/. The modules
beside the folders are what several rules share. Rules of other packages have the same shape, see docs/own-rules.md.
"""

from __future__ import annotations

from rectify_xl.common.findings import Fix, Severity
from rectify_xl.rules.field_selectors import ANY_CELL, ANY_TEXT, NO_FIELD, FieldSelector, fields
from rectify_xl.rules.hits import Hit, Phrase, about, at, faults, in_file, in_ledger, overall, phrases
from rectify_xl.rules.options import Option, OptionValue
from rectify_xl.rules.registry import catalogue, find_rule
from rectify_xl.rules.rule import FAMILIES, Rule

__all__ = [
    "ANY_CELL", "ANY_TEXT", "FAMILIES", "NO_FIELD", "FieldSelector", "Fix", "Hit", "Option", "OptionValue", "Phrase", "Rule",
    "Severity", "about", "at", "catalogue", "faults", "fields", "find_rule", "in_file", "in_ledger",
    "overall", "phrases",
]  # fmt: skip
