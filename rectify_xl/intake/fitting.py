"""How well each schema fits a file (``schema: auto``): by the headings alone, so that no row is read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.tables.headings import find_headers
from rectify_xl.provenance.stamp import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.intake.grid import Sheet, Workbook
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.schema.schema import Schema

# Beyond every score of headings: a list made from our template says itself what it is.
_STAMPED = 1_000


def schema_fits(workbook: Workbook, stamp: Mapping[str, str], schemas: Iterable[Schema]) -> dict[str, int]:
    """Name of a schema -> its score in the visible sheets; empty where no schema finds a list.

    The score of a list is the number of its known headings less the groups of required columns that it lacks.

    Raises:
        Refused: the workbook is larger than can be read.
    """
    known = list(schemas)
    sheets = [sheet for sheet in workbook.sheets if sheet.visible]
    scores = {schema.name: _score(sheets, schema) for schema in known}
    if stamp.get(SCHEMA) in scores:
        scores[stamp[SCHEMA]] += _STAMPED
    return scores if any(score > 0 for score in scores.values()) else {}


def _score(sheets: Iterable[Sheet], schema: Schema) -> int:
    return sum(max(0, _of(header, schema)) for sheet in sheets for header in find_headers(sheet, schema))


def _of(header: Header, schema: Schema) -> int:
    lacking = sum(not any(key in header.fields for key in group) for group in schema.required_groups)
    return header.known_score - lacking
