"""What zipfile and the decompressors behind it raise over damaged, unusual or crafted archives."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

# Not of one family: each method of compression has its own error, and sizes and places that lie end in those of Python itself.
ARCHIVE_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, IndexError,
)  # fmt: skip
