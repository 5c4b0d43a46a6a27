"""The command as the tests call it: in their own process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from rectify_xl.cli import main


def run(*words: object) -> Result:
    """What ``rectify-xl`` with these words says, and its exit status."""
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="rectify-xl")
