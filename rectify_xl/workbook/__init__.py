"""Masters, reports and templates -> .xlsx. The only door to XlsxWriter."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rectify_xl.summary import Contents, contents_of
from rectify_xl.workbook.form import template_package
from rectify_xl.workbook.master import master_package
from rectify_xl.workbook.replace import check_target, replace_file
from rectify_xl.workbook.report import report_package
from rectify_xl.workbook.verify import verify_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.judge import Report
    from rectify_xl.ledger import Master
    from rectify_xl.template import Template
    from rectify_xl.workbook.package import Package

__all__ = ["write_master", "write_report", "write_template"]


def write_master(master: Master | Contents, path: str | Path, *, lang: str = "zh") -> None:
    """Write the master workbook (contract section 4), replacing an old one only by a complete, verified new one.

    Raises:
        RectifyError: the file cannot be written; the message says why. A file that was there is intact.
    """
    check_target(path)
    with _without_collection():
        contents = master if isinstance(master, Contents) else contents_of(master, lang)
        _save(master_package(contents), path)


def write_report(report: Report, path: str | Path, *, lang: str = "zh") -> None:
    """Write the findings of a validation as a workbook: 汇总 and 问题清单.

    Raises:
        RectifyError: the file cannot be written; the message says why. A file that was there is intact.
    """
    check_target(path)
    with _without_collection():
        _save(report_package(report, lang), path)


def write_template(template: Template, path: str | Path) -> None:
    """Write a workbook to be filled in.

    Raises:
        RectifyError: the file cannot be written; the message says why. A file that was there is intact.
    """
    check_target(path)
    _save(template_package(template), path)


def _save(package: Package, path: str | Path) -> None:
    content, expected = package.close(), package.expected()

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    replace_file(path, write, lambda temporary: verify_workbook(temporary, expected))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hundreds of thousands of cells are made and none is garbage: looking for garbage meanwhile is a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
