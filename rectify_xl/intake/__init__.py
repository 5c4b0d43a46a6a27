"""Paths -> Submissions: the only door to the workbook readers and to zip and XML parsing."""
