"""The master: tasks with their reports, built by a merge or read back from the workbook, as records and sheets."""
