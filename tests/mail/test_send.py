"""The commands ``send`` and ``outbox`` as the office's clerk meets them."""

from __future__ import annotations

import email
import email.policy
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from rectify_xl.console.mail_text import step_line
from rectify_xl.mail.delivery import Step
from rectify_xl.mail.mailing import PREVIEW
from rectify_xl.mail.outbox import FILE, open_outbox
from tests.mail.rounds import edit, returned
from tests.mail.smtp_server import Mailbox, serving
from tests.support.commands import run

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.slow

MASTER = "总台账.xlsx"


def send(folder: Path, *words: object) -> Result:
    return run("send", *words, "--campaign", folder)


def box(folder: Path, *words: object) -> Result:
    return run("outbox", *words, "--campaign", folder)


def listed(folder: Path) -> list[dict[str, object]]:
    messages: list[dict[str, object]] = json.loads(box(folder, "--format", "json").stdout)["messages"]
    return messages


def states(folder: Path) -> list[object]:
    return [message["state"] for message in listed(folder)]


def reach(folder: Path, mailbox: Mailbox) -> None:
    """Let the campaign's server be the test's."""
    edit(folder / "campaign.yaml", "port: 8025", f"port: {mailbox.port}")


def previewed(folder: Path) -> list[tuple[str, object]]:
    found = []
    for path in sorted((folder / PREVIEW).iterdir()):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found.append((path.name, message))
    return found


def test_without_yes_nothing_is_sent_and_everything_is_shown(folder: Path) -> None:
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        result = send(folder, folder / MASTER)
        assert (result.exit_code, result.stderr) == (0, "")
        assert mailbox.connections == 0
    lines = result.stdout.splitlines()
    size = f"{round((folder / MASTER).stat().st_size / 1024)} KB"
    assert lines[0].split() == ["单位", "邮箱", "内容", "大小", "说明"]
    assert lines[1].split("  ")[0] == "领导（mail.to）"
    what = [f"{MASTER}（截至", "2026-11-21）", *size.split()]
    assert [line.split()[1:] for line in lines[1:3]] == [["lingdao@example.gov.cn", *what], ["mishu@example.gov.cn", *what]]
    assert "现在一封也没有发" in lines[-1]
    names = [name for name, _ in previewed(folder)]
    assert names == ["001-lingdao@example.gov.cn.eml", "002-mishu@example.gov.cn.eml"]
    assert not (folder / FILE).exists()


def test_what_is_sent_is_what_was_previewed(folder: Path) -> None:
    send(folder, "--returns", prepared(folder))
    shown = [message for _, message in previewed(folder)]
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        result = send(folder, "--returns", prepared(folder), "--yes")
    assert result.exit_code == 0, result.output
    assert "共 3 封：已发出 3 封。" in result.stdout
    for preview, got in zip(shown, mailbox.received, strict=True):
        message = got.message
        for header in ("from", "to", "subject", "message-id"):
            assert message[header] == preview[header]
        assert [part.get_content() for part in message.iter_attachments()] == [
            part.get_content() for part in preview.iter_attachments()
        ]
        assert [str(address.addr_spec) for address in message["to"].addresses] == [got.recipient]


def prepared(folder: Path) -> Path:
    copies = folder / "退回"
    if not copies.exists():
        returned(copies / "甲.xlsx", "市水务局")
        returned(copies / "乙.xlsx", "市住建局")
    return copies


def test_the_same_again_sends_nothing_until_again_is_said(folder: Path) -> None:
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        assert send(folder, folder / MASTER, "--yes").exit_code == 0
        second = send(folder, folder / MASTER, "--yes")
        assert second.exit_code == 0
        assert "2 封以前已经处理过" in second.stdout
        assert len(mailbox.received) == 2
        preview = send(folder, folder / MASTER)
        assert "同样的内容已经发过，不再发" in preview.stdout
        assert "会发出 0 封" in preview.stdout
        assert previewed(folder) == []
        assert "再发一次" in send(folder, folder / MASTER, "--again").stdout
        assert send(folder, folder / MASTER, "--yes", "--again").exit_code == 0
    assert len(set(mailbox.identities)) == len(mailbox.received) == 4
    assert [message["state"] for message in listed(folder)] == ["sent"] * 4
    assert box(folder).stdout.count("领导（mail.to）") == 4  # called as send has called them


