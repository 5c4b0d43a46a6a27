"""The outbox keeps the truth, whatever happens to the process, the disk or a second process."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common import patient_sqlite
from rectify_xl.common.errors import RectifyError
from rectify_xl.mail.outbox import FILE, Outbox, open_outbox
from rectify_xl.mail.reasons import Reason
from tests.mail.conftest import USUAL, message
from tests.mail.smtp_server import Mailbox, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rectify_xl.common.i18n import Text
    from rectify_xl.mail.entry import Composed, Entry


def test_a_recorded_message_reads_back_as_it_was(tmp_path: Path) -> None:
    sent = message(1)
    with open_outbox(tmp_path) as outbox:
        (number,) = outbox.record([sent])
    with open_outbox(tmp_path) as outbox:
        (entry,) = outbox.entries()
        assert (entry.id, entry.key, entry.message_id, entry.recipient) == (number, sent.key, sent.message_id, sent.recipient)
        assert (entry.state, entry.tries, entry.reason, entry.size) == ("queued", 0, None, len(sent.content))
        assert outbox.content(number) == sent.content


def test_the_same_content_is_recorded_once_and_its_wording_renewed_until_it_is_sent(outbox: Outbox) -> None:
    (first,) = outbox.record([message(1)])
    (second,) = outbox.record([message(1, text="新的说法")])
    assert first == second
    assert "新的说法".encode() in outbox.content(first)
    for state in ("sent", "unknown", "sending"):
        outbox.settle([first], state)
        assert outbox.record([message(1, text="又一种说法")]) == (first,)
        assert "新的说法".encode() in outbox.content(first)
        assert outbox.entries()[0].state == state
    (again,) = outbox.record([message(1, serial=2)])
    assert again != first
    latest = outbox.latest(message(1).key)
    assert latest is not None
    assert latest.serial == 2


def test_all_messages_are_recorded_or_none(outbox: Outbox) -> None:
    def some() -> Iterator[Composed]:
        yield message(1)
        raise RectifyError("第二封写不出来", "the second one fails")

    with pytest.raises(RectifyError, match="写不出来"):
        outbox.record(some())
    assert outbox.entries() == ()


def test_a_message_is_claimed_once(outbox: Outbox) -> None:
    (number,) = outbox.record([message(1)])
    assert outbox.claim(number)
    assert not outbox.claim(number)
    for state in ("sent", "failed", "unknown", "cancelled"):
        outbox.settle([number], state)
        assert not outbox.claim(number)
    outbox.settle([number], "deferred")
    assert outbox.claim(number)


def test_what_a_killed_sender_left_is_queued_again_before_the_dot_and_unknown_after_it(outbox: Outbox) -> None:
    before, after, other = outbox.record(message(number) for number in range(3))
    for number in (before, after):
        outbox.claim(number)
    outbox.mark_data_sent(after)
    with outbox.sole_sender():
        states = {entry.id: (entry.state, entry.reason) for entry in outbox.entries()}
    assert states == {
        before: ("queued", Reason("stopped")), after: ("unknown", Reason("no-answer")), other: ("queued", None),
    }  # fmt: skip


def test_two_processes_do_not_send_at_once(tmp_path: Path, outbox: Outbox) -> None:
    (number,) = outbox.record([message(1)])
    with outbox.sole_sender():
        outbox.claim(number)
        with open_outbox(tmp_path) as second:
            with pytest.raises(RectifyError, match="另一个 rectify-xl 正在"), second.sole_sender():
                pass
            assert second.entries()[0].state == "sending"
    with open_outbox(tmp_path) as second, second.sole_sender():
        assert second.entries()[0].state == "queued"


def test_ctrl_c_leaves_no_message_being_sent(outbox: Outbox) -> None:
    (number,) = outbox.record([message(1)])

    def interrupted() -> None:
        with outbox.sole_sender():
            outbox.claim(number)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert outbox.entries()[0].state == "queued"


def test_other_files_in_its_place_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, and long enough to be seen as none" * 20)
    with pytest.raises(RectifyError, match="不要删除这个文件"):
        Outbox(tmp_path)
    (tmp_path / FILE).unlink()
    with sqlite3.connect(tmp_path / FILE) as foreign:
        foreign.execute("CREATE TABLE message (id)")
    foreign.close()
    with pytest.raises(RectifyError, match="不是本版本软件的发件箱"):
        Outbox(tmp_path)
    with pytest.raises(RectifyError, match="发件箱读写失败"):
        Outbox(tmp_path / "nowhere")


def test_a_program_that_holds_it_is_waited_for_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one in which somebody looks at the database; nobody takes a run that waits for a dead one."""
    with open_outbox(tmp_path) as outbox:
        outbox.record([message(1)])
    monkeypatch.setattr(patient_sqlite, "SILENT_SECONDS", 0.01)
    told: list[str] = []
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:

        def let_go(what: Text) -> None:
            told.append(what.zh)
            other.execute("COMMIT")

        other.execute("BEGIN EXCLUSIVE")
        with open_outbox(tmp_path, let_go) as outbox:
            for ask in (outbox.entries, lambda: outbox.content(1), lambda: outbox.count_attempt([1])):
                other.execute("BEGIN EXCLUSIVE")
                outbox._db.execute("PRAGMA busy_timeout = 10")
                assert ask() is not False
            assert [("正占用" in text, "30 秒" in text) for text in told] == [(True, True)] * 4
            other.execute("BEGIN")
            assert other.execute("SELECT * FROM message").fetchall()
            outbox._db.execute("PRAGMA busy_timeout = 10")
            assert outbox.record([message(2)]) == (2,)  # who reads holds back the COMMIT
        assert len(told) == 5
        monkeypatch.setattr(patient_sqlite, "BUSY_SECONDS", 0.01)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RectifyError, match="另一个程序一直占用发件箱"):
            Outbox(tmp_path)


