"""The contents of a master in the other language, as far as the words are ours.

What units and the office wrote stays, and so do the sentences of the checks: they were made where the files were read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.language.deadline import reason_in
from rectify_xl.ledger.entries import no_date
from rectify_xl.ledger.rows import ABSENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.ledger.contents import Contents
    from rectify_xl.ledger.entries import Entry
    from rectify_xl.ledger.rows import Rows
    from rectify_xl.schema.fields import Schema

_STATE, _FIELD = 1, 1  # columns of 未报送 and 冲突
_SEVERITY, _FINDING_FIELD = 1, 7  # columns of 问题清单


def in_language(contents: Contents, lang: str) -> Contents:
    """The same tasks and records with our words in ``lang``."""
    old = contents.lang
    if old == lang:
        return contents
    fields = _fields(contents.campaign.schema, old, lang)
    records = contents.records
    return replace(
        contents,
        lang=lang,
        entries=tuple(_entry(entry, old, lang) for entry in contents.entries),
        records={
            **records,
            "not_reported": _with_words(records["not_reported"], _STATE, _words(ABSENCES.values(), old, lang)),
            "conflicts": _with_words(records["conflicts"], _FIELD, fields),
            "findings": _with_words(
                _with_words(records["findings"], _SEVERITY, _words(SEVERITY_LABELS.values(), old, lang)), _FINDING_FIELD, fields
            ),
        },
    )


def _words(labels: Iterable[Mapping[str, str]], old: str, lang: str) -> dict[str, str]:
    return {label[old]: label[lang] for label in labels}


def _fields(schema: Schema, old: str, lang: str) -> dict[str, str]:
    """The headings of the schema; one that two fields share in either language cannot be told back and stays."""
    labels = [known.label for known in schema.fields]
    many = {said: Counter(label[said] for label in labels) for said in (old, lang)}
    return _words((label for label in labels if all(many[said][label[said]] == 1 for said in many)), old, lang)


def _with_words(rows: Rows, at: int, words: Mapping[Any, str]) -> Rows:
    """The rows with one column in other words; a word that is none of ours stays."""
    return tuple((*row[:at], words.get(row[at], row[at]), *row[at + 1 :]) for row in rows)


def _entry(entry: Entry, old: str, lang: str) -> Entry:
    unclear = entry.unclear
    for deadline in (entry.values.get("deadline"), None):
        if unclear == no_date(deadline, old):
            unclear = no_date(deadline, lang)
            break
    return replace(entry, reason=reason_in(entry.reason, lang), unclear=unclear)
