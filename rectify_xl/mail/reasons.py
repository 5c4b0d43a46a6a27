"""Why a message is in the state it is in: a slug with what the server said, put into words when it is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rectify_xl.common.i18n import Text

_WORDS = {
    "unreachable": Text("连不上邮件服务器（{said}）", "the mail server cannot be reached ({said})"),
    "not-loopback": Text(
        "security: none 只能用于本机，而这个地址连到了 {said}，没有发送任何内容；请改用 starttls 或 tls",
        "security: none is for this machine only, but the connection led to {said}; use starttls or tls",
    ),
    "no-starttls": Text(
        "邮件服务器不支持 STARTTLS 加密，没有登录，也没有发送；请核对端口，或改用 security: tls",
        "the server offers no STARTTLS, so nothing was sent; check the port, or use security: tls",
    ),
    "bad-certificate": Text(
        "邮件服务器的证书没有通过验证（{said}），没有登录，也没有发送；请核对 mail.host，或请网络管理员处理",
        "the server's certificate was not verified ({said}), so nothing was sent; check mail.host",
    ),
    "no-encryption": Text(
        "与邮件服务器建立加密连接失败（{said}），没有登录，也没有发送；请核对 mail.port 和 mail.security",
        "no encrypted connection could be made ({said}), so nothing was sent; check mail.port and mail.security",
    ),
    "login-refused": Text(
        "邮件服务器拒绝登录（答复码 {said}）；请核对 mail.user 和密码",
        "the server refused the login (reply {said}); check mail.user and the password",
    ),
    "login-needed": Text(
        "邮件服务器要求先登录（{said}）；请设置环境变量 RECTIFY_XL_MAIL_PASSWORD 或系统钥匙串",
        "the server wants a login ({said}); set RECTIFY_XL_MAIL_PASSWORD or use the keyring",
    ),
    "login-unknown": Text(
        "邮件服务器只提供本软件不支持的登录方式（{said}）；请联系邮件管理员开通 PLAIN 或 LOGIN",
        "the server offers no way to log in that is known here ({said}); ask for PLAIN or LOGIN",
    ),
    "refused": Text("邮件服务器不收：{said}", "the server refused it: {said}"),
    "later": Text("邮件服务器要求稍后再发：{said}", "the server asks to try later: {said}"),
    "broken": Text("连接中断，邮件没有传完（{said}）", "the connection broke before the message was complete ({said})"),
    "hung": Text("邮件服务器迟迟没有应答，邮件没有传完", "the server did not answer in time; the message was not complete"),
    "strange": Text("邮件服务器的答复看不懂（{said}）", "the server's answer makes no sense ({said})"),
    "no-answer": Text(
        "邮件已经传完，但没有等到服务器的答复，可能已经发出；请先向收件人核实，不会自动重发",
        "the message was complete but no answer came: it may have arrived; ask the recipient, it is not sent again by itself",
    ),
    "too-large": Text(
        "邮件大小 {said}；请压缩或删减附件，或用其他方式送达",
        "message size {said}; shrink the attachment, or deliver it in another way",
    ),
    "stopped": Text("程序中途停止，邮件没有传完", "the program was stopped before the message was complete"),
    "confirmed": Text("已由人工核实收到", "confirmed by a person"),
}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Reason:
    """Why; ``said`` is what the server or the system answered."""

    slug: str
    said: str = ""

    def text(self, lang: str) -> str:
        """The reason in words."""
        return _WORDS[self.slug].in_language(lang).format(said=self.said)

    def to_json(self) -> str:
        """As the outbox keeps it."""
        return json.dumps([self.slug, self.said], ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Reason | None:
        """The reason that the outbox kept, if there was one.

        Raises:
            ValueError: it is none that this program keeps.
        """
        if not text:
            return None
        slug, said = json.loads(text)
        if slug not in _WORDS or not isinstance(said, str):
            raise ValueError(slug)
        return Reason(slug, said)


def printable(said: bytes | str) -> str:
    """What a server or the system said, as one short line that cannot steer a terminal."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_LONGEST]


def shown_size(size: int) -> str:
    """A size as people say it."""
    kilo = 1024
    return f"{size / kilo / kilo:.1f} MB" if size >= kilo * kilo else f"{max(1, round(size / kilo))} KB"
