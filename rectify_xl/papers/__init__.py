"""A master -> Word papers: bulletin, reminder letter, cards, public notice, form of strike-off. The only door to docxtpl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from docx import Document

from rectify_xl.common.atomic_write import check_target, replace_file
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.file_names import file_name, free_name
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.cards import leader_cards, unit_cards
from rectify_xl.papers.dossier import form
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.fill import BULLETIN, CARD, DOSSIER, NOTICE, PUBLICITY, Template
from rectify_xl.papers.identifiers import identifier_in, identifier_of
from rectify_xl.papers.materials import MaterialsFolder
from rectify_xl.papers.notice import known_units, notice, unit_named
from rectify_xl.papers.publicity import publicity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.notice_period import Period

__all__ = [
    "Facts", "TaskPaper", "write_bulletin", "write_cards", "write_dossiers", "write_notice", "write_notices", "write_publicity",
]  # fmt: skip

Key = TypeVar("Key")
_NOTICE = Text("督办函", "letter")
_PUBLICITY, _DOSSIER = Text("公示稿", "public notice"), Text("验收销号表", "strike-off")
_CARDS = {"unit": Text("单位", "unit"), "leader": Text("领导", "leader")}


@dataclass(frozen=True)
class TaskPaper:
    """A paper on one task: its file, or why there is none.

    ``period``: of a public notice; ``checks``: what somebody should look at before it goes out.
    """

    task: TaskRecord
    path: Path | None = None
    fault: Text | None = None
    period: Period | None = None
    checks: tuple[Text, ...] = ()


def write_bulletin(master: Master, path: str | Path, *, folder: Path | None = None, lang: str = "zh") -> None:
    """Write the bulletin.

    Args:
        master: what merge, summarize or read_master returned.
        path: the .docx to make or replace.
        folder: the campaign folder; a template of its own in templates/ is used instead of the shipped one.
        lang: language of the paper; what units and the office wrote stays as it is.

    Raises:
        RectifyError: the template is wrong, or the file cannot be written. A file that was there is intact.
    """
    check_target(path, ".docx")
    facts = Facts(master, lang)
    _save(_filled(Template(BULLETIN.in_language(lang), folder), bulletin(facts), facts), path)


def write_notice(master: Master, unit: str, path: str | Path, *, folder: Path | None = None, lang: str = "zh") -> str:
    """Write the reminder letter to one unit and return the unit's full name; for arguments and errors see the bulletin.

    Raises:
        RectifyError: there is no such unit, or nothing to remind it of: an empty letter is never written.
    """
    check_target(path, ".docx")
    facts = Facts(master, lang)
    name = unit_named(facts, unit)
    filling = notice(facts, name)
    if filling is None:
        raise RectifyError(
            f"{name}没有需要督办的事项（没有逾期、即将到期、需要预警、时限不明确或缺责任领导的未办结任务，也没有未报送或逾期报送），没有生成督办函",
            f"there is nothing to remind {name} of (no open task that is overdue, due soon, warned of, or without a clear date or"
            " leader, no missing or late report), so no letter was written",
        )
    _save(_filled(Template(NOTICE.in_language(lang), folder), filling, facts), path)
    return name


def write_notices(master: Master, target: Path, *, folder: Path | None = None, lang: str = "zh") -> dict[str, Path]:
    """Write a letter to every unit that there is something to remind of, into the folder ``target``: unit -> file."""
    facts, template = Facts(master, lang), Template(NOTICE.in_language(lang), folder)
    letters = ((unit, notice(facts, unit)) for unit in known_units(facts) if facts.standing(unit) in ("unit", "unlisted"))
    kind = _NOTICE.in_language(lang)
    papers = {unit: _called(f"{kind}-{unit}", template, filling, facts) for unit, filling in letters if filling}
    return _save_all(papers, target)


def write_cards(master: Master, target: Path, *, folder: Path | None = None, lang: str = "zh") -> dict[tuple[str, str], Path]:
    """Write a card for every unit and every leader into the folder ``target``: ("unit" or "leader", name) -> file."""
    facts, template = Facts(master, lang), Template(CARD.in_language(lang), folder)
    papers = {
        (kind, name): _called(f"{_CARDS[kind].in_language(lang)}-{name}", template, filling, facts)
        for kind, cards in (("unit", unit_cards(facts)), ("leader", leader_cards(facts)))
        for name, filling in cards
    }
    return _save_all(papers, target)


def write_publicity(
    master: Master, tasks: Sequence[TaskRecord], target: Path, *, start: date | None = None, folder: Path | None = None,
    lang: str = "zh",
) -> tuple[TaskPaper, ...]:  # fmt: skip
    """Write the public notice of each task into the folder ``target``; one that cannot be written has a fault instead of a file.

    Args:
        master: see :func:`write_bulletin`; the campaign's rules count the days.
        tasks: those of the master that are to be made public.
        target: the folder.
        start: the first day; without, 公示开始 of the ledger, else the as-of date.
        folder: the campaign folder.
        lang: language of the paper.

    Raises:
        RectifyError: see :func:`write_bulletin`.
    """
    facts, template = Facts(master, lang), Template(PUBLICITY.in_language(lang), folder)
    made = [(task, publicity(facts, task, start)) for task in tasks]
    kind = _PUBLICITY.in_language(lang)
    papers = {
        at: _called(f"{kind}-{task.name}", template, result.filling, facts, task.key)
        for at, (task, result) in enumerate(made) if not isinstance(result, Text)
    }  # fmt: skip
    saved = _save_all(papers, target) if papers else {}
    return tuple(
        TaskPaper(task, fault=result) if isinstance(result, Text)
        else TaskPaper(task, saved[at], period=result.period, checks=result.checks)
        for at, (task, result) in enumerate(made)
    )  # fmt: skip


def write_dossiers(
    master: Master, tasks: Sequence[TaskRecord], target: Path, *, folder: Path | None = None, lang: str = "zh"
) -> tuple[TaskPaper, ...]:
    """Write the form of acceptance and strike-off of each task into the folder ``target``; see :func:`write_publicity`."""
    facts, template = Facts(master, lang), Template(DOSSIER.in_language(lang), folder)
    materials = MaterialsFolder(master.campaign.closing.materials.folder, master)
    forms = [form(facts, task, materials) for task in tasks]
    kind = _DOSSIER.in_language(lang)
    papers = {
        at: _called(f"{kind}-{task.name}", template, made.filling, facts, task.key)
        for at, (task, made) in enumerate(zip(tasks, forms, strict=True))
    }  # fmt: skip
    saved = _save_all(papers, target)
    return tuple(TaskPaper(task, saved[at], checks=made.checks) for at, (task, made) in enumerate(zip(tasks, forms, strict=True)))


def _filled(template: Template, filling: dict[str, object], facts: Facts, identifier: str = "") -> bytes:
    return template.fill(filling, day=facts.as_of, author=facts.campaign.issuer, identifier=identifier)


@dataclass(frozen=True)
class _Paper:
    """What a paper is called, and by what it is told from another that has a file name like it."""

    name: str
    identifier: str
    content: bytes


def _called(name: str, template: Template, filling: dict[str, object], facts: Facts, key: str = "") -> _Paper:
    """A paper that bears its name in its properties too, and the key of its task: several may have one number."""
    identifier = identifier_of(f"{name} {key}")
    return _Paper(name, identifier, _filled(template, filling, facts, identifier))


def _save_all(papers: Mapping[Key, _Paper], target: Path) -> dict[Key, Path]:
    """Write papers into a folder; one that is there stays where it is another's, whichever run wrote it."""
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RectifyError(
            f"{target}: 建不了这个文件夹（{os_reason(error).zh}）；请换一个位置",
            f"{target}: the folder cannot be made ({os_reason(error).en}); choose another place",
        ) from error
    taken: set[str] = set()
    saved = {}
    for key, paper in papers.items():
        path = target / f"{free_name(file_name(paper.name), taken)}.docx"
        while identifier_in(path) not in ("", paper.identifier):  # as that of 1_2, when that of 1/2 is written
            path = target / f"{free_name(file_name(paper.name), taken)}.docx"
        _save(paper.content, path)
        saved[key] = path
    return saved


def _save(content: bytes, path: str | Path) -> None:
    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    def verify(temporary: Path) -> None:
        with temporary.open("rb") as file:
            same = file.read() == content
            file.seek(0)
            if not same or not len(Document(file).element.body):
                raise RectifyError(
                    f"{path}: 写出的文件读回核对时不一致，原文件未改动；请重试",
                    f"{path}: the file read back differs from what was written, the old file is unchanged; try again",
                )

    replace_file(path, write, verify, suffix=".docx")
