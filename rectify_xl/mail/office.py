"""Who sends: the campaign, its folder, the sender's address, and the domains it may write to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.mail.address import checked_address, checked_domain, checked_line, domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign


@dataclass(frozen=True, slots=True)
class Office:
    """The sending office. ``known`` are the domains to which it writes without being asked."""

    campaign: Campaign
    folder: Path
    sender: str
    known: frozenset[str]
    lang: str = "zh"


def key_place(key: str) -> Text:
    """Where a setting stands, for messages."""
    return Text(f"campaign.yaml，{key}", f"campaign.yaml, {key}")


def office_of(campaign: Campaign, folder: Path, *, allow: Iterable[str] = (), lang: str = "zh") -> Office:
    """The office of a campaign folder.

    Known are the sender's own domain, what lies below it, ``mail.domains``, and ``allow``. The domains of ``mail.to``
    and of the roster are not: a typing error there is what this guards against.

    Raises:
        RectifyError: mail.from is missing or wrong, or a name could steer a header.
    """
    mail = campaign.mail
    if not mail.sender:
        raise RectifyError(
            "campaign.yaml 没有写发件人；请在 mail: 下写 from（例如 zgb@example.gov.cn）",
            "campaign.yaml names no sender; write from (such as zgb@example.gov.cn) under mail:",
        )
    sender = checked_address(mail.sender, key_place("mail.from"))
    named = [checked_domain(domain, key_place("mail.domains")) for domain in mail.domains]
    allowed = [checked_domain(domain, Text("--allow-domain", "--allow-domain")) for domain in allow]
    for text, key in ((campaign.name, "name"), (campaign.issuer, "issuer")):
        place = key_place(key)
        checked_line(text, Text(f"{place.zh} ", place.en))
    return Office(campaign, folder, sender, frozenset({domain_of(sender), *named, *allowed}), lang)
