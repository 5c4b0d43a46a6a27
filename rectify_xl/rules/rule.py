"""What a rule module declares, as one typed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules.hits import Hit

FAMILIES = "SVLUDPXH"


class _RuleModule(Protocol):
    CODE: str
    SEVERITY: Severity
    MESSAGE: Mapping[str, str]
    ZH: str
    __name__: str
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


def load_rule(module: ModuleType) -> Rule:
    """The rule that a module is."""
    declared = cast(_RuleModule, module)
    return Rule(
        slug=module.__name__.rpartition(".")[2].replace("_", "-"),
        code=declared.CODE,
        severity=declared.SEVERITY,
        message=declared.MESSAGE,
        doc={"zh": declared.ZH.strip(), "en": (declared.__doc__ or "").strip()},
        check=declared.check,
        fix=getattr(module, "FIX", ""),
        unreadable=getattr(module, "UNREADABLE", False),
        preview=getattr(module, "PREVIEW", False),
    )
