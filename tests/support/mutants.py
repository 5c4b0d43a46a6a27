"""Damaged copies of good files, the same for the same seed."""

from __future__ import annotations

import io
import random
import zipfile


def damaged(good: bytes, seed: int) -> bytes:
    """A copy with some bytes changed, cut off, taken out or doubled."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    raw = bytearray(good)
    for _ in range(dice.randint(1, 12)):
        if not raw:  # a short part, of which nothing is left
            return b""
        at = dice.randrange(len(raw))
        match dice.randrange(4):
            case 0:
                raw[at] = dice.randrange(256)
            case 1:
                raw[at : at + dice.randint(1, 8)] = dice.randbytes(4)
            case 2:
                del raw[at : at + dice.randint(1, 200)]
            case 3:
                raw[at] ^= 1 << dice.randrange(8)
    return bytes(raw[: dice.randrange(len(raw))] if raw and seed % 7 == 0 else raw)


def damaged_parts(good: bytes, seed: int) -> bytes:
    """A package whose parts are damaged, while the zip around them is sound."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(buffer, "w") as target:
        hurt = dice.choice([name for name in source.namelist() if name.startswith(("xl/", "content", "meta", "docProps"))])
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, damaged(part, seed) if name == hurt and part else part)
    return buffer.getvalue()
