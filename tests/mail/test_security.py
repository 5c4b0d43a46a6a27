"""No credential and no message over a line that is not encrypted and verified; no password anywhere it could be read."""

from __future__ import annotations

import base64
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import keyring
import keyring.backend
import keyring.errors
import pytest

from rectify_xl.campaign.settings import Mail
from rectify_xl.common.errors import RectifyError
from rectify_xl.mail import connection
from rectify_xl.mail.connection import ServerTrouble
from rectify_xl.mail.server import PASSWORD as VARIABLE
from rectify_xl.mail.server import Server, server_of
from tests.mail.smtp_server import PASSWORD, USER, Certificates, Mailbox, Scripted, make_certificates, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox

    Go = Callable[..., tuple[Entry, ...]]

# The test server does not take TLS from the start for TLS.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
FORMS = (
    PASSWORD.encode(),
    base64.b64encode(PASSWORD.encode()),
    base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()),
)


def leaked(data: bytes) -> bool:
    return any(form in data for form in FORMS)


def said(entry: Entry) -> str:
    assert entry.reason
    return entry.reason.text("zh") + entry.reason.text("en")


def check_nothing_was_given_away(mailbox: Mailbox) -> None:
    """Neither in the clear nor to a server that did not prove who it is."""
    everything = b"".join(mailbox.clear + mailbox.encrypted)
    assert not leaked(everything)
    assert b"AUTH" not in everything
    assert b"MAIL" not in everything
    assert mailbox.received == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_verified_server_gets_the_login_and_the_message(security: str, trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), implicit=security == "tls", login=True) as mailbox:
        (entry,) = go(mailbox, security=security)
    assert entry.state == "sent"
    assert mailbox.logins == [(USER, PASSWORD)]
    assert not leaked(b"".join(mailbox.clear))
    assert leaked(b"".join(mailbox.encrypted))
    assert b"MAIL" not in b"".join(mailbox.clear)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_gets_nothing(security: str, tmp_path: Path, trusted: Certificates, go: Go) -> None:
    stranger = make_certificates(tmp_path)
    assert stranger.bundle != trusted.bundle
    with serving(Mailbox(), tls=stranger.context(), implicit=security == "tls", login=True) as mailbox:
        (entry,) = go(mailbox, security=security)
    assert entry.state == "failed"
    assert "证书没有通过验证" in said(entry)
    check_nothing_was_given_away(mailbox)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_name_gets_nothing(security: str, trusted: Certificates, go: Go) -> None:
    context = trusted.context("mail.elsewhere.example")
    with serving(Mailbox(), tls=context, implicit=security == "tls", login=True) as mailbox:
        (entry,) = go(mailbox, security=security)
    assert entry.state == "failed"
    assert "证书没有通过验证" in said(entry)
    check_nothing_was_given_away(mailbox)


def test_a_server_without_starttls_gets_nothing(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox()) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert trusted
    assert entry.state == "failed"
    assert "不支持 STARTTLS" in said(entry)
    check_nothing_was_given_away(mailbox)


def test_tls_to_a_port_that_speaks_in_the_clear_gets_nothing(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox()) as mailbox:
        (entry,) = go(mailbox, security="tls")
    assert trusted
    assert entry.state == "failed"
    assert "加密连接失败" in said(entry)
    check_nothing_was_given_away(mailbox)


class Talkative(Scripted):
    """Says something in the clear right after it agreed to encrypt, as somebody in between would."""

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: ARG002, N802
        await self.push("220 go ahead\r\n250 AUTH PLAIN\r\n250 OK")


def test_words_slipped_in_before_the_encryption_are_not_believed(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), login=True, kind=Talkative) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state in ("failed", "deferred")
    check_nothing_was_given_away(mailbox)


def test_without_encryption_nobody_logs_in_even_where_the_server_offers_it(go: Go) -> None:
    class Open(Scripted):
        async def smtp_EHLO(self, hostname: str) -> None:  # noqa: ARG002, N802
            self.session.extended_smtp = True
            self._set_rset_state()
            self.session.host_name = "x"
            await self.push("250-mail.example.gov.cn\r\n250 AUTH PLAIN LOGIN")

    with serving(Mailbox(), kind=Open) as mailbox:
        (entry,) = go(mailbox, security="none", password=PASSWORD)
    assert entry.state == "sent"
    assert b"AUTH" not in b"".join(mailbox.clear)
    assert not leaked(b"".join(mailbox.clear))


def test_no_encryption_only_on_the_loopback() -> None:
    class Line:
        def __init__(self, peer: str) -> None:
            self.peer = peer

        def getpeername(self) -> tuple[Any, ...]:
            return (self.peer, 25)

    for peer in ("127.0.0.1", "127.8.8.8", "::1"):
        connection._check_loopback(Line(peer))  # type: ignore[arg-type]
    for peer in ("192.0.2.7", "10.0.0.1", "2001:db8::1", "0.0.0.0"):  # noqa: S104 - not bound to
        with pytest.raises(ServerTrouble) as caught:
            connection._check_loopback(Line(peer))  # type: ignore[arg-type]
        assert caught.value.lasting
        assert peer in caught.value.reason.text("zh")


