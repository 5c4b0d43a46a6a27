"""The rule catalogue: every module of this package is one rule, named by its slug (``vague_deadline.py``).

A rule module holds

* a docstring in English and ``ZH``, the same in Chinese, each with the four parts of ``explain``
  (what it checks, why, wrong example, right example);
* ``CODE`` (family letter and number, never reused), ``SEVERITY``, ``MESSAGE`` (``zh`` and ``en``, filled in with
  the facts of a hit, ``{value}`` among them) and, where they apply, ``FIX`` ("safe" or "unsafe"), ``UNREADABLE``
  (later families are silent on a cell this rule has reported) and ``PREVIEW`` (reported as info);
* ``check(collection)``, a generator of hits. It sees the Collection only: no file and no clock.

Nothing else has to be edited: the engine finds the module here and its cases in tests/rules/cases/.
"""

from __future__ import annotations

import dataclasses
import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Fix, Severity
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import Fault

FAMILIES = "SVLUDPXH"


class Phrase(str):
    """A fact that is part of the rule's own sentence: it stands there as it is, while texts from cells are cut when long."""

    __slots__ = ()


def phrases(name: str, zh: str, en: str) -> dict[str, Any]:
    """The facts ``name`` and ``name_en``: one part of the sentence in both languages."""
    return {name: Phrase(zh), f"{name}_en": Phrase(en)}


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found, before it has words. Made by :func:`at`, :func:`in_file`, :func:`about` or :func:`overall`."""

    position: int | None = None
    field: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    unit: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def at(position: int, field: str, *, fix: Fix | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit at field ``field`` of row ``position`` of the frame; the engine knows the cell and its value."""
    return Hit(position=position, field=field, fix=fix, facts=facts)


def in_file(file: str, sheet: str | None = None, cell: str | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about a file, one of its sheets, or a cell outside the task rows."""
    return Hit(file=file, sheet=sheet, cell=cell, facts=facts)


def about(unit: str, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about a unit."""
    return Hit(unit=unit, facts=facts)


def overall(severity: Severity | None = None, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit about the whole campaign."""
    return Hit(severity=severity, facts=facts)


def faults(collection: Collection, slug: str) -> Iterator[Hit]:
    """The faults of structure that the reader met under ``slug``, as hits."""
    for submission in collection.submissions:
        for fault in submission.faults:
            if fault.slug == slug:
                yield _fault_hit(submission.path, fault)


def _fault_hit(path: str, fault: Fault) -> Hit:
    return Hit(file=path, sheet=fault.sheet, cell=fault.cell, facts=fault.facts)


class _RuleModule(Protocol):
    CODE: str
    SEVERITY: Severity
    MESSAGE: Mapping[str, str]
    ZH: str
    __doc__: str | None

    @staticmethod
    def check(collection: Collection) -> Iterator[Hit]:
        """Yield the rule's hits."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue."""

    slug: str
    code: str
    severity: Severity
    message: Mapping[str, str]
    doc: Mapping[str, str]
    check: Callable[[Collection], Iterator[Hit]]
    fix: str = ""
    unreadable: bool = False
    preview: bool = False

    @property
    def level(self) -> Severity:
        """The severity as long as no campaign says else: a rule in preview is an info."""
        return Severity.INFO if self.preview else self.severity

    @property
    def order(self) -> tuple[int, str]:
        """Family first, then number: the order in which rules run."""
        return FAMILIES.index(self.code[0]), self.code

    def title(self, lang: str) -> str:
        """What it finds, in a few words: the first line of its documentation."""
        return self.doc[lang].partition("\n")[0].rstrip("。.")

    def named(self, name: str) -> bool:
        """Whether ``name`` is this rule's slug, its code or the beginning of its code (``D``, ``D5``)."""
        return name == self.slug or (name != "" and self.code.startswith(name.upper()))


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order in which they run."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    rules = [_load(module.name) for module in found if not module.ispkg and "._" not in module.name]
    return tuple(sorted(rules, key=lambda rule: rule.order))


def _load(name: str) -> Rule:
    module: _RuleModule = import_module(name)  # type: ignore[assignment]  # checked by a test
    return Rule(
        slug=name.rpartition(".")[2].replace("_", "-"),
        code=module.CODE,
        severity=module.SEVERITY,
        message=module.MESSAGE,
        doc={"zh": module.ZH.strip(), "en": (module.__doc__ or "").strip()},
        check=module.check,
        fix=getattr(module, "FIX", ""),
        unreadable=getattr(module, "UNREADABLE", False),
        preview=getattr(module, "PREVIEW", False),
    )


def find_rule(name: str) -> Rule:
    """The rule with this code or slug.

    Raises:
        RectifyError: there is none; the message names the nearest slug.
    """
    for rule in catalogue():
        if name in (rule.slug, rule.code) or name.upper() == rule.code:
            return rule
    raise unknown_rule(name)


def unknown_rule(name: str, place: str = "") -> RectifyError:
    """The error that no rule has this name; ``place`` is where in campaign.yaml it stands."""
    where = f"{place}：" if place else ""
    near = nearest(name, (rule.slug for rule in catalogue()))
    return RectifyError(f"{where}没有名为 {name} 的规则{near}；运行 rectify-xl explain 查看全部规则")


def check_name(name: str, place: str = "") -> None:
    """See that ``name`` is a rule's slug, its code or the beginning of a code.

    Raises:
        RectifyError: it is none of these; the message names the nearest slug.
    """
    if not any(rule.named(name) for rule in catalogue()):
        raise unknown_rule(name, place)


def chosen(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules left after ``select`` (all when empty) and ``ignore``.

    Raises:
        RectifyError: a name matches no rule; the message names the nearest slug.
    """
    select, ignore = tuple(select), tuple(ignore)
    for name in (*select, *ignore):
        check_name(name)
    return tuple(
        rule
        for rule in catalogue()
        if (not select or any(rule.named(name) for name in select)) and not any(rule.named(name) for name in ignore)
    )