def full_disk(outbox: Outbox) -> None:
    """From now on the file must not grow."""
    pages = outbox._db.execute("PRAGMA page_count").fetchone()[0]
    outbox._db.execute(f"PRAGMA max_page_count = {pages}")


def test_nothing_is_sent_that_a_full_disk_does_not_take(outbox: Outbox) -> None:
    outbox.record([message(1)])
    full_disk(outbox)
    with pytest.raises(RectifyError, match="磁盘空间"):
        outbox.record(message(number, text="长" * 9999) for number in range(2, 9))
    assert [entry.recipient for entry in outbox.entries()] == ["u001@example.gov.cn"]


def test_a_disk_that_fails_before_the_dot_keeps_the_message_from_being_sent(
    outbox: Outbox, go: Callable[..., tuple[Entry, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise RectifyError("磁盘坏了", "the disk is broken")

    with serving(Mailbox()) as mailbox:
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "mark_data_sent", broken)
            with pytest.raises(RectifyError, match="磁盘坏了"):
                go(mailbox, limits=USUAL)
        assert mailbox.received == []
        (entry,) = go(mailbox)
    assert entry.state == "sent"
    assert mailbox.identities == [entry.message_id]


def test_a_disk_that_fails_after_the_dot_leaves_the_message_unknown(
    outbox: Outbox, go: Callable[..., tuple[Entry, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RectifyError("磁盘坏了", "the disk is broken")

    with serving(Mailbox()) as mailbox:
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "settle", broken)
            with pytest.raises(RectifyError, match="磁盘坏了"):
                go(mailbox)
        with outbox.sole_sender():
            (entry,) = outbox.entries()
        assert entry.state == "unknown"
        assert go(mailbox, ids=(entry.id,))[0].state == "unknown"
    assert mailbox.identities == [entry.message_id]


def test_a_folder_that_cannot_be_locked_is_told(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(outbox._lock, "acquire", refuse)
    with pytest.raises(RectifyError, match="无法锁住发件箱"), outbox.sole_sender():
        pass


@pytest.mark.parametrize(
    "change",
    [
        *(
            f"UPDATE message SET {what}"  # noqa: S608 - our own words
            for what in (
                "subject = x'ff00'", "unit = 3.5, kind = x'00'", "content = 900000000", "attachments = '['", "reason = 'x'",
                "attachments = '[[1]]'", "reason = '[1, 2]'", "changed = 1e300", "created = -1", "serial = x'00'",
            )
        ),
        "DROP TABLE message", "PRAGMA user_version = 99",
    ],
)  # fmt: skip
def test_an_outbox_that_somebody_has_edited_is_told_in_one_sentence(tmp_path: Path, change: str) -> None:
    with open_outbox(tmp_path) as outbox:
        (number,) = outbox.record([message(1)])
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.execute(change)
    database.commit()
    database.close()
    with pytest.raises(RectifyError, match="不要删除这个文件"):
        read_all(tmp_path, number)


def read_all(folder: Path, number: int) -> tuple[tuple[Entry, ...], bytes]:
    with open_outbox(folder) as outbox:
        return outbox.entries(), outbox.content(number)