def test_how_this_machine_introduces_itself() -> None:
    assert connection._literal("192.0.2.7") == "[192.0.2.7]"
    assert connection._literal("2001:db8::1") == "[IPv6:2001:db8::1]"


def test_the_older_way_to_log_in(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), login=True, without=("PLAIN",)) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state == "sent"
    assert mailbox.logins == [(USER, PASSWORD)]


def test_the_older_way_refused_at_its_first_step(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox({"auth": ["535 5.7.8 no"]}), tls=trusted.context(), login=True, without=("PLAIN",)) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state == "failed"
    assert mailbox.logins == []
    assert not leaked(b"".join(mailbox.clear + mailbox.encrypted))


class Exotic(Scripted):
    """Offers a way to log in that is not known here."""

    async def auth_GSSAPI(self, *_: Any) -> None:  # noqa: N802
        raise AssertionError


def test_a_way_to_log_in_that_is_not_known_here(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), login=True, without=("PLAIN", "LOGIN"), kind=Exotic) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state == "failed"
    assert "GSSAPI" in said(entry)
    assert mailbox.logins == []


def test_a_relay_that_wants_no_login_is_given_none(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), without=("PLAIN", "LOGIN")) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state == "sent"
    assert not leaked(b"".join(mailbox.clear + mailbox.encrypted))


def test_a_wrong_password_is_tried_once_for_the_whole_list(trusted: Certificates, go: Go) -> None:
    with serving(Mailbox(), tls=trusted.context(), login=True) as mailbox:
        entries = go(mailbox, 5, security="starttls", password="wrong")  # noqa: S106
    assert [entry.state for entry in entries] == ["failed"] * 5
    assert mailbox.logins == [(USER, "wrong")]
    assert "拒绝登录（答复码 535）" in said(entries[0])


@pytest.mark.parametrize("phase", ["auth", "mail", "dot"])
@pytest.mark.parametrize("form", FORMS)
def test_a_server_that_repeats_the_password_does_not_get_it_into_the_outbox(
    phase: str, form: bytes, trusted: Certificates, go: Go, outbox: Outbox
) -> None:
    faults = {phase: [f"554 5.7.8 not with {form.decode()} you don't"]}
    with serving(Mailbox(faults), tls=trusted.context(), login=True) as mailbox:
        (entry,) = go(mailbox, security="starttls")
    assert entry.state == "failed"
    assert not leaked(said(entry).encode())
    assert not leaked(outbox.path.read_bytes())


def test_the_password_is_in_no_representation() -> None:
    server = Server("mail.example.gov.cn", 587, "starttls", USER, PASSWORD)
    assert PASSWORD not in repr(server)
    assert PASSWORD not in str(replace(server, port=25))
    assert server.hide(f"535 {PASSWORD}") == "535 ***"
    assert Server("127.0.0.1", 25, "none").hide("535 x") == "535 x"


class Memory(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority: ClassVar[float] = 1  # type: ignore[assignment]
    error: Exception | None = None

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.held.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[f"{service} {username}"] = password


MAIL = Mail(sender=USER, host="mail.example.gov.cn", user=USER)


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    monkeypatch.delenv(VARIABLE, raising=False)
    held = Memory()
    held.set_password("rectify-xl:mail.example.gov.cn", USER, PASSWORD)
    monkeypatch.setattr(keyring.core, "_keyring_backend", held)
    return held


def test_the_password_comes_from_the_environment_or_the_keyring(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server_of(MAIL).password == PASSWORD
    monkeypatch.setenv(VARIABLE, "from the environment")
    assert server_of(MAIL).password == "from the environment"  # noqa: S105
    assert memory.held


def test_a_password_is_for_one_server(memory: Memory) -> None:
    assert memory.held
    assert server_of(replace(MAIL, host="mail.elsewhere.example")).password is None
    assert server_of(replace(MAIL, user="somebody@example.gov.cn")).password is None


def test_without_encryption_no_password_is_looked_for(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.error = AssertionError("asked")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert server_of(replace(MAIL, host="127.0.0.1", security="none")).password is None


def test_a_machine_without_keyring_has_no_password(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.error = keyring.errors.NoKeyringError()
    assert server_of(MAIL).password is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert server_of(MAIL).password is None


def test_a_locked_keyring_is_told(memory: Memory) -> None:
    memory.error = keyring.errors.KeyringLocked(f"cannot read {PASSWORD}")
    with pytest.raises(RectifyError, match="KeyringLocked") as caught:
        server_of(MAIL)
    assert PASSWORD not in str(caught.value)


def test_usual_ports_and_a_missing_host() -> None:
    ports = {security: server_of(replace(MAIL, security=security)).port for security in ("starttls", "tls", "none")}
    assert ports == {"starttls": 587, "tls": 465, "none": 25}
    with pytest.raises(RectifyError, match="没有写邮件服务器"):
        server_of(Mail())
