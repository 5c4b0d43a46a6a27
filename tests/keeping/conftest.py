"""The masters of the workbook's tests."""

from tests.workbook.conftest import make_master, master

__all__ = ["make_master", "master"]
