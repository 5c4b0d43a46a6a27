"""Which materials of a task are there: named in 佐证材料, or as files in the task's folder; in doubt none is ticked."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.file_names import file_name
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.intake.discover import readable_name
from rectify_xl.papers.evidence import evidence_of, is_absent
from rectify_xl.papers.words import paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord

EVIDENCE = "佐证材料"
_MOST_FILES = 500  # of one task: a folder that holds more is none of a task
_AROUND = LazyPattern(
    r"(?:\d+|整改|附|另|已|提交|报送|交)*(.*?)(?:[一二三四五六七八九十两\d]+[份页张件册套个]|各|见?附件|已|提交|交|附|原件|复印件)*"
)
_LONGEST_MATERIAL = 100  # characters; what is longer is more than the name of a material
_LEFT_BY_PROGRAMS = LazyPattern(r"~\$|\.|thumbs\.db$|desktop\.ini$", re.IGNORECASE)
_NUMBER_END = LazyPattern(r"[\s._\-—、，,（(【\[：:]")


@dataclass(frozen=True, slots=True)
class Material:
    """One material: what it is called, and where it was found; nothing where it is missing.

    ``doubt``: what 佐证材料 says of it instead (缺, 待补).
    """

    name: str
    found: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The materials of a task; ``others``: files that are none of those; ``empty``: files that hold nothing, and links."""

    materials: tuple[Material, ...]
    others: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


class MaterialsFolder:
    """``closing.materials_folder``, in which every task has a folder that begins with its number or key."""

    def __init__(self, folder: Path | None, master: Master) -> None:
        """Raises RectifyError where the folder is not there."""
        names: list[str] = []
        self._folder = folder
        if folder is not None:
            try:
                names = [entry.name for entry in os.scandir(folder) if entry.is_dir() or entry.is_symlink()]
            except OSError as error:
                raise RectifyError(
                    f"{folder}: 打不开材料文件夹（{os_reason(error).zh}）；请检查 campaign.yaml 的 closing.materials_folder",
                    f"{folder}: the folder of materials cannot be opened ({os_reason(error).en}); check"
                    " closing.materials_folder of campaign.yaml",
                ) from error
        # By what tasks are called, so that thousands of tasks do not go through thousands of folders each.
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._by_number[number_key(name)].append(name)
            for end in _NUMBER_END.finditer(name):
                self._by_beginning[name[: end.start()]].append(name)
        self._numbers = Counter(number_key(plain(task.values.get("task_id"))) for task in master.tasks)
        self._doubled = {number for number, count in self._numbers.items() if count > 1} | {""}

    def of(self, task: TaskRecord) -> tuple[str, ...]:
        """The names of the task's folders; one by a number that several tasks have is nobody's."""
        number = plain(task.values.get("task_id"))
        own = "" if number_key(number) in self._doubled else number
        return tuple(sorted({name for called in (task.key, own) if called for name in self._called(called)}))

    def files(self, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """The files in these folders, at any depth, as paths and sizes, in order; a link is one of size 0."""
        found = (file for name in names for file in self._walk(name))
        return tuple(sorted(islice(found, _MOST_FILES)))

    def _called(self, called: str) -> Iterator[str]:
        """The folders whose name is that number or key, or begins with it and goes on with something else than a number."""
        yield from self._by_number.get(number_key(called), ())
        for begin in {called, file_name(called)}:
            yield from (folder for folder in self._by_beginning.get(begin, ()) if not self._is_longer(folder, begin))

    def _is_longer(self, folder: str, begin: str) -> bool:
        """Whether the folder's name begins with a longer number of another task: 3-1 and 3."""
        return any(folder[:end] in self._numbers for end in range(len(begin) + 1, len(folder) + 1))

    def _walk(self, name: str) -> Iterator[tuple[str, int]]:
        if self._folder is None:
            return
        top = self._folder / name
        if top.is_symlink():  # into the whole disk, or round in a circle: no link is followed
            yield readable_name(name), 0
            return
        for place, folders, files in os.walk(top):
            folders.sort()
            for entry in sorted((*files, *folders)):
                path = Path(place, entry)
                linked = path.is_symlink()
                if not _LEFT_BY_PROGRAMS.match(entry) and (linked or path.is_file()):
                    yield readable_name(path.relative_to(self._folder).as_posix()), 0 if linked else path.stat().st_size


def dossier_of(task: TaskRecord, names: Sequence[str], folder: MaterialsFolder) -> Dossier:
    """What of the materials of these names is there.

    A file counts by its name; of the material that is called 佐证材料 anything else that is there counts, too. Empty files and
    words such as 缺, 待补 tick nothing.
    """
    files = folder.files(folder.of(task))
    full, empty = [path for path, size in files if size], [path for path, size in files if not size]
    there, absent = evidence_of("\n".join(paragraphs(task.values.get("evidence"))))
    named = {name: tuple(path for path in full if _names(path, name)) for name in names}
    taken = {path for name, paths in named.items() for path in paths}
    rest = [path for path in full if path not in taken]
    materials = []
    for name in names:
        words = tuple(item for item in there if text_key(name) in text_key(item))
        if name == EVIDENCE:
            others = (item for item in there if not any(_is_merely(item, one) for one in names if one != name))
            words = tuple(dict.fromkeys((*words, *others)))
        doubt = "；".join(item for item in absent if text_key(name) in text_key(item))
        materials.append(Material(name, (*words, *named[name]), doubt))
    return Dossier(tuple(materials), tuple(rest), tuple(empty))


def doubts_of(found: Dossier) -> Iterator[Text]:
    """What somebody should look at."""
    missing = [one.name for one in found.materials if not one.found]
    if missing:
        yield Text(f"缺材料：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
    both = [one.name for one in found.materials if one.found and one.doubt]
    if both:
        yield Text(f"佐证材料一栏说缺、又有文件，请核对：{'、'.join(both)}", f"said to be missing, and there: {', '.join(both)}")
    if found.empty:
        yield Text(
            f"空文件或链接，没有计入：{'、'.join(found.empty)}", f"empty files or links, not counted: {', '.join(found.empty)}"
        )


def _is_merely(item: str, name: str) -> bool:
    """Whether a thing is the material of this name and nothing more: 整改情况说明2份 is, 节能验收意见 is not."""
    return _bare(item) == _bare(name)


def _bare(name: str) -> str:
    """A thing's name without what is written around it: 整改, 附, numbers, 2份."""
    key = text_key(name)
    match = _AROUND.fullmatch(key) if len(key) <= _LONGEST_MATERIAL else None
    return match[1] if match else key


def _names(path: str, name: str) -> bool:
    """Whether a file, or the folder in the task's folder that it lies in, is called after a material."""
    parts = (Path(path).stem, *Path(path).parts[1:-1])
    return any(text_key(name) in text_key(part) for part in parts) and not is_absent(Path(path).stem)
