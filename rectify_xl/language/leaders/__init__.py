"""Responsible leaders: reading the 责任领导 cell."""

from __future__ import annotations

from rectify_xl.language.leaders.parse import Leader, parse_leaders

__all__ = ["Leader", "parse_leaders"]
