"""``rounds/`` of a campaign folder: every file by its digest, and one record per merge.

``rounds/<round>/<sha256>`` holds bytes, ``rounds/<round>/<serial>.json`` says what they were. ``<serial>.pending`` is the record
of a merge whose master is about to be put into place. Nothing here is ever changed or removed, but for pending records.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rectify_xl.common.atomic_write import flush, flush_folder, new_beside, remove_leftovers
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.file_names import file_name
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.private_files import make_private_file, make_private_folder
from rectify_xl.history.entry import Entry, from_json
from rectify_xl.intake.refusal import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = "rounds"
_RECORD = LazyPattern(r"\d{4,}\.(?:json|pending)")


class Store:
    """The files of one campaign folder."""

    def __init__(self, campaign: Path) -> None:
        self.folder = campaign / ROUNDS

    def prepare(self, round_id: str) -> Path:
        """The folder of a round, made where missing; only its owner may enter it.

        Raises:
            OSError: it cannot be made.
        """
        make_private_folder(self.folder)
        folder = self.folder / file_name(round_id)
        make_private_folder(folder)
        return folder

    def keep(self, content: bytes, digest: str, folder: Path) -> None:
        """Have bytes on the disk under their digest.

        Raises:
            OSError: they cannot be written.
        """
        path = folder / digest
        if not (path.is_file() and sha256(path) == digest):
            _write(path, content)

    def write_pending(self, entry: Entry, folder: Path) -> Path:
        """Note a merge before its master is put into place.

        Raises:
            OSError: it cannot be written.
        """
        path = folder / f"{entry.serial:04}.pending"
        _write(path, entry.to_json())
        return path

    def settle(self, pending: Path, *, happened: bool) -> None:
        """Say of a merge that was noted whether its master was put into place.

        Raises:
            OSError: that cannot be written.
        """
        if happened:
            pending.replace(pending.with_suffix(".json"))
        else:
            pending.unlink()
        flush_folder(pending.parent)

    def clear(self) -> None:
        """Remove the temporary files of killed runs, also beside backups and in the folders of past rounds."""
        for folder in (self.folder, *self.folder.glob("*/")):
            remove_leftovers(folder)

    def pending(self) -> list[tuple[Path, Entry]]:
        """The merges of which it is not known yet."""
        return self._records(".pending")

    def entries(self) -> list[Entry]:
        """All merges, the oldest first.

        Raises:
            RectifyError: a record is damaged.
        """
        return [entry for _, entry in self._records(".json")]

    def entries_of(self, round_id: str) -> list[Entry]:
        """The merges of one round."""
        return [entry for _, entry in self._records(".json", file_name(round_id)) if entry.round_id == round_id]

    def next_serial(self) -> int:
        """A number that no merge has had."""
        return max((int(path.stem) for suffix in (".json", ".pending") for path in self._paths(suffix)), default=0) + 1

    def serials(self) -> list[int]:
        """The numbers of all merges, in order, without reading their records."""
        return sorted(int(path.stem) for path in self._paths(".json"))

    def entry(self, serial: int) -> Entry | None:
        """One merge."""
        found = [path for path in self._paths(".json") if int(path.stem) == serial]
        return from_json(found[0].read_bytes(), found[0]) if found else None

    def holds(self, digest: str, round_id: str) -> bool:
        """Whether the bytes with a digest were kept, and nobody has removed them."""
        return (self.folder / file_name(round_id) / digest).is_file()

    def content(self, digest: str, round_id: str) -> bytes:
        """The bytes with a digest.

        Raises:
            RectifyError: they are gone or damaged.
        """
        path = self.folder / file_name(round_id) / digest
        if not path.is_file() or sha256(path) != digest:
            raise RectifyError(
                f"{path}: 这份存档不在了或已损坏，没有写出；请从备份恢复", f"{path}: is gone or damaged; restore it from a backup"
            )
        return path.read_bytes()

    def _records(self, suffix: str, folder: str = "*") -> list[tuple[Path, Entry]]:
        read = [(path, from_json(path.read_bytes(), path)) for path in self._paths(suffix, folder)]
        return sorted(read, key=lambda one: one[1].serial)

    def _paths(self, suffix: str, folder: str = "*") -> Iterator[Path]:
        if self.folder.is_dir():
            folders = self.folder.iterdir() if folder == "*" else (self.folder / folder,)
            yield from (path for one in folders for path in one.glob(f"*{suffix}") if _RECORD.fullmatch(path.name))


def _write(path: Path, content: bytes) -> None:
    """A complete file under its name, or none; only its owner may read it."""
    temporary = new_beside(path)
    try:
        make_private_file(temporary)
        temporary.write_bytes(content)
        flush(temporary)
        os.replace(temporary, path)  # noqa: PTH105 - over what a damaged disk left, too
        flush_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
