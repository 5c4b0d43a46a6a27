"""The readers of the formats: the bytes of a file become sheets of raw values. The only door to their libraries."""
