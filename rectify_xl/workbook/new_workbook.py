"""A workbook in the making: XlsxWriter's options, document properties, and the record for its verification."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rectify_xl.common.version import __version__
from rectify_xl.provenance.stamp import AS_OF, CAMPAIGN, CONTENT, KIND, LANG, LONGEST, MASTER, ROUND
from rectify_xl.workbook.block_worksheet import Paper
from rectify_xl.workbook.cells import clean
from rectify_xl.workbook.fingerprint import UNKNOWN
from rectify_xl.workbook.sheet import SheetWriter
from rectify_xl.workbook.styles import StyledWorkbook
from rectify_xl.workbook.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.sheets.tables import ListSheet
    from rectify_xl.workbook.lists import Setting
    from rectify_xl.workbook.sheet import Expected

_OPTIONS: dict[str, Any] = {
    "in_memory": True,  # no temporary files of its own; parts get fixed times
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


class NewWorkbook:
    """One workbook, written in memory. Its bytes depend on what is written and on the as-of date alone."""

    def __init__(self, kind: str, campaign: Campaign, setting: Setting, stamp: Mapping[str, str] | None = None) -> None:
        self._buffer = BytesIO()
        self.book = StyledWorkbook(self._buffer, _OPTIONS)
        self.theme = Theme(self.book)
        self.sheets: list[SheetWriter] = []
        self.lists: Mapping[str, ListSheet] = {}
        created = datetime.combine(setting.as_of, time())
        title = clean(campaign.name)[:LONGEST] or setting.overview
        self.book.set_properties({"title": title, "company": clean(campaign.issuer)[:LONGEST], "created": created})
        stamps = {
            KIND: kind,
            CAMPAIGN: clean(campaign.name)[:LONGEST],
            ROUND: clean(campaign.round_id)[:LONGEST],
            AS_OF: setting.as_of.isoformat(),
            "rectify_xl.version": __version__,
            LANG: setting.lang,
            **(stamp or {}),
            **({CONTENT: UNKNOWN} if kind == MASTER else {}),
        }
        for name, value in stamps.items():
            self.book.set_custom_property(name, clean(value)[:LONGEST], "text")
        self.book.set_size(2400, 1400)

    def add_sheet(self, name: str, colour: str, paper_class: type[Paper] = Paper) -> SheetWriter:
        """A new, visible sheet behind the others."""
        paper = self.book.add_worksheet(name, paper_class)
        paper.set_tab_color(colour)
        self.sheets.append(SheetWriter(self.book, paper, self.theme))
        return self.sheets[-1]

    def close(self) -> bytes:
        """Finish the workbook."""
        self.book.close()
        return self._buffer.getvalue()

    def expected(self) -> dict[str, list[list[Expected]]]:
        """Sheet -> its cells as they must read back."""
        return {sheet.name: sheet.expected() for sheet in self.sheets}
