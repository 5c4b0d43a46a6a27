"""Text, JSON and SARIF of what was found, for terminals and machines."""
