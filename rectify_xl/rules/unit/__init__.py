"""Rules about units and their roles."""
