"""Responsible units: reading the cell, and matching names against the roster."""

from __future__ import annotations

from rectify_xl.language.units.model import FrozenMap, Role, Units
from rectify_xl.language.units.parse import parse_units
from rectify_xl.language.units.places import is_collective
from rectify_xl.language.units.roster import Match, Roster, RosterUnit
from rectify_xl.language.units.sentences import is_unit_name
from rectify_xl.language.units.split import is_complete

__all__ = [
    "FrozenMap",
    "Match",
    "Role",
    "Roster",
    "RosterUnit",
    "Units",
    "is_collective",
    "is_complete",
    "is_unit_name",
    "parse_units",
]
