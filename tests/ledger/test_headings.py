"""No sheet has two columns of one name, whatever the schema calls its own: the second would be taken for the office's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.ledger.sheets.tables import ListSheet
from rectify_xl.schema.loading import shipped_schemas
from tests.support.ledgers import CAMPAIGN, a_master

if TYPE_CHECKING:
    from rectify_xl.schema.schema import Schema


@pytest.mark.parametrize("schema", shipped_schemas(), ids=lambda schema: schema.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_heading_is_there_once(schema: Schema, lang: str) -> None:
    master = replace(a_master([]), campaign=replace(CAMPAIGN, schema=schema))
    context = SheetContext(master, lang)
    sheets = [drawn for one in master_sheets() if isinstance(drawn := one.render(context), ListSheet)]
    assert len(sheets) > 10
    for sheet in sheets:
        names = [column.label for column in sheet.columns]
        assert len(set(names)) == len(names), sheet.name
