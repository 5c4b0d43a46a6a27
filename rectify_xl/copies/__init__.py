"""What goes back to the unit: annotated copies of its own workbooks; and what the office gets: corrected ones."""

from __future__ import annotations

from rectify_xl.copies.copy_writer import Copy
from rectify_xl.copies.corrections import Fixed
from rectify_xl.copies.requests import Change
from rectify_xl.copies.writing import Corrections, annotate, changes_of, fix

__all__ = ["Change", "Copy", "Corrections", "Fixed", "annotate", "changes_of", "fix"]
