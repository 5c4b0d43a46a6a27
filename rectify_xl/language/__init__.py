"""What a cell says: deadlines, units, leaders, damaged text. Pure functions; no floor below."""
