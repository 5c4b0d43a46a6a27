"""Writes templates/*.xlsx, one empty workbook per schema, or checks them.

usage: python docs/make_templates.py [--check]        with --check nothing is written; exit status 1 when one is stale
"""

from __future__ import annotations

import sys
from datetime import date

from packages import ROOT, write_or_check

sys.path.insert(0, str(ROOT))

from rectify_xl.campaign.settings import Campaign
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import make_template
from rectify_xl.workbook.form import template_package

# A fixed day, so that the workbooks change when their contents do and not with the calendar.
MADE_ON = date(2026, 1, 1)
# Parts that XlsxWriter alone decides: a new version of it makes nothing stale.
LIBRARYS_OWN = frozenset({"docProps/app.xml", "xl/theme/theme1.xml"})


def workbook(schema: str) -> bytes:
    """The empty workbook of a schema, of no campaign and no round."""
    return template_package(make_template(Campaign(schema=load_schema(schema)), made_on=MADE_ON)).close()


if __name__ == "__main__":
    names = sorted(path.stem for path in (ROOT / "schemas").glob("*.yaml"))
    sys.exit(write_or_check({ROOT / "templates" / f"{name}.xlsx": workbook(name) for name in names}, aside=LIBRARYS_OWN))
