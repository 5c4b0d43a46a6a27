"""The units a campaign knows, and which of them a name means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import lexicon as lex
from rectify_xl.language.units.parse import normalise
from rectify_xl.language.units.places import covered, is_collective, kind_of, stem
from rectify_xl.language.units.search import Finder, surfaces
from rectify_xl.language.units.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

How = Literal["exact", "alias", "former", "none"]

_BLANKS = HanPattern(r"\s+")
_BRACKETED = HanPattern(r"^([^()]{2,})\(([^()]{2,})\)$")


@dataclass(frozen=True, slots=True, repr=False)
class RosterUnit(ShortRepr):
    """One unit of units.csv."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Match(ShortRepr):
    """Which unit a name means, and how it was recognised.

    ``how``: ``exact`` (the roster's name, a form of the same government, or a former name that was still
    right on the date asked for), ``alias`` (another spelling), ``former`` (replaced by a reform) or
    ``none``. ``suggestion`` is a near miss for a person to confirm, never a correction. ``members`` are the
    units a collective covers.
    """

    unit: RosterUnit | None
    how: How
    suggestion: RosterUnit | None = None
    members: tuple[RosterUnit, ...] = ()


_NONE = Match(None, "none")


@lru_cache(maxsize=16384)
def clean_name(name: str) -> str:
    """A unit's name for comparison: NFKC, Simplified, no artefacts, no blanks."""
    return _BLANKS.sub("", normalise(name)).strip("、,;。:")


class Roster:
    """The roster, indexed once, each name looked up once; safe to share between threads, since that is all that changes."""

    def __init__(self, units: Iterable[RosterUnit], *, home: Iterable[str] = ()) -> None:
        """``units`` in the order in which they are to be reported. Of two units with one name the first counts.

        ``home``: texts that begin with the place the units belong to (the campaign's name, its issuer). At home,
        雾川县水利局 and 县水利局 are one.
        """
        self.units: tuple[RosterUnit, ...] = tuple(units)
        self._home = tuple(clean_name(text).removeprefix("中共") for text in home if text)
        self._matches: dict[tuple[str, date | None], Match] = {}
        self._names: dict[str, RosterUnit] = {}
        self._aliases: dict[str, RosterUnit] = {}
        self._former: dict[str, RosterUnit] = {}
        self._places: dict[str, RosterUnit] = {}
        self._place_aliases: dict[str, RosterUnit] = {}
        self._keys: dict[str, RosterUnit] = {}
        for unit in self.units:
            self._index(unit)
        self._finder = Finder(
            [(clean_name(u.name), surfaces(u.name, u.aliases, u.former_names, clean_name), u) for u in self.units]
        )

    def __repr__(self) -> str:
        return f"<Roster of {len(self.units)} units>"

    def _index(self, unit: RosterUnit) -> None:
        name = clean_name(unit.name)
        aliases = [clean_name(alias) for alias in unit.aliases]
        bracketed = _BRACKETED.match(name)
        outer = bracketed[1] if bracketed else name
        self._names.setdefault(name, unit)
        self._names.setdefault(outer, unit)
        for alias in [*aliases, *([bracketed[2]] if bracketed else [])]:
            self._aliases.setdefault(alias, unit)
        for old in unit.former_names:
            self._former.setdefault(clean_name(old), unit)
        if kind_of(name):
            self._places.setdefault(stem(name), unit)
            for alias in [*aliases, lex.short_form(stem(name))]:
                self._place_aliases.setdefault(stem(alias), unit)
        for spelling in (outer, *aliases):
            self._keys.setdefault(lex.key(spelling), unit)

    def match(self, name: str, *, on: date | None = None) -> Match:
        """The unit ``name`` means. ``on``: the issue date against which former names are judged; None = today's names.

        Never raises, and never corrects: a near miss is only suggested.
        """
        if (name, on) not in self._matches:
            self._matches[name, on] = self._match(name, on)
        return self._matches[name, on]

    def _match(self, name: str, on: date | None) -> Match:
        plain = clean_name(name)
        if not plain:
            return _NONE
        if plain in self._names:
            return Match(self._names[plain], "exact")
        if is_collective(plain):
            return Match(None, "none", members=self.members(plain))
        bracketed = _BRACKETED.match(plain)
        for form in (plain, *(bracketed.groups() if bracketed else ())):
            found = self._known(form, on) or self._at_home(form, on)
            if found:
                inner = bracketed and form == bracketed[2] and found.how == "exact"
                return Match(found.unit, "alias") if inner else found
        at = nearest(plain, [clean_name(unit.name) for unit in self.units])
        return _NONE if at is None else Match(None, "none", self.units[at])

    def _known(self, name: str, on: date | None) -> Match | None:
        place, key = stem(name), lex.key(name)
        tables: tuple[tuple[dict[str, RosterUnit], str, How], ...] = (
            (self._names, name, "exact"),
            (self._aliases, name, "alias"),
            (self._former, name, "former"),
            (self._places, place, "exact"),
            (self._place_aliases, place, "alias"),
            (self._keys, key, "alias"),
        )
        for table, form, how in tables:
            if form in table:
                return Match(table[form], how)
        for later, step in lex.former(name):
            if later in self._keys:
                return Match(self._keys[later], "exact" if on is not None and on <= step.settled else "former")
        return None

    def _at_home(self, name: str, on: date | None) -> Match | None:
        """雾川县水利局 for 县水利局 or the other way round, where 雾川县 is the campaign's own place."""
        place, core = lex.split_prefix(name)
        if len(place) > 1:
            forms = [place[-1] + core] if any(text.startswith(place) for text in self._home) else []
        else:
            forms = [own + core for own in self._own_places if place and own.endswith(place)]
        found = next((match for form in forms if (match := self._known(form, on))), None)
        return found and Match(found.unit, "alias" if found.how == "exact" else found.how)

    @cached_property
    def _own_places(self) -> tuple[str, ...]:
        """The campaign's own place as the roster's names write it."""
        places = dict.fromkeys(lex.split_prefix(clean_name(unit.name))[0] for unit in self.units)
        return tuple(place for place in places if len(place) > 1 and any(text.startswith(place) for text in self._home))

    def members(self, collective: str) -> tuple[RosterUnit, ...]:
        """The roster units a collective covers, in roster order; none for 市直有关部门 and the like."""
        kinds = covered(clean_name(collective))
        return tuple(unit for unit in self.units if kind_of(clean_name(unit.name)) in kinds)

    def find_in(self, text: str) -> tuple[RosterUnit, ...]:
        """The units named anywhere in a free text such as a file name, in the order of the text.

        A name inside a longer name of another body does not count (市公安局 in 市公安局交警支队); 各县区 stands for its
        members, unless it goes on as a longer name (各县区纪委监委).
        """
        return tuple(dict.fromkeys(self._found(normalise(text))))

    def _found(self, text: str) -> Iterator[RosterUnit]:
        for hit in self._finder.find(text):
            yield from (self.members(hit) if isinstance(hit, str) else (self.units[hit],))
