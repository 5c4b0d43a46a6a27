"""What a mailing needs of a master workbook, and whether it is this campaign's and this round's at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.sheets.absences import KINDS, state
from rectify_xl.provenance import stamp
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


@dataclass(frozen=True, slots=True)
class OverdueTask:
    """A task that is past due. ``units`` are its lead units, by the roster's names where it has them."""

    number: str
    problem: str
    units: tuple[str, ...]
    due: str
    days: int


@dataclass(frozen=True, slots=True)
class AbsentUnit:
    """A row of 未报送. ``kind`` is that of its state, empty where the office has written something of its own there."""

    unit: str
    kind: str
    state: str
    filled_on: str


@dataclass(frozen=True, slots=True)
class MasterFile:
    """A master workbook as it is on the disk. ``tasks`` and ``due_soon`` are counts."""

    content: bytes
    as_of: str
    tasks: int
    due_soon: int
    overdue: tuple[OverdueTask, ...]
    absent: tuple[AbsentUnit, ...]


def open_master(path: Path, campaign: Campaign) -> MasterFile:
    """Read a master workbook.

    Raises:
        RectifyError: it cannot be read, or is not the master of this campaign and round.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RectifyError(
            f"{path}: 无法打开（{error.strerror}）；请检查路径，或关闭正在使用它的程序",
            f"{path}: cannot be opened ({error.strerror}); check the path, or close the program that uses it",
        ) from error
    marks = read_marks(content).properties
    if marks.get(stamp.KIND) != stamp.MASTER:
        raise RectifyError(
            f"{path}: 不是本软件生成的总台账；请用 rectify-xl merge 生成后再发送",
            f"{path}: no master of ours; make one with rectify-xl merge and send that",
        )
    problem = foreign(marks, campaign)
    if problem:
        raise RectifyError(f"{path}: {problem.zh}", f"{path}: {problem.en}")
    master = read_master(path, campaign=campaign)
    return MasterFile(
        content,
        master.as_of.isoformat(),
        tasks=len(master.tasks),
        due_soon=len(master.due_soon),
        overdue=tuple(map(_overdue, master.overdue)),
        absent=tuple(_absent(master)),
    )


def foreign(marks: Mapping[str, str], campaign: Campaign) -> Text | None:
    """Why a file of ours is not one of this campaign and this round, if it is not."""
    for key, ours, what in (
        (stamp.CAMPAIGN, campaign.name, Text("活动", "campaign")),
        (stamp.ROUND, campaign.round_id, Text("轮次", "round")),
    ):
        theirs, wanted = _plain(marks.get(key, "")), _plain(ours)
        if theirs != wanted:
            return Text(
                f"这个文件属于{what.zh}“{theirs or '（空）'}”，而活动配置是“{wanted or '（空）'}”，没有发送；"
                "请核对 --campaign 和文件，或重新生成",
                f"this file belongs to the {what.en} “{theirs or '(none)'}”, while the settings say “{wanted or '(none)'}”;"
                " it was not sent; check --campaign and the file, or make it again",
            )
    return None


def _plain(text: str) -> str:
    return " ".join(text.split())[: stamp.LONGEST]


def _overdue(task: TaskRecord) -> OverdueTask:
    due = task.timing.next_due or task.timing.due
    return OverdueTask(
        number=shown(task.values.get("task_id")),
        problem=" ".join(shown(task.subject).split()),
        units=task.lead,
        due=due.isoformat() if due else "",
        days=task.timing.days,
    )


def _absent(master: Master) -> Iterator[AbsentUnit]:
    """Units that only cooperate are listed for the office's information; nobody waits for their report."""
    for absence in master.absences:
        if absence.unit and absence.kind != "cooperating":
            kind = absence.kind if absence.kind in KINDS else ""
            yield AbsentUnit(absence.unit, kind, state(absence, master.lang), shown(absence.filled_on))
