"""A look-back -> the bytes of ``lookback -o FILE``: the tasks, ready for notes on the spot, and how they were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.lookback_sheet import TO_FILL_IN, render, render_draw
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.provenance.stamp import LOOKBACK, SEED
from rectify_xl.workbook.lists import Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import GREEN, NAVY

if TYPE_CHECKING:
    from rectify_xl.ledger.lookback import Sample
    from rectify_xl.ledger.master import Master


def lookback_package(master: Master, sample: Sample, lang: str) -> NewWorkbook:
    """Both sheets, written; the seed stands in them and in the document properties."""
    context = SheetContext(master, lang)
    content, drawn = render(context, sample), render_draw(context, sample)
    setting = Setting(lang, master.as_of, master.campaign.name, content.name)
    package = NewWorkbook(LOOKBACK, master.campaign, setting, {SEED: str(sample.seed)})
    first, second = package.add_sheet(content.name, NAVY), package.add_sheet(drawn.name, GREEN)
    # What is filled in by hand needs room, however little stands there yet.
    roomy = {column.key: column.width for column in content.columns if column.key in TO_FILL_IN}
    write_list(first, content, setting, leads_to=drawn.name, widths=roomy)
    write_list(second, drawn, setting, leads_to=content.name)
    return package
