"""The rules of our office, one module each."""
