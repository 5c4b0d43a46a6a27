"""What a campaign folder remembers: its rounds, their masters as they were first written, the last deadlines."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.patient_sqlite import say_nothing
from rectify_xl.history.lock import sole_user
from rectify_xl.history.recording import index_notes, settle
from rectify_xl.history.store import Store
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.intake.refusal import sha256
from rectify_xl.provenance.stamp import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rectify_xl.common.i18n import Text
    from rectify_xl.history.entry import Entry

_DAY = LazyPattern(r"\d{4}-\d{2}-\d{2}")
_NUMBERED = LazyPattern(r"(.+)/(\d+)")


@dataclass(frozen=True)
class Past:
    """All merges of a campaign folder, the oldest first; ``notes``: what could not be put in order."""

    campaign: Path
    entries: tuple[Entry, ...]
    notes: tuple[Text, ...] = ()

    @property
    def rounds(self) -> dict[str, tuple[Entry, ...]]:
        """Round -> its merges, in the order in which the rounds began."""
        found: dict[str, tuple[Entry, ...]] = {entry.round_id: () for entry in self.entries}
        for round_id, group in groupby(self.entries, key=lambda entry: entry.round_id):
            found[round_id] += tuple(group)
        return found

    def master(self, wanted: str) -> bytes:
        """A round's master as it was first written: of its last merge, or with ``ROUND/2`` of its second one.

        Raises:
            RectifyError: there was no such merge, or what was kept of it is gone or damaged.
        """
        entry = self._merge(wanted)
        return self._store.content(entry.master_sha256, entry.round_id)

    @property
    def schema(self) -> str:
        """The name of the schema with which the last master was written: a campaign that leaves it open has its fields."""
        for entry in reversed(self.entries):
            if self._store.holds(entry.master_sha256, entry.round_id):
                return read_marks(self._store.content(entry.master_sha256, entry.round_id)).properties.get(SCHEMA, "")
        return ""

    @property
    def _store(self) -> Store:
        return Store(self.campaign)

    def to_dict(self) -> dict[str, Any]:
        """The rounds, JSON-ready (docs/json-output.md)."""
        return {
            "version": 1,
            "rounds": [
                {"round": round_id, "merges": [_merge_dict(entry) for entry in merges]}
                for round_id, merges in self.rounds.items()
            ],
        }

    def _merge(self, wanted: str) -> Entry:
        rounds = self.rounds
        merges, number = rounds.get(wanted, ()), 0
        if not merges and (numbered := _NUMBERED.fullmatch(wanted)):
            merges, number = rounds.get(numbered[1], ()), int(numbered[2])
        if not merges:
            zh = f"有 {'、'.join(rounds)}" if rounds else "还没有存过"
            en = f"there are {', '.join(rounds)}" if rounds else "none was kept yet"
            raise RectifyError(f"历史中没有“{wanted}”这一轮（{zh}）", f"the history has no round {wanted} ({en})")
        if number > len(merges) or (number == 0 and wanted not in rounds):
            round_id = merges[0].round_id
            raise RectifyError(
                f"“{round_id}”只汇总过 {len(merges)} 次，没有“{wanted}”",
                f"round {round_id} was merged {len(merges)} times only; there is no {wanted}",
            )
        return merges[number - 1]


def read_past(campaign: Path, waiting: Callable[[Text], None] = say_nothing) -> Past:
    """What a campaign folder remembers; what a run that was killed left unfinished is put in order first, where that is possible.

    ``waiting`` is called with what is waited for, once it takes longer than a moment.

    Raises:
        RectifyError: a record is damaged.
    """
    if not campaign.is_dir():
        raise RectifyError(f"{campaign}: 没有这个活动文件夹", f"{campaign}: no such campaign folder")
    store = Store(campaign)
    notes: tuple[Text, ...] = ()
    if store.folder.is_dir():
        with sole_user(campaign, patient=False) as alone:
            if alone:
                settle(campaign)
                notes = tuple(index_notes(campaign, waiting))
    return Past(campaign, tuple(store.entries()), notes)


def last_written(campaign: Path | None, base: Path) -> bytes | None:
    """The master that was last written to a place; None where nothing is kept of it, or where it is still as it was.

    Args:
        campaign: the campaign folder; nothing is kept without one.
        base: the workbook that the merge goes on from.

    Raises:
        RectifyError: what was kept of it is damaged.
    """
    store = Store(campaign) if campaign else None
    for serial in reversed(store.serials()) if store else ():
        entry = store.entry(serial) if store else None
        if entry and store and campaign and os.path.realpath(campaign / entry.master) == os.path.realpath(base):
            is_kept = store.holds(entry.master_sha256, entry.round_id) and sha256(base) != entry.master_sha256
            return store.content(entry.master_sha256, entry.round_id) if is_kept else None
    return None


def last_deadlines(campaign: Path | None, base: Path, round_id: str = "") -> Mapping[str, Any]:
    """The deadlines of the last round as they were written, before the office went on working in them: key -> day or text.

    Args:
        campaign: the campaign folder; nothing is kept without one.
        base: the workbook that the merge goes on from. Its own records count; where it was written elsewhere, those of all.
        round_id: the round that is merged. When it was merged before, the deadlines are still those of the round before; of tasks
            that came up in it, those with which they did.
    """
    store = Store(campaign) if campaign else None
    own: list[Entry] = []
    others: list[Entry] = []
    for serial in reversed(store.serials()) if store else ():
        entry = store.entry(serial) if store else None
        if entry is None or campaign is None:
            continue
        found = own if os.path.realpath(campaign / entry.master) == os.path.realpath(base) else others
        if not found or found[-1].round_id == round_id:
            found.append(entry)
        if own and own[-1].round_id != round_id:
            break
    deadlines: dict[str, Any] = {}
    for entry in reversed(own or others):
        for task in entry.tasks:
            if task.key and task.deadline:
                deadlines.setdefault(task.key, _value(task.deadline))
    return deadlines


def _merge_dict(entry: Entry) -> dict[str, Any]:
    return {
        "serial": entry.serial, "as_of": entry.as_of, "written": entry.written, "master": entry.master,
        "master_sha256": entry.master_sha256, "tasks": len(entry.tasks), "reports": len(entry.reports),
        "changes": len(entry.changes), "disputes": len(entry.disputes), "edits": len(entry.edits),
        "files": [asdict(file) for file in entry.files if file.role != "master"],
    }  # fmt: skip


def _value(text: str) -> date | str:
    return date.fromisoformat(text) if _DAY.fullmatch(text) else text
