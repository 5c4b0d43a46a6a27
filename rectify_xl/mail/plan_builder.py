"""Letters being planned: addresses checked, what stands in the way of them, and what somebody should know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.mail.address import checked_address, domain_of, is_known
from rectify_xl.mail.letter import Letter, Plan
from rectify_xl.mail.office import key_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.campaign.settings import Unit
    from rectify_xl.mail.letter import Attachment, Kind
    from rectify_xl.mail.office import Office

_LARGE = 20 << 20


class PlanBuilder:
    """Letters being planned, with what stands in the way."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._letters: list[Letter] = []
        self._unknown_domains: dict[str, list[str]] = {}
        self.problems: list[Text] = []
        self.notes: list[Text] = []

    def to_unit(self, kind: Kind, unit: Unit, facts: Mapping[str, Any], files: Sequence[Attachment] = ()) -> None:
        """One letter to each address of a unit."""
        where = Text(f"units.csv 中{unit.name}的邮箱", f"units.csv, address of {unit.name}")
        addresses = self._checked(unit.email.split("|"), where)
        if not unit.email.strip():
            self.problems.append(
                Text(
                    f"{unit.name}：units.csv 里没有填邮箱（email 一列）", f"{unit.name}: units.csv has no address (column email)"
                )
            )
        self._add(kind, addresses, unit.name, facts, files)

    def to_leaders(self, facts: Mapping[str, Any], files: Sequence[Attachment]) -> None:
        """One letter to each address of mail.to."""
        addresses = self._office.campaign.mail.to
        if not addresses:
            self.problems.append(Text("campaign.yaml：mail.to 里没有写收件地址", "campaign.yaml: mail.to names no address"))
        self._add("master", self._checked(addresses, key_place("mail.to")), "", facts, files)

    def _checked(self, addresses: Sequence[str], where: Text) -> list[str]:
        found = []
        for text in filter(str.strip, addresses):
            try:
                found.append(checked_address(text, where))
            except RectifyError as error:
                self.problems.append(error.message)
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
                self._unknown_domains.setdefault(domain_of(address), []).append(address)

    def plan(self) -> Plan:
        """What was planned."""
        for domain, addresses in self._unknown_domains.items():
            self.problems.append(Text(
                f"{'、'.join(addresses)}：域名 {domain} 与发件人的不同，请核对有没有写错；确认无误请加 --allow-domain {domain}，"
                "或在 campaign.yaml 的 mail.domains 里写上",
                f"{', '.join(addresses)}: the domain {domain} is not the sender's; check the spelling; if it is right, add"
                f" --allow-domain {domain}, or write it into mail.domains of campaign.yaml",
            ))  # fmt: skip
        return Plan(tuple(self._letters), tuple(self.problems), (*self.notes, *self._shared(), *self._large()))

    def _shared(self) -> list[Text]:
        """Two units with one address: perhaps they share an office, perhaps a line was copied by mistake."""
        units: dict[str, dict[str, None]] = {}
        for letter in self._letters:
            units.setdefault(letter.address.lower(), {})[letter.unit] = None
        return [
            Text(
                f"{'、'.join(names)}的邮箱相同（{address}），请核对",
                f"{', '.join(names)} share one address ({address}); check it",
            )
            for address, names in units.items()
            if len(names) > 1
        ]

    def _large(self) -> list[Text]:
        return [
            Text(
                f"给{letter.unit or letter.address}的附件共 {letter.shown_size}，有些邮箱收不下",
                f"attachments of {letter.shown_size} to {letter.unit or letter.address} may be too large for some mailboxes",
            )
            for letter in self._letters
            if letter.size > _LARGE
        ]
