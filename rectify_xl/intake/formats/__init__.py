"""Readers of .xlsx, .xls/.et, .xlsb and .ods: a file becomes sheets of raw values with what the format hides."""
