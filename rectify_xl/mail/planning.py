"""Who gets what. Addresses come from the roster and mail.to alone, and a file says itself whose it is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rectify_xl.common.atomic_write import open_elsewhere
from rectify_xl.common.errors import RectifyError
from rectify_xl.mail.address import checked_address, domain_of, is_known, visible
from rectify_xl.mail.copies import copies_in, no_form, no_return
from rectify_xl.mail.letter import Attachment, Letter, Plan
from rectify_xl.mail.master_file import open_master

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign, Unit
    from rectify_xl.mail.copies import Copy
    from rectify_xl.mail.letter import Kind
    from rectify_xl.mail.master_file import AbsentUnit, MasterFile
    from rectify_xl.mail.office import Office

_LARGE = 20 << 20


def recipients(campaign: Campaign) -> frozenset[tuple[str, str]]:
    """Everybody who may be written to: unit (empty for mail.to) and address, as the lists have them now."""
    written = [(unit.name, text) for unit in campaign.units for text in unit.email.split("|")]
    found = set()
    for unit, text in [*written, *(("", text) for text in campaign.mail.to)]:
        with suppress(RectifyError):  # a wrong address is told when somebody is to be written to at it
            found.add((unit, checked_address(text, "").lower()))
    return frozenset(found)


class _Desk:
    """Letters being planned, with what stands in the way."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._letters: list[Letter] = []
        self._strange: dict[str, list[str]] = {}
        self.problems: list[str] = []
        self.notes: list[str] = []

    def to_unit(self, kind: Kind, unit: Unit, facts: Mapping[str, Any], files: Sequence[Attachment] = ()) -> None:
        """One letter to each address of a unit."""
        addresses = self._checked(unit.email.split("|"), f"units.csv 中{unit.name}的邮箱")
        if not unit.email.strip():
            self.problems.append(f"{unit.name}：units.csv 里没有填邮箱（email 一列）")
        self._add(kind, addresses, unit.name, facts, files)

    def to_leaders(self, facts: Mapping[str, Any], files: Sequence[Attachment]) -> None:
        """One letter to each address of mail.to."""
        addresses = self._office.campaign.mail.to
        if not addresses:
            self.problems.append("campaign.yaml：mail.to 里没有写收件地址")
        self._add("master", self._checked(addresses, "campaign.yaml，mail.to"), "", facts, files)

    def _checked(self, addresses: Sequence[str], where: str) -> list[str]:
        found = []
        for text in filter(str.strip, addresses):
            try:
                found.append(checked_address(text, where))
            except RectifyError as error:
                self.problems.append(str(error))
        return list({address.lower(): address for address in reversed(found)}.values())[::-1]

    def _add(
        self, kind: Kind, addresses: Sequence[str], unit: str, facts: Mapping[str, Any], files: Sequence[Attachment]
    ) -> None:
        campaign = self._office.campaign
        shared = {"campaign": campaign.name, "issuer": campaign.issuer, "round": campaign.round_id, "unit": unit}
        due = campaign.round_due.isoformat() if campaign.round_due else ""
        given = {**shared, "due": due, "files": [file.name for file in files], **facts}
        for address in addresses:
            if is_known(domain_of(address), self._office.known):
                self._letters.append(Letter(kind, address, unit, given, tuple(files)))
            else:
                self._strange.setdefault(domain_of(address), []).append(address)

    def plan(self) -> Plan:
        """What was planned."""
        for domain, addresses in self._strange.items():
            self.problems.append(
                f"{'、'.join(addresses)}：域名 {domain} 与发件人的不同，请核对有没有写错；确认无误请加 --allow-domain {domain}，"
                "或在 campaign.yaml 的 mail.domains 里写上"
            )
        return Plan(tuple(self._letters), tuple(self.problems), (*self.notes, *self._shared(), *self._large()))

    def _shared(self) -> list[str]:
        """Two units with one address: perhaps one office keeps house for both, perhaps a line was copied."""
        units: dict[str, dict[str, None]] = {}
        for letter in self._letters:
            units.setdefault(letter.address.lower(), {})[letter.unit] = None
        say = self._office.say
        return [
            say(
                f"{'、'.join(names)}的邮箱相同（{address}），请核对",
                f"{', '.join(names)} share one address ({address}); check it",
            )
            for address, names in units.items()
            if len(names) > 1
        ]

    def _large(self) -> list[str]:
        say = self._office.say
        return [
            say(
                f"给{letter.unit or letter.address}的附件共 {letter.shown_size}，有些邮箱收不下",
                f"attachments of {letter.shown_size} to {letter.unit or letter.address} may be too large for some mailboxes",
            )
            for letter in self._letters
            if letter.size > _LARGE
        ]


def plan_master(office: Office, path: Path) -> Plan:
    """The master to mail.to.

    Raises:
        RectifyError: the file is not this campaign's and round's master.
    """
    desk = _Desk(office)
    master = _opened(office, desk, path)
    facts = {
        "as_of": master.as_of, "tasks": master.tasks, "overdue": len(master.overdue), "due_soon": master.due_soon,
        "missing": [absent.unit for absent in master.absent if absent.kind == "missing"],
    }  # fmt: skip
    desk.to_leaders(facts, [Attachment(path.name, master.content)])
    return desk.plan()


