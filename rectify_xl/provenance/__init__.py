"""Our own marks in workbooks: the stamp of what we wrote and the remarks in a returned copy."""
