"""A column that holds a person and the telephone number in one cell (经办人及电话: 苏芸 13900000011): what each of them is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.tables.heading_names import known_fields, plain_key
from rectify_xl.intake.tables.heading_words import fields_by_words
from rectify_xl.schema.conversion import blank_to_none

if TYPE_CHECKING:
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

_BOTH = LazyPattern(r"(?P<person>.{2,8}?)(?:以及|[及和与、/(\s])++(?P<phone>[^()]{2,6})\)?")
_NUMBER = LazyPattern(
    r"(?<![\d-])(?:\+?86[- ]?)?(?:1\d{10}|1\d{2}[- ]\d{4}[- ]\d{4}|0\d{2,3}[-— ]?\d{7,8}(?:[-转]\d{1,5})?|\d{7,8})(?![\d-])"
)
_LABEL = LazyPattern(r"(?:联系|办公)?(?:电话|手机)号?码?\s*[::]?|(?i:tel)[.:]?")
_EDGES = " \t\n,;:、()/|-—"
_BETWEEN = LazyPattern(r"[\s,;:、()/|]+")


def assign_phone(header: Header, schema: Schema) -> None:
    """Read a column that is headed with a person and a telephone as both, where no other column has the telephone.

    Who answers for the work is the leader where no other column says; whoever else it is can be reached there.
    """
    if "phone" not in schema or "phone" in header.columns:
        return
    for column, heading in sorted(header.headings.items()):
        both = _BOTH.fullmatch(unicodedata.normalize("NFKC", heading))
        if both is None or "phone" not in _fields(both["phone"], schema):
            continue
        named = _fields(both["person"], schema)
        wanted = [key for key in ("contact", "leader") if key in named and "lead_unit" not in named]
        wanted += ["contact"] if wanted == ["leader"] else []
        key = next((key for key in wanted if key in schema and header.columns.get(key) in (None, column)), None)
        if key:
            header.give(key, column, (column,))
            header.columns["phone"] = column
            header.phoned = key
            return


def person_and_phone(value: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a cell holds anything
    """The person and the telephone numbers of a cell; what has no number in it is a person, a bare number is a telephone."""
    if isinstance(value, int):
        return None, value
    if not isinstance(value, str):
        return value, None
    folded = unicodedata.normalize("NFKC", value)
    numbers = [match.group().strip() for match in _NUMBER.finditer(folded)]
    if not numbers:
        return value, None
    people = [said.strip(_EDGES) for said in _NUMBER.split(_LABEL.sub(" ", folded))]
    person = "、".join(" ".join(filter(None, _BETWEEN.split(said))) for said in people if said)
    return blank_to_none(person), "、".join(numbers)


def _fields(text: str, schema: Schema) -> tuple[str, ...]:
    return tuple(key for key, _ in known_fields(text, schema)) or fields_by_words(plain_key(text), schema)
