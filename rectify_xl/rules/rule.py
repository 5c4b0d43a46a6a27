"""A rule as the engine, the reports and ``explain`` know it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rectify_xl.common.findings import Severity, family_of
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules.field_selectors import NO_FIELD, FieldSelector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules.hits import Hit
    from rectify_xl.rules.options import Option, OptionValue

FAMILIES = "SVLUDPXH"
# What a rule has to see: one list, several files side by side, the whole collection of a round, or what is new in a list
# against the last master.
# "files-or-round" is several files side by side, and what is new in them where there is a last master; "whole-round" what a
# whole collection leaves out of the last master.
Scope = Literal["list", "files", "collection", "round", "files-or-round", "whole-round"]
SECTIONS: Mapping[str, tuple[str, str, str, str]] = {
    "zh": ("查什么：", "为什么：", "错例：", "正例："),
    "en": ("What it checks:", "Why:", "Wrong:", "Right:"),
}
_NAME = LazyPattern(r"([A-Z]+)([0-9]*)")


class Documentation(NamedTuple):
    """The parts of a rule's documentation, each as its lines."""

    title: str
    checks: tuple[str, ...]
    why: tuple[str, ...]
    wrong: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue. ``package`` is the installed package that brings it, empty for rules of rectify_xl."""

    slug: str
    code: str
    severity: Severity
    message: Mapping[str, str]
    doc: Mapping[str, str]
    check: Callable[..., Iterator[Hit]]
    applies: Callable[[Campaign], bool]
    fields: FieldSelector = NO_FIELD
    options: Mapping[str, Option] = dataclasses.field(default_factory=dict)
    scope: Scope = "list"
    fix: str = ""
    unreadable: bool = False
    preview: bool = False
    package: str = ""

    @property
    def family(self) -> str:
        """The letters of its code."""
        return family_of(self.code)

    @property
    def judges_news(self) -> bool:
        """Whether it judges a list by what is new in it: of a list that is merged again it finds nothing more."""
        return self.scope in ("round", "files-or-round")

    @property
    def compares(self) -> bool:
        """Whether it asks what has become of every value since the last master."""
        return self.judges_news or self.scope == "whole-round"

    @property
    def order(self) -> tuple[int, str]:
        """The order in which rules run: by family, then by number; rules of other packages come last."""
        return len(FAMILIES) if self.package else FAMILIES.index(self.family), self.code

    @property
    def level(self) -> Severity:
        """The severity as long as no campaign says else: a rule in preview is an info."""
        return Severity.INFO if self.preview else self.severity

    def level_under(self, severity: Mapping[str, Severity]) -> Severity:
        """The severity as a campaign re-grades it by slug, code or the beginning of a code; the last entry counts.

        A rule in preview is raised by its own name only: ``D: error`` must not let a noisy one loose.
        """
        level = self.level
        for name, given in severity.items():
            if self.named(name) and (not self.preview or name in (self.slug, self.code)):
                level = given
        return level

    def hits(self, collection: Collection, options: Mapping[str, OptionValue]) -> Iterator[Hit]:
        """What the rule finds; nothing where the campaign or the collection lacks what it compares with."""
        lacks_files = self.scope in ("collection", "whole-round") and not collection.collected
        lacks_base = self.scope in ("round", "whole-round") and not collection.base
        if lacks_files or lacks_base or not self.applies(collection.campaign):
            return iter(())
        return self.check(collection, **options)

    def title(self, lang: str) -> str:
        """What it finds, in a few words: the first line of its documentation."""
        return self.doc[lang].partition("\n")[0].rstrip("。.")

    def documentation(self, lang: str) -> Documentation:
        """Its documentation in parts.

        Raises:
            ValueError: a part is missing or empty.
        """
        parts: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in self.doc[lang].splitlines()[1:]:
            if line.strip() in SECTIONS[lang]:
                lines = parts.setdefault(line.strip(), [])
            elif line.strip():
                lines.append(line.strip())
        found = [tuple(parts.get(heading, ())) for heading in SECTIONS[lang]]
        if not self.title(lang) or not all(found):
            raise ValueError(lang)
        return Documentation(self.title(lang), *found)

    def named(self, name: str) -> bool:
        """Whether ``name`` is this rule's slug, its code or the beginning of its code (``D``, ``D5``)."""
        begins = _NAME.fullmatch(name.upper())
        return name == self.slug or (begins is not None and begins[1] == self.family and self.code.startswith(begins[0]))
