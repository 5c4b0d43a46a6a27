"""Where mail goes out: the server of campaign.yaml, and the password, which is in no file."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Mail

PASSWORD = "RECTIFY_XL_MAIL_PASSWORD"  # noqa: S105 - the name of the variable
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to log in. The password is kept out of every representation."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str | None = field(default=None, repr=False)

    def hide(self, said: str) -> str:
        """What a server said without the password, should it have repeated it in one of the forms it got."""
        if not self.password:
            return said
        for secret in (base64_of("\0", self.user, "\0", self.password), base64_of(self.password), self.password):
            said = said.replace(secret, "***")
        return said


def server_of(mail: Mail) -> Server:
    """The campaign's server with its password.

    Without encryption no password is even looked for: nobody logs in over a line that others could read.

    Raises:
        RectifyError: no server is named, or the keyring cannot be read.
    """
    if not mail.host:
        raise RectifyError(
            "campaign.yaml 没有写邮件服务器；请在 mail: 下写 host（例如 smtp.example.gov.cn）和 from",
            "campaign.yaml names no mail server; write host (such as smtp.example.gov.cn) and from under mail:",
        )
    password = None if mail.security == "none" else _password(mail.host, mail.user)
    return Server(mail.host, mail.port or _PORTS[mail.security], mail.security, mail.user, password)


def base64_of(*parts: str) -> str:
    """Texts in a row as the login commands carry them."""
    return base64.b64encode("".join(parts).encode()).decode()


def keyring_name(host: str) -> str:
    """Under which name the keyring holds the password: a password is for one server and goes to no other."""
    return f"rectify-xl:{host}"


def _password(host: str, user: str) -> str | None:
    given = os.environ.get(PASSWORD)
    if given:
        return given
    try:
        keyring = import_module("keyring")
        errors = import_module("keyring.errors")
    except ImportError:  # not installed, which is usual on Linux
        return None
    try:
        found: str | None = keyring.get_password(keyring_name(host), user)
    except errors.NoKeyringError:  # a machine without one
        return None
    except errors.KeyringError as error:
        name = type(error).__name__
        raise RectifyError(
            f"系统钥匙串读不出密码（{name}）；请解锁钥匙串，或设置环境变量 {PASSWORD}",
            f"the keyring gives no password ({name}); unlock it, or set the environment variable {PASSWORD}",
        ) from None
    return found
