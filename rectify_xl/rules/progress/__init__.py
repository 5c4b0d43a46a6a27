"""Rules about progress and dates of closing."""
