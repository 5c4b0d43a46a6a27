"""The mark by which our own workbooks are recognised among the inputs: a custom document property."""

from __future__ import annotations

KIND = "rectify_xl.kind"
MASTER = "master"
REPORT = "report"
OWN_KINDS = frozenset({MASTER, REPORT})