def test_another_content_for_the_same_address_is_sent_and_noted(folder: Path) -> None:
    copies = prepared(folder)
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        send(folder, "--returns", copies, "--yes")
        returned(copies / "甲.xlsx", "市水务局", returned="2026-11-22")
        assert "本轮发过 1 封同类邮件，这封内容不同" in send(folder, "--returns", copies).stdout
        assert "with other content" in send(folder, "--returns", copies, "--lang", "en").stdout
        send(folder, "--returns", copies, "--yes")
    assert [got.recipient for got in mailbox.received][3:] == ["shuiwu@example.gov.cn"]


def test_one_problem_stops_everything_unless_the_rest_is_asked_for(folder: Path) -> None:
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        result = send(folder, "--reminders", folder / MASTER, "--yes")
        assert result.exit_code == 2
        assert "市林业局：units.csv 里没有填邮箱" in result.stderr
        assert mailbox.connections == 0
        assert not (folder / FILE).exists()
        result = send(folder, "--reminders", folder / MASTER, "--yes", "--skip-unaddressed")
    assert result.exit_code == 0
    assert "不发：市林业局" in result.stderr
    assert [got.recipient for got in mailbox.received] == ["shuiwu@example.gov.cn", "qingwu@example.gov.cn"]
    text = mailbox.received[0].message.get_body(("plain",))
    assert text
    assert "1. 任务 1：东渠排口没有截流 雨天溢流（到期日 2026-06-30，已逾期 144 天）" in text.get_content()


def test_a_refusal_is_told_and_the_exit_status_is_2(folder: Path) -> None:
    with serving(Mailbox({"rcpt": ["550 5.1.1 no such user"]})) as mailbox:
        reach(folder, mailbox)
        result = send(folder, folder / MASTER, "--yes")
        assert result.exit_code == 2
        assert "失败：邮件服务器不收：550 5.1.1 no such user" in result.stdout
        assert "共 2 封：已发出 1 封、失败 1 封。" in result.stdout
        assert "rectify-xl outbox retry" in result.stderr
        again = send(folder, folder / MASTER, "--yes")
    assert again.exit_code == 0
    assert "上次没有发出，这次接着发" in again.stdout
    assert sorted(got.recipient for got in mailbox.received) == ["lingdao@example.gov.cn", "mishu@example.gov.cn"]
    assert states(folder) == ["sent", "sent"]


def test_a_message_that_may_have_arrived_is_never_sent_by_itself(folder: Path) -> None:
    with serving(Mailbox({"answer": ["drop"]})) as mailbox:
        reach(folder, mailbox)
        result = send(folder, folder / MASTER, "--yes")
        assert result.exit_code == 2
        assert "结果不明" in result.stdout
        for _ in range(2):
            again = send(folder, folder / MASTER, "--yes")
            assert again.exit_code == 2
            assert "请先核实" in again.stdout
        assert box(folder, "retry").exit_code == 0
        assert len(mailbox.received) == 2
        assert states(folder) == ["unknown", "sent"]
        assert box(folder, "confirm", 1).exit_code == 0
    assert states(folder) == ["sent", "sent"]
    assert "已由人工核实收到" in str(listed(folder)[0]["reason"])
    assert box(folder, "confirm", 1).exit_code == 2


def test_a_person_may_send_once_more_what_may_have_arrived(folder: Path) -> None:
    with serving(Mailbox({"dot": ["drop"]})) as mailbox:
        reach(folder, mailbox)
        send(folder, folder / MASTER, "--yes")
        assert states(folder) == ["unknown", "sent"]
        assert box(folder, "retry", 1).exit_code == 0
    assert states(folder) == ["sent", "sent"]
    assert len(set(mailbox.identities)) == len(mailbox.received) == 2


