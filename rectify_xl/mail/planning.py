"""Who gets what. Addresses come from the roster and mail.to alone, and a file says itself whose it is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rectify_xl.common.atomic_write import open_elsewhere
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.ledger.sheets.absences import KINDS
from rectify_xl.ledger.turnout import is_answered
from rectify_xl.mail.address import checked_address, file_name, visible
from rectify_xl.mail.letter import Attachment, Plan
from rectify_xl.mail.master_file import open_master, sha256_of
from rectify_xl.mail.outgoing_files import copies_in, no_form, no_return, other_base
from rectify_xl.mail.plan_builder import PlanBuilder
from rectify_xl.mail.reminder_facts import ahead_facts, overdue_facts, tasks_ahead
from rectify_xl.provenance.stamp import name_key
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import AbsenceRecord
    from rectify_xl.mail.letter import Kind
    from rectify_xl.mail.office import Office
    from rectify_xl.mail.outgoing_files import Copy


def recipients(campaign: Campaign) -> frozenset[tuple[str, str]]:
    """Everybody who may be written to: unit (empty for mail.to) and address, as the lists have them now."""
    written = [(unit.name, text) for unit in campaign.units for text in unit.email.split("|")]
    found = set()
    for unit, text in [*written, *(("", text) for text in campaign.mail.to)]:
        with suppress(RectifyError):  # reported when somebody is to be written to at it
            found.add((unit, checked_address(text, NO_TEXT).lower()))
    return frozenset(found)


def plan_master(office: Office, path: Path) -> Plan:
    """The master to mail.to.

    Raises:
        RectifyError: the file is not this campaign's and round's master.
    """
    builder = PlanBuilder(office)
    content, master = _open(office, builder, path)
    facts = {
        "as_of": master.as_of.isoformat(), "tasks": len(master.tasks), "overdue": len(master.overdue),
        "doubtful": len(master.doubtful),
        "due_soon": len(master.due_soon), "missing": list(master.missing_units),
    }  # fmt: skip
    builder.to_leaders(facts, [Attachment(path.name, content)])
    return builder.plan()


def plan_reminders(office: Office, path: Path) -> Plan:
    """A reminder to every unit that the master lists as missing, late, or leading tasks that are overdue or warned of ahead.

    Raises:
        RectifyError: the file is not this campaign's and round's master.
    """
    builder = PlanBuilder(office)
    _, master = _open(office, builder, path)
    overdue: dict[str, list[dict[str, Any]]] = {}
    for task in master.overdue:
        place = Text(f"逾期任务 {task.name}", f"overdue task {task.name}")
        for name in _resolve_units(office, builder, task.lead, place):
            overdue.setdefault(name, []).append(overdue_facts(master, task, office.lang))
    ahead: dict[str, list[dict[str, Any]]] = {}
    for task in tasks_ahead(master):
        place = Text(f"预警任务 {task.name}", f"task {task.name}, warned of")
        for name in _resolve_units(office, builder, task.lead, place):
            ahead.setdefault(name, []).append(ahead_facts(master, task, office.lang))
    absent = _absent(office, builder, master)
    for unit in office.campaign.units:
        if unit.name in overdue or unit.name in ahead or unit.name in absent:
            kinds = absent.get(unit.name, {})
            builder.to_unit("reminder", unit, {
                "as_of": master.as_of.isoformat(),
                **{key: kind in kinds for key, kind in _REMINDED.items()},
                "other_round": kinds["wrong-round"].other_round if "wrong-round" in kinds else "",
                "filled_on": shown(kinds["late"].filled_on) if "late" in kinds else "",
                "resend_by": _resend_by(office.campaign, master.as_of.isoformat()),
                "overdue": overdue.get(unit.name, []),
                "ahead": ahead.get(unit.name, []),
            })  # fmt: skip
    return builder.plan()


# What the templates know of -> the kind of absence.
_REMINDED = {"missing": "missing", "late": "late", "wrong_round": "wrong-round"}


def _absent(office: Office, builder: PlanBuilder, master: Master) -> dict[str, dict[str, AbsenceRecord]]:
    """The units to be reminded of their report, by the roster's names, with all that there is to remind of.

    Units that only cooperate, or that have reported all the same, are listed for the office's information.
    """
    found: dict[str, dict[str, AbsenceRecord]] = {}
    for absence in filter(lambda one: one.unit, master.absences):
        if absence.kind in _REMINDED.values() and not is_answered(master, absence):
            for name in _resolve_units(office, builder, (absence.unit,), _ABSENT_SHEET):
                found.setdefault(name, {})[absence.kind] = absence
        elif absence.kind not in KINDS:
            builder.notes.append(Text(
                f"“未报送”表里{absence.unit}的情况是“{absence.kind}”，不催报",
                f"{absence.unit} is noted as “{absence.kind}” and is not reminded",
            ))  # fmt: skip
    return found


def _open(office: Office, builder: PlanBuilder, path: Path) -> tuple[bytes, Master]:
    """The file's bytes and what it says; the plan notes what somebody should know of it."""
    file = open_master(path, office.campaign)
    builder.notes += file.master.notes
    if open_elsewhere(path):
        builder.notes.append(Text(
            f"{path.name} 正在表格软件中打开，发出的是最后一次保存的内容",
            f"{path.name} is open in a spreadsheet program; what goes out is as last saved",
        ))  # fmt: skip
    return file.content, file.master


