"""What is kept of one merge, beside the files themselves: enough to rebuild the index."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, fields
from typing import Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.visible import escaped_json

VERSION = 1


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that went into a merge. ``role``: submission, base or master; ``path``: what it was called."""

    role: str
    path: str
    sha256: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class KeptTask:
    """A row of 总台账 as it was written: what it is about, its state and its deadline, as texts."""

    key: str
    task_id: str
    text: str
    status: str
    deadline: str


@dataclass(frozen=True, slots=True)
class KeptReport:
    """What a unit reported on a task, with the cell at which its row begins."""

    key: str
    task_id: str
    unit: str
    file: str
    sheet: str
    cell: str
    status: str
    percent: str
    progress: str


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A value of 总台账 that changed, or that somebody proposed to change."""

    key: str
    task_id: str
    unit: str
    field: str
    old: str
    new: str
    outcome: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One merge.

    Attributes:
        serial: its number in the campaign, from 1.
        round_id: its round; the as-of day where the campaign counts none.
        as_of: the day on which overdue was judged, ISO.
        written: when it was recorded, ISO with the zone.
        master: where the master was written.
        master_sha256: its bytes as they were written.
        replaced_sha256: the bytes of the file that it replaced; empty where there was none.
        files: the submissions, the base where there was one, and the master.
        tasks: 总台账.
        reports: what the submissions reported.
        changes: what changed by this merge.
        disputes: what stands in 冲突 by this merge: ``old`` is what the ledger keeps, ``new`` what the unit says.
        edits: what the office had changed by its own hand since the last merge.
    """

    serial: int
    round_id: str
    as_of: str
    written: str
    master: str
    master_sha256: str
    replaced_sha256: str
    files: tuple[KeptFile, ...]
    tasks: tuple[KeptTask, ...]
    reports: tuple[KeptReport, ...]
    changes: tuple[KeptChange, ...]
    disputes: tuple[KeptChange, ...] = ()
    edits: tuple[KeptChange, ...] = ()

    def to_json(self) -> bytes:
        """As it is kept: the names of columns once, then the rows. Names of files that are no UTF-8 come back as they were."""
        kept: dict[str, Any] = {"version": VERSION, **{name: getattr(self, name) for name in _SINGLE}}
        for name, kind in _LISTS.items():
            names = [one.name for one in fields(kind)]
            kept[name] = {"columns": names, "rows": [astuple(one) for one in getattr(self, name)]}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        try:
            return text.encode()
        except UnicodeEncodeError:
            return escaped_json(text, ascii_only=False).encode()


_LISTS: dict[str, Any] = {
    "files": KeptFile,
    "tasks": KeptTask,
    "reports": KeptReport,
    "changes": KeptChange,
    "disputes": KeptChange,
    "edits": KeptChange,
}
_LATER = ("disputes", "edits")  # records of before do not have them
_SINGLE = tuple(one.name for one in fields(Entry) if one.name not in _LISTS)


def from_json(text: bytes, where: object) -> Entry:
    """An entry as it was kept.

    Raises:
        RectifyError: it was damaged, or kept by a newer version.
    """
    try:
        kept = json.loads(text)
        if kept["version"] != VERSION:
            raise RectifyError(
                f"{where}: 由更新版本的软件记下；请升级软件", f"{where}: recorded by a newer version; upgrade the program"
            )
        _check_kinds(kept)
        found: dict[str, Any] = {name: kept[name] for name in _SINGLE}
        found |= {
            name: tuple(kind(**dict(zip(kept[name]["columns"], row, strict=True))) for row in kept[name]["rows"])
            for name, kind in _LISTS.items()
            if name in kept or name not in _LATER
        }
        return Entry(**found)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RectifyError(
            f"{where}: 历史记录损坏，读不出来；请从备份恢复这个文件，或把它移到别处后再运行（那一次汇总就不在历史里了）",
            f"{where}: the record is damaged; restore the file from a backup, or move it away (then history lacks that merge)",
        ) from error


def _check_kinds(kept: dict[str, Any]) -> None:
    """See that texts are texts, and that no cell holds a list; whoever works with them does not look.

    Raises:
        ValueError: somebody has written something else.
    """
    texts = [kept[name] for name in _SINGLE if name != "serial"]
    cells = (value for name in _LISTS if name in kept for row in kept[name]["rows"] for value in row)
    is_sound = type(kept["serial"]) is int and all(isinstance(text, str) and "\0" not in text for text in texts)
    if not is_sound or any(isinstance(value, dict | list) for value in cells):
        raise ValueError(texts)
