"""Copies that ``validate`` writes: annotated ones for the units, corrected ones for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.streams import echo_json, echo_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rectify_xl.copies import Corrections
    from rectify_xl.validation.report import Report


def write_copies(
    report: Report, paths: Sequence[Path], *, annotate: Path | None, fix: bool, unsafe: bool, fixed: Path | None, lang: str
) -> Corrections | None:
    """Write what was asked for and say on stderr where it is.

    Raises:
        click.UsageError: an option of corrections without ``--fix``.
    """
    if not fix and (unsafe or fixed):
        zh, en = "--unsafe 和 --fixed 须与 --fix 一起使用", "--unsafe and --fixed go together with --fix"
        raise click.UsageError(zh if lang == "zh" else en)
    if not fix and not annotate:
        return None
    from rectify_xl.copies import annotate as write_annotated
    from rectify_xl.copies import fix as write_corrected

    corrections = write_corrected(report, paths, fixed, unsafe=unsafe, lang=lang) if fix else None
    if annotate:
        copies = write_annotated(report, paths, annotate, fixed=corrections, lang=lang)
        zh, en = f"已写出 {len(copies)} 份退回件：{annotate}", f"Wrote {len(copies)} annotated copies to {annotate}"
        click.echo(zh if lang == "zh" else en, err=True)
    return corrections


def echo_checked(report: Report, corrections: Corrections | None, style: str, lang: str) -> None:
    """Print a report, and what was corrected in the copies."""
    if corrections is None:
        echo_report(report, style, lang)
        return
    if style == "json":
        from rectify_xl.copies import changes_of

        echo_json({**report.to_dict(), "fixes": changes_of(corrections)})
        return
    echo_report(report, style, lang)
    if style == "text":
        from rectify_xl.copies import correction_lines

        for line in correction_lines(corrections, lang):
            click.echo(line)
