"""How much of a long check is run: a seeded sample guards every submission, ``python3 make.py long`` runs all of it."""

from __future__ import annotations

import os


def count(sample: int, full: int) -> int:
    """The number of examples, kills or files to run: ``sample``, or ``full`` in the long run."""
    return full if os.environ.get("RECTIFY_XL_LONG") else sample
