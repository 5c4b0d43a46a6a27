"""Writes the invented sample campaign: task data + layouts -> the folder a coordinating office would find."""
