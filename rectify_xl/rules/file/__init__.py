"""Rules about the file and its sheets."""