def _resolve_units(office: Office, builder: PlanBuilder, names: Sequence[str], where: Text) -> list[str]:
    """The roster's names of units; a name that it does not have is a problem and never guessed."""
    roster, found = office.campaign.roster, []
    if not names:
        builder.notes.append(Text(f"{where.zh}没有牵头单位，无法催办", f"{where.en}: no lead unit to remind"))
    for name in names:
        match = roster.match(name, on=office.campaign.issued)
        if match.unit:
            found.append(match.unit.name)
        elif match.members:
            found += [member.name for member in match.members]
        else:
            unknown = _unknown_unit(name)
            builder.problems.append(Text(f"{where.zh}：{unknown.zh}", f"{where.en}: {unknown.en}"))
    return list(dict.fromkeys(found))


_ABSENT_SHEET = Text("“未报送”表", "the sheet of units that did not report")


def _unknown_unit(name: str) -> Text:
    return Text(f"单位“{name}”不在 units.csv 里，不知道发给谁", f"the unit “{name}” is not in units.csv, so there is no address")


def plan_returns(office: Office, folder: Path) -> Plan:
    """Every annotated copy to its unit; a unit with several gets them in one message.

    Raises:
        RectifyError: there is no such folder, or nothing is in it.
    """
    return _plan_copies(office, folder, "return", no_return)


def plan_dispatch(office: Office, folder: Path, master: Path | None = None) -> Plan:
    """Every prefilled workbook to its unit.

    Args:
        office: who sends.
        folder: where the workbooks are.
        master: the master of which they must have been made, if it is to be asked.

    Raises:
        RectifyError: there is no such folder, or nothing is in it; or there is no such master.
    """
    digest = sha256_of(master) if master else ""

    def obstacle(copy: Copy, campaign: Campaign) -> Text | None:
        return no_form(copy, campaign) or (other_base(copy, digest) if digest else None)

    return _plan_copies(office, folder, "dispatch", obstacle)


def _plan_copies(office: Office, folder: Path, kind: Kind, obstacle_to: Callable[[Copy, Campaign], Text | None]) -> Plan:
    """``obstacle_to`` says why a file is not one of those that are to be sent."""
    builder, campaign = PlanBuilder(office), office.campaign
    listed: dict[str, list[str]] = {}
    for unit in campaign.units:
        listed.setdefault(name_key(unit.name), []).append(unit.name)
    copies: dict[str, list[Copy]] = {}
    for copy in copies_in(folder):
        problem = copy.problem or obstacle_to(copy, campaign)
        units = listed.get(name_key(copy.unit), [])
        if problem is None and len(units) != 1:  # of a name longer than a property, several may begin as the file says
            problem = _unknown_unit(visible(copy.unit))
        if problem:
            builder.problems.append(Text(f"{copy.relative}：{problem.zh}", f"{copy.relative}: {problem.en}"))
        else:
            copies.setdefault(units[0], []).append(copy)
    for unit in campaign.units:
        if unit.name in copies:
            files: list[Attachment] = []
            for copy in copies[unit.name]:
                files.append(Attachment(_free_name(file_name(copy.name), files), copy.content))
            builder.to_unit(kind, unit, _copy_facts(copies[unit.name], campaign), files)
    return builder.plan()


def _copy_facts(copies: Sequence[Copy], campaign: Campaign) -> dict[str, Any]:
    """What a message says of the copies that go with it; ``asked`` is None where one does not say what it asks for."""
    checked, asked = max(copy.checked for copy in copies), [copy.asked for copy in copies]
    return {
        "checked": checked,
        "asked": None if None in asked else sum(filter(None, asked)),
        "unused": all(copy.is_unused for copy in copies),
        "resend_by": _resend_by(campaign, checked),
    }


def _resend_by(campaign: Campaign, today: str) -> str:
    """The day for sending again, where there is one and it has not passed."""
    by = campaign.round_resend_by
    return by.isoformat() if by and by.isoformat() >= today else ""


def _free_name(name: str, taken: Sequence[Attachment]) -> str:
    """The name, numbered if another file of the same message bears it already."""
    names = {file.name for file in taken}
    stem, dot, ending = name.rpartition(".")
    number = 1
    while name in names:
        number += 1
        name = f"{stem}({number}){dot}{ending}"
    return name
