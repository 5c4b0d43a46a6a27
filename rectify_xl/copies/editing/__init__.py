"""Edits one unit's file into its copy. Runs in worker processes only: nothing here is imported by the main process."""
