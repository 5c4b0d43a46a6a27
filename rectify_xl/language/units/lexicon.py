"""Which names mean one body: the tables of lexicon.csv, read on first use."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.vocabulary import LEVEL, NOT_LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = HanPattern(
    rf"^(?:(?!{NOT_LEVEL}){LEVEL}(?=.)|[\u4e00-\u9fff]{{2,6}}?(?:省|自治区|自治州|自治县|(?<!城)市|县|区|州|盟|旗)(?=[^、]{{2,}}(?:局|委|办|厅|院|部|室|委员会|办公室|中心|社)$))"
)
_TELLING = 4  # 法院 alone says nothing in free text
_LONG_FORMS = (
    (HanPattern(r"(?<!监督)管理委员会"), "管委会"),  # 国有资产监督管理委员会 is 国资委
    (HanPattern(r"委员会"), "委"),
    (HanPattern(r"办公[室厅]"), "办"),
    (HanPattern(r"人民政府"), "政府"),
    (HanPattern(r"经济技术开发区"), "经开区"),
    (HanPattern(r"高新技术产业开发区|高新技术开发区"), "高新区"),
    (HanPattern(r"[和与及]"), ""),
)


@dataclass(frozen=True, slots=True)
class Renaming:
    """A body's former name. Until ``settled`` the old name could still rightly stand in a document."""

    old: str
    new: str
    since: date
    settled: date
    source: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``same``: core -> representative core; ``renamed``: old core -> its later names; ``not_same``: pairs to keep apart."""

    same: Mapping[str, str]
    renamed: Mapping[str, tuple[Renaming, ...]]
    not_same: frozenset[frozenset[str]]


def short_form(name: str) -> str:
    """A name with 委员会, 办公室, 人民政府 and joint words in their short forms; for comparison only."""
    for pattern, short in _LONG_FORMS:
        name = pattern.sub(short, name)
    return name


def split_prefix(name: str) -> tuple[str, str]:
    """(level or place, the rest): 市|水利局, 雾川县|水利局, ''|攻坚办."""
    match = _PREFIX.match(name)
    return (match[0], name[match.end() :]) if match else ("", name)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tables. Rows for a 局 hold for the 厅 of a province too."""
    import csv  # noqa: PLC0415 - only matching names needs the tables, and these two cost more than the whole module
    from importlib.resources import files  # noqa: PLC0415

    text = files("rectify_xl.language.units").joinpath("lexicon.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    parent: dict[str, str] = {}
    renamed: defaultdict[str, list[Renaming]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "same":
            _link(parent, short_form(row["short"]), short_form(row["full"]))
        elif row["kind"] == "renamed":
            since, settled = date.fromisoformat(row["since"]), date.fromisoformat(row["settled"])
            old = short_form(row["short"])
            renamed[old].append(Renaming(old, short_form(row["full"]), since, settled, row["source"]))
    return Lexicon(
        same={core: _root(parent, core) for core in list(parent)},
        renamed={old: tuple(news) for old, news in renamed.items()},
        not_same=frozenset(frozenset((short_form(r["short"]), short_form(r["full"]))) for r in rows if r["kind"] == "not_same"),
    )


def _root(parent: dict[str, str], core: str) -> str:
    while parent.get(core, core) != core:
        core = parent[core]
    return core


def _link(parent: dict[str, str], one: str, other: str) -> None:
    forms = [(one, other)]
    if one.endswith("局") and other.endswith("局"):
        forms.append((one[:-1] + "厅", other[:-1] + "厅"))
    for a, b in forms:
        parent.setdefault(a, a)
        parent.setdefault(b, b)
        parent[_root(parent, a)] = _root(parent, b)


def key(name: str) -> str:
    """One string for all spellings of a body's present name."""
    return "".join(parts(name))


@lru_cache(maxsize=16384)
def parts(name: str) -> tuple[str, str]:
    """(level or place, one string for all spellings of the rest)."""
    prefix, core = split_prefix(name)
    core = short_form(core)
    return short_form(prefix), lexicon().same.get(core, core)  # 经济技术开发区 is 经开区


def spellings(name: str) -> tuple[str, ...]:
    """The other spellings of a body's name, and its former names, that may stand in free text."""
    prefix, core = split_prefix(name)
    table = lexicon()
    root = table.same.get(short_form(core), short_form(core))
    cores = [c for c, r in table.same.items() if r == root]
    cores += [old for old, news in table.renamed.items() if any(table.same.get(n.new, n.new) == root for n in news)]
    return tuple(prefix + c for c in dict.fromkeys(cores) if prefix or len(c) >= _TELLING)


@lru_cache(maxsize=16384)  # a round asks of the same few names for every task
def former(name: str) -> tuple[tuple[str, Renaming], ...]:
    """(key of the later name, the renaming) for a name that a reform replaced."""
    prefix, core = split_prefix(name)
    table = lexicon()
    core = short_form(core)
    alike = dict.fromkeys([core, *(c for c, root in table.same.items() if root == table.same.get(core))])
    return tuple((key(prefix + step.new), step) for c in alike for step in _steps(table, c))


def _steps(table: Lexicon, core: str) -> list[Renaming]:
    """The renamings of a name and, one after another, of its later names."""
    found: list[Renaming] = []
    todo = [core]
    while todo and len(found) < len(table.renamed):
        for step in table.renamed.get(todo.pop(), ()):
            found.append(step)
            todo.append(step.new)
    return found
