"""Rules about the value of one cell."""
