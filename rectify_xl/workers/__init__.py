"""Processes with limits, in which everything that touches a unit's file runs: a file costs itself only."""
