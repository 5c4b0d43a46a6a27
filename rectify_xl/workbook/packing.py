"""The parts of a workbook into its archive, beside the assembling of the next part."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rectify_xl.workbook.fingerprint import PROPERTIES, UNKNOWN, fingerprint, sum_of, sums_in

if TYPE_CHECKING:
    from concurrent.futures import Future
    from io import BytesIO, StringIO
    from types import TracebackType
    from typing import BinaryIO

_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every part, as XlsxWriter has it: the same workbook has the same bytes


class Packing:
    """Packs parts, in order, in a thread: zlib lets other threads run, and is a sixth of the time of a large master.

    Leaving the context finishes the archive. From the properties on parts wait for that, because the digest of all parts
    stands in them.
    """

    def __init__(self, goal: BinaryIO) -> None:
        self._archive = ZipFile(goal, "w", ZIP_DEFLATED)
        self._thread = ThreadPoolExecutor(1, "rectify-xl-packing")
        self._packed: list[Future[None]] = []
        self._waiting: list[tuple[str, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._archive, self._thread:
            if kind is None:
                self._finish()

    def add(self, name: str, part: StringIO | BytesIO) -> None:
        """Pack a part that is complete."""
        content = part.getvalue()
        part.close()  # the worksheet keeps it
        if self._waiting or name == PROPERTIES:
            self._waiting.append((name, content if isinstance(content, bytes) else content.encode()))
        else:
            self._packed.append(self._thread.submit(self._pack, name, content))

    def _finish(self) -> None:
        for packed in self._packed:
            packed.result()
        others = (sum_of(name, content) for name, content in self._waiting if name != PROPERTIES)
        digest = fingerprint([*sums_in(self._archive), *others])
        for name, content in self._waiting:
            self._pack(name, content.replace(UNKNOWN.encode(), digest.encode()) if name == PROPERTIES else content)

    def _pack(self, name: str, content: str | bytes) -> None:
        info = ZipInfo(name, _MOMENT)
        info.compress_type = ZIP_DEFLATED
        self._archive.writestr(info, content)
