"""The columns of a list: fields and states (schemas/*.yaml), conversion of raw values, column checks."""
