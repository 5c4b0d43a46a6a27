"""One merge with a campaign folder: alone there, and with all that it was made of on the disk before the master changes.

First the files and a pending record, then the master (by ``write_master``), then the record as one that happened, then the
index. Whatever ends the process in between, the next run knows by the master's own bytes whether it happened.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.patient_sqlite import say_nothing
from rectify_xl.history.database import FILE, bring_up_to_date
from rectify_xl.history.entry import Entry, KeptFile
from rectify_xl.history.extract import kept_changes, kept_disputes, kept_edits, kept_reports, kept_tasks
from rectify_xl.history.lock import sole_user
from rectify_xl.history.store import Store
from rectify_xl.intake.refusal import sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rectify_xl.ledger.master import Master


class Recording:
    """What a merge keeps of itself. ``notes``: what somebody should know of it."""

    def __init__(self, campaign: Path | None) -> None:
        self.notes: tuple[Text, ...] = ()
        self._campaign = campaign
        self._paths: Sequence[Path] = ()
        self._base: Path | None = None
        self._base_sha256 = ""

    def made_of(self, paths: Sequence[Path], base: Path | None) -> None:
        """Note where the lists are, and the workbook that the merge goes on from, before it is read."""
        self._paths = paths
        if self._campaign and base and base.is_file():
            self._base, self._base_sha256 = base, sha256(base)

    def before_replacing(self, master: Master, output: Path) -> Callable[[Path], None]:
        """What to do with a finished master just before it takes its place at ``output``: see ``write_master``.

        The function raises RectifyError where something cannot be kept, or was changed since it was read.
        """

        def keep(new: Path) -> None:
            if self._campaign is None:
                return
            try:
                self._keep(self._campaign, master, Path(os.path.realpath(output)), new)
            except OSError as error:
                why = os_reason(error)
                folder = Store(self._campaign).folder
                raise RectifyError(
                    f"{folder}: 本次的报送件和台账存不进去（{why.zh}），总台账没有改动；请检查该文件夹的权限和磁盘空间",
                    f"{folder}: this merge's files cannot be kept there ({why.en}), so the master was not changed;"
                    " check the permissions and the space there",
                ) from error

        return keep

    def _keep(self, campaign: Path, master: Master, output: Path, new: Path) -> None:
        store = Store(campaign)
        round_id = master.campaign.round_id or master.as_of.isoformat()
        folder = store.prepare(round_id)
        files = self._files(master)
        content = new.read_bytes()
        digest = sha256(new)
        for kept, path in files:
            _store_unchanged(store, kept, path, folder)
        store.keep(content, digest, folder)
        earlier = store.entries_of(round_id)
        last = store.entry(serials[-1]) if (serials := store.serials()) else None
        before = store.entries_of(last.round_id) if last and last.round_id != round_id else ()
        known = [change for entry in (*before, *earlier) for change in entry.changes]
        changes = kept_changes(master, {round_id, *(entry.round_id for entry in before)}, known)
        entry = Entry(
            serial=store.next_serial(), round_id=round_id, as_of=master.as_of.isoformat(),
            written=datetime.now().astimezone().isoformat(timespec="seconds"), master=_place(campaign, output),
            master_sha256=digest, replaced_sha256=sha256(output) if output.is_file() else "",
            files=(*(kept for kept, _ in files), KeptFile("master", _place(campaign, output), digest)),
            tasks=kept_tasks(master),
            reports=kept_reports(master, {kept.path for kept, _ in files if kept.role == "submission"}, changes),
            changes=changes,
            disputes=kept_disputes(master, [one for entry in earlier for one in entry.disputes]),
            edits=kept_edits(master),
        )  # fmt: skip
        store.write_pending(entry, folder)

    def _files(self, master: Master) -> list[tuple[KeptFile, Path]]:
        """The base and the lists that were used, and where they are."""
        files: list[tuple[KeptFile, Path]] = []
        if self._base and self._campaign:
            files.append((KeptFile("base", _place(self._campaign, self._base), self._base_sha256), self._base))
        if master.report:
            # Most of what writes copies comes with it, and without a campaign folder no file is kept.
            from rectify_xl.copies.sources import find_sources  # noqa: PLC0415

            collection = master.report.collection
            for source in find_sources(master.report, self._paths):
                submission = source.submission
                if submission.status == "accepted":
                    unit = "、".join(collection.units_of(submission))
                    files.append((KeptFile("submission", submission.path, submission.sha256, unit), source.path))
        return files


@contextmanager
def recording(campaign: Path | None, waiting: Callable[[Text], None] = say_nothing) -> Iterator[Recording]:
    """Merge with the campaign folder to oneself; what an earlier run left unfinished is put in order first.

    Which master the merge goes on from must be found out inside, or another merge may write it meanwhile. Without a campaign
    folder nothing is kept. ``waiting`` is called with what is waited for, once it takes longer than a moment.

    Raises:
        RectifyError: another merge does not end, or what an earlier one left cannot be put in order.
    """
    if campaign is None:
        yield Recording(None)
        return
    with sole_user(campaign, waiting=waiting) as alone:
        if not alone:
            run = Recording(None)
            run.notes = (Text(
                f"{campaign}: 文件夹不能写入或不能加锁，本次汇总没有存入历史",
                f"{campaign}: the folder cannot be written or locked, so this merge is not kept in the history",
            ),)  # fmt: skip
            yield run
            return
        settle(campaign)
        run = Recording(campaign)
        try:
            yield run
        finally:
            run.notes = (*_settled_notes(campaign), *index_notes(campaign, waiting))


def settle(campaign: Path) -> None:
    """Find out of merges that were being put into place whether they were, and clear what they left. For the sole user alone.

    Raises:
        RectifyError: that cannot be written down, or a record is damaged.
    """
    store = Store(campaign)
    try:
        for path, entry in store.pending():
            store.settle(path, happened=_happened(entry, campaign))
        store.clear()
    except OSError as error:
        why = os_reason(error)
        raise RectifyError(
            f"{store.folder}: 上一次没有做完的汇总记录整理不了（{why.zh}）；请检查权限和磁盘空间",
            f"{store.folder}: what an unfinished merge left cannot be put in order ({why.en}); check permissions and space",
        ) from error


def _happened(entry: Entry, campaign: Path) -> bool:
    """Whether the master took its place. Where somebody has saved it again since, it is taken to have: nothing is lost so."""
    path = campaign / entry.master
    now = sha256(path) if path.is_file() else ""
    return now == entry.master_sha256 or now != entry.replaced_sha256


def _settled_notes(campaign: Path) -> Iterator[Text]:
    """Put the records in order; the master is in place already, so trouble is said and not raised."""
    try:
        settle(campaign)
    except RectifyError as error:
        yield error.message


def index_notes(campaign: Path, waiting: Callable[[Text], None] = say_nothing) -> Iterator[Text]:
    """Bring the index up to date, and say where that cannot be done: everything is there without it."""
    try:
        bring_up_to_date(campaign, Store(campaign), waiting)
    except (sqlite3.Error, OSError) as error:
        yield Text(
            f"{campaign / FILE}: 历史索引没有写成（{error}）；总台账和存档都已写好，下次汇总时会补上",
            f"{campaign / FILE}: the index of the history was not written ({error}); the master and the kept files are safe,"
            " and the next merge will add it",
        )


def _store_unchanged(store: Store, kept: KeptFile, path: Path, folder: Path) -> None:
    """Keep a file, if it is still the one that was read."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise RectifyError(
            f"{path}: 文件在汇总过程中被改动，总台账没有改动；请保存并关闭它，再运行一次",
            f"{path}: the file was changed while it was being merged, so the master was not changed; save and close it, then"
            " run the command again",
        )
    store.keep(content, kept.sha256, folder)


def _place(campaign: Path, path: Path) -> str:
    """Where a file is: seen from the campaign folder where it lies in it, which may be moved as a whole."""
    real, home = Path(os.path.realpath(path)), Path(os.path.realpath(campaign))
    return real.relative_to(home).as_posix() if real.is_relative_to(home) else real.as_posix()
