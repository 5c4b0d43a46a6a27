"""Rules about responsible leaders."""
