"""What goes back to the unit: annotated copies of its own workbooks; and what the office gets: corrected ones."""

from __future__ import annotations

from rectify_xl.copies.copies import Copy, Corrections, annotate, changes_of, fix
from rectify_xl.copies.fixing import Change
from rectify_xl.copies.listing import correction_lines

__all__ = ["Change", "Copy", "Corrections", "annotate", "changes_of", "correction_lines", "fix"]
