"""Sheets to task tables: headings, task rows, and every other row by its kind."""
