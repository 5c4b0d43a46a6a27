"""``mail:`` of campaign.yaml - who sends what where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node

_LAST_PORT, _MOST_MAILS = 65_535, 6_000


@dataclass(frozen=True, slots=True, repr=False)
class Mail(ShortRepr):
    """``mail:`` - who sends what where. The password is never here. ``port`` 0 is the usual one of the kind of security."""

    sender: str = ""
    host: str = ""
    port: int = 0
    security: str = "starttls"
    user: str = ""
    to: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    per_minute: int = 60


def read_mail(node: Node) -> Mail:
    """The section of campaign.yaml.

    Raises:
        RectifyError: a key is unknown or a value is wrong; the message names file, line and key.
    """
    table = node.table({"from", "host", "port", "security", "user", "to", "domains", "per_minute"})
    security = table["security"].one_of(("starttls", "tls", "none")) if "security" in table else "starttls"
    host = _text(table, "host")
    if security == "none" and host not in ("127.0.0.1", "::1", "localhost"):
        raise table["security"].error(
            "security: none 只能用于本机地址（127.0.0.1）", "security: none is for this machine only (127.0.0.1)"
        )
    sender = _text(table, "from")
    return Mail(
        sender=sender,
        host=host,
        port=table["port"].whole(1, _LAST_PORT) if "port" in table else 0,
        security=security,
        user=_text(table, "user") or sender,
        to=_texts(table, "to"),
        domains=_texts(table, "domains"),
        per_minute=table["per_minute"].whole(1, _MOST_MAILS) if "per_minute" in table else Mail().per_minute,
    )


def _text(table: Mapping[str, Node], key: str) -> str:
    return table[key].text() if key in table else ""


def _texts(table: Mapping[str, Node], key: str) -> tuple[str, ...]:
    return tuple(item.text() for item in table[key].items()) if key in table else ()