def test_cancelled_mail_stays_where_it_is(folder: Path) -> None:
    with serving(Mailbox({"mail": ["550 no"], "answer": ["drop"]})) as mailbox:
        reach(folder, mailbox)
        send(folder, folder / MASTER, "--yes")
        assert states(folder) == ["failed", "unknown"]
        assert box(folder, "cancel", 1, 2).exit_code == 0
        assert states(folder) == ["cancelled", "cancelled"]
        assert box(folder, "retry").exit_code == 0
        assert len(mailbox.received) == 1
        preview = send(folder, folder / MASTER)
        assert "上次可能已发出，已取消，不再发" in preview.stdout
        assert "会发出 1 封" in preview.stdout
        assert send(folder, folder / MASTER, "--yes").exit_code == 0
    assert states(folder) == ["sent", "cancelled"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cancel",), "请写明编号"), (("confirm",), "请写明编号"), (("retry", 99), "没有编号为 99"), (("cancel", 1), "已经发出"),
        (("retry", 1), "--again"), (("confirm", 1), "不是“结果不明”"),
    ],
)  # fmt: skip
def test_what_the_outbox_does_not_do(folder: Path, words: tuple[object, ...], said: str) -> None:
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        send(folder, folder / MASTER, "--yes")
        result = box(folder, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(mailbox.received) == 2


def test_the_outbox_is_listed(folder: Path) -> None:
    empty = box(folder)
    assert empty.exit_code == 2
    assert "还没有发件箱" in empty.stderr
    with serving(Mailbox({"rcpt": ["451 4.7.1 greylisted"]}, always=True)) as mailbox:
        reach(folder, mailbox)
        result = send(folder, folder / MASTER, "--yes", "--wait", "0")
    assert result.exit_code == 2
    lines = box(folder).stdout.splitlines()
    assert lines[0].split()[:3] == ["编号", "状态", "时间"]
    assert lines[1].split()[:2] == ["1", "暂缓"]
    assert lines[-1] == "共 2 封：暂缓 2 封。"
    assert "#1 lingdao@example.gov.cn <lingdao@example.gov.cn> 暂缓：邮件服务器要求稍后再发：451 4.7.1 greylisted" in lines
    english = box(folder, "list", "2", "--lang", "en").stdout
    assert "deferred: the server asks to try later: 451" in english
    assert "lingdao" not in english
    (first, second) = listed(folder)
    assert (first["state"], first["address"], first["tries"]) == ("deferred", "lingdao@example.gov.cn", 1)
    assert second["attachments"]


def test_put_off_mail_is_sent_by_retry(folder: Path) -> None:
    with serving(Mailbox({"connect": ["421 4.3.2 busy"]})) as mailbox:
        reach(folder, mailbox)
        assert send(folder, folder / MASTER, "--yes", "--wait", "0").exit_code == 2
        assert states(folder) == ["deferred", "deferred"]
        result = box(folder, "retry")
    assert result.exit_code == 0
    assert "共 2 封：已发出 2 封。" in result.stdout
    assert len(mailbox.received) == 2


def test_an_address_that_was_mended_is_not_written_to_in_its_old_form(folder: Path) -> None:
    with serving(Mailbox({"rcpt": ["550 no such user", "450 later"]})) as mailbox:
        reach(folder, mailbox)
        assert send(folder, "--returns", prepared(folder), "--yes", "--wait", "0").exit_code == 2
        assert states(folder) == ["failed", "deferred", "sent"]
        edit(folder / "units.csv", "shuiwu@", "shuiwuju@")
        named = box(folder, "retry", 1)
        assert named.exit_code == 2
        assert "编号 1 的地址 shuiwu@example.gov.cn 已经不在名册" in named.stderr
        rest = box(folder, "retry")
        assert rest.exit_code == 0
        assert "编号 1 的地址" in rest.stderr
        assert "no longer listed" in box(folder, "retry", "--lang", "en").stderr
        assert send(folder, "--returns", prepared(folder), "--yes").exit_code == 0
    assert states(folder) == ["failed", "sent", "sent", "sent"]
    assert [got.recipient for got in mailbox.received] == [
        "jianguan@example.gov.cn", "zhujian@example.gov.cn", "shuiwuju@example.gov.cn",
    ]  # fmt: skip


def test_json(folder: Path) -> None:
    report = json.loads(send(folder, folder / MASTER, "--format", "json").stdout)
    assert (report["version"], report["sent"], report["problems"]) == (1, False, [])
    (first, _) = report["messages"]
    assert (first["kind"], first["address"], first["goes"]) == ("master", "lingdao@example.gov.cn", True)
    assert first["attachments"][0]["bytes"] == (folder / MASTER).stat().st_size
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        report = json.loads(send(folder, folder / MASTER, "--format", "json", "--yes").stdout)
        assert [message["state"] for message in report["messages"]] == ["sent", "sent"]
        report = json.loads(send(folder, folder / MASTER, "--format", "json", "--yes").stdout)
    assert (report["messages"], len(report["not_sent_again"])) == ([], 2)


def test_english(folder: Path) -> None:
    edit(folder / "units.csv", "市林业局,,,yes", "市林业局,,linye@example.gov.cn,yes")
    out = send(folder, "--reminders", folder / MASTER, "--lang", "en").stdout
    assert "not submitted, 1 overdue" in out
    assert "nothing has been sent" in out
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        out = send(folder, "--reminders", folder / MASTER, "--lang", "en", "--yes").stdout
    assert "3 messages: 3 sent." in out
    assert "reminder (市水务局)" in mailbox.received[0].message["subject"]


def test_wrong_usage(folder: Path) -> None:
    for words in ((), (folder / MASTER, "--returns", folder), ("--reminders", folder / MASTER, "--dispatch", folder)):
        result = send(folder, *words)
        assert result.exit_code == 2
        assert "请给出一样要发的" in result.stderr
    result = run("send", folder / MASTER)
    assert result.exit_code == 2
    assert "请加 --campaign" in result.stderr
    edit(folder / "campaign.yaml", "  host: 127.0.0.1\n  port: 8025\n  security: none\n", "")
    result = send(folder, folder / MASTER, "--yes")
    assert result.exit_code == 2
    assert "没有写邮件服务器" in result.stderr
    assert not (folder / FILE).exists()


def test_nobody_to_remind(folder: Path) -> None:
    edit(folder / "units.csv", "shuiwu@example.gov.cn", "")
    edit(folder / "units.csv", "qingwu@example.gov.cn", "")
    result = send(folder, "--reminders", folder / MASTER, "--skip-unaddressed", "--yes")
    assert result.exit_code == 0
    assert result.stdout == "没有邮件。\n"
    preview = send(folder, "--reminders", folder / MASTER, "--skip-unaddressed")
    assert preview.stdout.splitlines()[-1] == "没有要发的邮件。"


def test_a_preview_replaces_the_last_one_and_nothing_else(folder: Path) -> None:
    send(folder, folder / MASTER)
    (folder / PREVIEW / "我的笔记.eml").write_bytes(b"x")
    send(folder, "--returns", prepared(folder))
    names = sorted(path.name for path in (folder / PREVIEW).iterdir())
    assert names == ["001-市水务局.eml", "002-市住建局.eml", "003-市住建局.eml", "我的笔记.eml"]
    for path in (folder / PREVIEW).iterdir():
        path.unlink()
    (folder / PREVIEW).rmdir()
    (folder / PREVIEW).write_bytes(b"")
    result = send(folder, folder / MASTER)
    assert result.exit_code == 2
    assert "预览写不出来" in result.stderr


def test_a_second_sender_is_told_to_wait(folder: Path) -> None:
    with open_outbox(folder) as outbox, outbox.sole_sender():
        result = send(folder, folder / MASTER, "--yes")
        assert result.exit_code == 2
        assert "另一个 rectify-xl 正在" in result.stderr
        assert outbox.entries() == ()
        assert box(folder).stdout == "没有邮件。\n"


def command(folder: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "rectify_xl", *map(str, words), "--campaign", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("phase", "arrived", "left", "in_the_end"),
    [
        ("mail", 0, ["sending", "queued"], ["sent", "sent"]),
        ("rcpt", 0, ["sending", "queued"], ["sent", "sent"]),
        ("data", 0, ["sending", "queued"], ["sent", "sent"]),
        ("dot", 1, ["sending", "queued"], ["unknown", "sent"]),
        ("answer", 1, ["sending", "queued"], ["unknown", "sent"]),
    ],
)
def test_the_command_killed_at_a_step_resumes_where_it_was(
    phase: str, arrived: int, left: list[str], in_the_end: list[str], folder: Path
) -> None:
    sender: list[subprocess.Popen[str]] = []
    started = threading.Event()

    def kill(now: str) -> None:
        if now == phase and sender and sender[0].poll() is None:
            started.wait()
            sender[0].send_signal(signal.SIGKILL)
            sender[0].wait()

    with serving(Mailbox(on=kill)) as mailbox:
        reach(folder, mailbox)
        sender.append(command(folder, "send", folder / MASTER, "--yes"))
        started.set()
        sender[0].communicate()
        assert sender[0].returncode == -signal.SIGKILL
        with sqlite3.connect(folder / FILE) as look:
            assert [state for (state,) in look.execute("SELECT state FROM message ORDER BY id")] == left
        look.close()
        resumed = command(folder, "send", folder / MASTER, "--yes")
        out, _ = resumed.communicate()
        assert resumed.returncode == (2 if "unknown" in in_the_end else 0), out
    assert states(folder) == in_the_end
    assert len(mailbox.received) == len(set(mailbox.identities)) == 2
    assert arrived == ("unknown" in in_the_end)


def test_what_a_run_says_while_it_works(folder: Path) -> None:
    with serving(Mailbox()) as mailbox:
        reach(folder, mailbox)
        send(folder, folder / MASTER, "--yes")
    with open_outbox(folder) as outbox:
        (entry, _) = outbox.entries()
    assert step_line(Step(1, 2, entry), "zh") == "正在发送 1/2：lingdao@example.gov.cn"
    assert step_line(Step(1, 2, entry), "en") == "Sending 1/2: lingdao@example.gov.cn"
    assert step_line(Step(1, 2, seconds=0.2), "zh") == "1/2 等待 1 秒后继续（按 Ctrl-C 停止，没发出的都留在发件箱）"
    assert step_line(Step(1, 2, seconds=30.4), "en") == "1/2 waiting 30 s (Ctrl-C stops; nothing is lost)"


def test_a_note_is_shown_with_the_table(folder: Path) -> None:
    (folder / f"~${MASTER}").write_bytes(b"")
    assert "请注意：总台账.xlsx 正在表格软件中打开" in send(folder, folder / MASTER).stdout
    assert "Note: 总台账.xlsx is open" in send(folder, folder / MASTER, "--lang", "en").stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_only_there(folder: Path) -> None:
    import pty

    with serving(Mailbox({"rcpt": ["451 later"]})) as mailbox:
        reach(folder, mailbox)
        ours, theirs = pty.openpty()
        words = [sys.executable, "-m", "rectify_xl", "send", str(folder / MASTER), "--yes", "--campaign", str(folder)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
            os.close(theirs)
            shown = b""
            try:
                while part := os.read(ours, 4096):
                    shown += part
            except OSError:  # the other end is closed
                pass
            os.close(ours)
            out, _ = process.communicate()
    told = shown.decode()
    assert process.returncode == 0, told
    assert "正在发送 1/2：lingdao@example.gov.cn" in told
    assert "等待 2 秒后继续" in told
    assert told.endswith("\r\x1b[K")
    assert "\x1b" not in out
