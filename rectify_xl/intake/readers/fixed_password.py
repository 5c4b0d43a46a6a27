"""Workbooks encrypted with the password that Excel itself tries before it asks: they open there without a question.

Older versions of Excel encrypt so for "Protect Workbook", and nobody has ever set a password ([MS-OFFCRYPTO] 2.4.2.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - the one that everybody's Excel knows


def decrypt(path: Path, into: Path) -> None:
    """Write what a file encrypted with the fixed password holds.

    Raises:
        Refused: it has another password, or is encrypted in a way that nobody knows.
    """
    import msoffcrypto  # noqa: PLC0415 - for encrypted files alone

    try:
        with path.open("rb") as stream, into.open("wb") as plain:
            file = msoffcrypto.OfficeFile(stream)
            if file.format == "ooxml":
                file.load_key(password=_PASSWORD, verify_password=True)
            else:  # always verified
                file.load_key(password=_PASSWORD)
            file.decrypt(plain)
    except Exception as error:
        # The library's own errors derive from Exception alone, and damage is met with whatever error it happens to cause: what
        # cannot be decrypted stays encrypted.
        raise Refused("encrypted-file") from error
