"""The office's own templates and the mail server: what has no end is ended, with one sentence."""

from __future__ import annotations

import resource
import socket
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document

from rectify_xl.common.errors import RectifyError
from rectify_xl.mail.connection import Connection, Limits, ServerTrouble
from rectify_xl.mail.server import Server
from rectify_xl.mail.templates import Templates
from rectify_xl.papers.fill import Template
from rectify_xl.workers import trial
from tests.mail.test_planning import FACTS

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "doubling": "{% set n = namespace(s='a') %}{% for a in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    "power": "{{ 9 ** 999999999 }}",
    "padding": "{{ 'x'.ljust(9999999999) }}",
    "branching": "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    "recursion": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
}


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial takes a second of processor time at most: nothing here ends in five either."""
    monkeypatch.setattr(trial, "_SECONDS", 1.0)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_mail_template_without_an_end(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "templates" / "mail"
    folder.mkdir(parents=True)
    (folder / "return.zh.txt.j2").write_text(f"标题\n{ENDLESS[kind]}", "utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RectifyError, match=r"return\.zh\.txt\.j2"):
        Templates(tmp_path).words("return", "zh", FACTS)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 200_000


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("kind", ["loops", "doubling"])
def test_a_paper_template_without_an_end(tmp_path: Path, kind: str) -> None:
    (tmp_path / "templates").mkdir()
    document = Document()
    document.add_paragraph(ENDLESS[kind])
    document.save(tmp_path / "templates" / "通报.docx")
    with pytest.raises(RectifyError, match=r"通报\.docx"):
        Template("通报.docx", tmp_path).fill({"标题": "通报", "名称": "通报"}, day=date(2026, 11, 21), author="")


@pytest.mark.parametrize("line", [b"220-still greeting\r\n", b"220-" + b"x" * 5000 + b"\r\n", b"x" * 70_000])
def test_a_server_that_talks_forever(line: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        line_out, _ = listener.accept()
        with line_out:
            try:
                while True:
                    line_out.sendall(line * 100)
            except OSError:
                pass

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    began, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ServerTrouble):
        Connection(Server("127.0.0.1", listener.getsockname()[1], "none", "", ""), Limits())
    thread.join()  # it talks until it is cut off
    listener.close()
    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000
