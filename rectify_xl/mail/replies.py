"""The families of a mail server's replies (RFC 5321, 4.2.1)."""

from __future__ import annotations

GO_AHEAD = 354
ASKS_LOGIN = 334
CLOSING = 421
LOGIN_NEEDED = 530


def accepted(code: int) -> bool:
    """2xx: done."""
    return code // 100 == 2  # noqa: PLR2004


def for_now(code: int) -> bool:
    """4xx: not now, try later."""
    return code // 100 == 4  # noqa: PLR2004


def for_good(code: int) -> bool:
    """5xx: never in this form."""
    return code // 100 == 5  # noqa: PLR2004