def plan_reminders(office: Office, path: Path) -> Plan:
    """A reminder to every unit that the master lists as missing, late, or leading overdue tasks.

    Raises:
        RectifyError: the file is not this campaign's and round's master.
    """
    desk = _Desk(office)
    master = _opened(office, desk, path)
    overdue: dict[str, list[dict[str, Any]]] = {}
    for task in master.overdue:
        told = {"number": task.number, "problem": task.problem, "due": task.due, "days": task.days}
        for name in _units_of(office, desk, task.units, f"逾期任务 {task.number or task.problem[:20]}"):
            overdue.setdefault(name, []).append(told)
    absent = _absent(office, desk, master)
    for unit in office.campaign.units:
        if unit.name in overdue or unit.name in absent:
            kinds = absent.get(unit.name, {})
            desk.to_unit("reminder", unit, {
                "as_of": master.as_of,
                **{key: kind in kinds for key, kind in _REMINDED.items()},
                "filled_on": kinds["late"].filled_on if "late" in kinds else "",
                "overdue": overdue.get(unit.name, []),
            })  # fmt: skip
    return desk.plan()


# What the templates know of -> the kind of absence.
_REMINDED = {"missing": "missing", "late": "late", "wrong_round": "wrong-round"}


def _absent(office: Office, desk: _Desk, master: MasterFile) -> dict[str, dict[str, AbsentUnit]]:
    """The units to be reminded of their report, by the roster's names, with all that there is to remind of."""
    found: dict[str, dict[str, AbsentUnit]] = {}
    for one in master.absent:
        if one.kind in _REMINDED.values():
            for name in _units_of(office, desk, (one.unit,), "“未报送”表"):
                found.setdefault(name, {})[one.kind] = one
        else:
            zh = f"“未报送”表里{one.unit}的情况是“{one.state}”，不催报"
            desk.notes.append(office.say(zh, f"{one.unit} is noted as “{one.state}” and is not reminded"))
    return found


def _opened(office: Office, desk: _Desk, path: Path) -> MasterFile:
    master = open_master(path, office.campaign)
    if open_elsewhere(path):
        zh = f"{path.name} 正在表格软件中打开，发出的是最后一次保存的内容"
        desk.notes.append(office.say(zh, f"{path.name} is open in a spreadsheet program; what goes out is as last saved"))
    return master


def _units_of(office: Office, desk: _Desk, names: Sequence[str], where: str) -> list[str]:
    """The roster's names of units; who is not in the roster is told and not guessed."""
    roster, found = office.campaign.roster, []
    if not names:
        desk.notes.append(office.say(f"{where}没有牵头单位，无法催办", f"{where}: no lead unit to remind"))
    for name in names:
        match = roster.match(name, on=office.campaign.issued)
        if match.unit:
            found.append(match.unit.name)
        elif match.members:
            found += [member.name for member in match.members]
        else:
            desk.problems.append(f"{where}：单位“{name}”不在 units.csv 里，不知道发给谁")
    return list(dict.fromkeys(found))


def plan_returns(office: Office, folder: Path) -> Plan:
    """Every annotated copy to its unit; a unit with several gets them in one message.

    Raises:
        RectifyError: there is no such folder, or nothing is in it.
    """
    return _plan_copies(office, folder, "return", no_return)


def plan_dispatch(office: Office, folder: Path) -> Plan:
    """Every prefilled workbook to its unit.

    Raises:
        RectifyError: there is no such folder, or nothing is in it.
    """
    return _plan_copies(office, folder, "dispatch", no_form)


def _plan_copies(office: Office, folder: Path, kind: Kind, otherwise: Callable[[Copy, Campaign], str | None]) -> Plan:
    """``otherwise`` says why a file is not one of those that are to be sent."""
    desk, campaign = _Desk(office), office.campaign
    copies: dict[str, list[Copy]] = {}
    for copy in copies_in(folder):
        problem = copy.problem or otherwise(copy, campaign)
        if problem is None and copy.unit not in campaign.unit_by_name:
            problem = f"单位“{visible(copy.unit)}”不在 units.csv 里，不知道发给谁"
        if problem:
            desk.problems.append(f"{copy.relative}：{problem}")
        else:
            copies.setdefault(copy.unit, []).append(copy)
    for unit in campaign.units:
        if unit.name in copies:
            files: list[Attachment] = []
            for copy in copies[unit.name]:
                files.append(Attachment(_free_name(copy.name, files), copy.content))
            checked = max(copy.checked for copy in copies[unit.name])
            desk.to_unit(kind, unit, {"checked": checked}, files)
    return desk.plan()


def _free_name(name: str, taken: Sequence[Attachment]) -> str:
    """The name, numbered if another file of the same message bears it already."""
    names = {file.name for file in taken}
    stem, dot, ending = name.rpartition(".")
    number = 1
    while name in names:
        number += 1
        name = f"{stem}({number}){dot}{ending}"
    return name
