"""Responsible units: reading the cell, and matching names against the roster."""

from __future__ import annotations

from rectify_xl.language.units.model import FrozenMap, Role, Units
from rectify_xl.language.units.parse import parse_units
from rectify_xl.language.units.places import is_collective
from rectify_xl.language.units.roster import Match, Roster, RosterUnit

__all__ = ["FrozenMap", "Match", "Role", "Roster", "RosterUnit", "Units", "is_collective", "parse_units"]
