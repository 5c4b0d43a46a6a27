"""Rules about rows and files against each other."""
