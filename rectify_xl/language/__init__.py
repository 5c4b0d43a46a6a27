"""What a cell says: deadlines, units, leaders, damaged text. Pure functions; no floor below."""

from __future__ import annotations

from typing import Final

#: The parsers are made for cells, not for pages: of a longer text only this many characters are parsed. A deadline says so in its
#: reasons (``text-cut``), units keep what was left in ``unread``; the rule text-too-long tells the unit.
LONGEST_CELL: Final = 2000

#: Signs that point at the cell above, as handwritten tables have them; NFKC makes two primes of ″.
DITTO: Final = frozenset({"〃", "″", "′′", "''", '"', "”", "“", "“”", "’’"})
