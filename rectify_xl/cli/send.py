"""``rectify-xl send``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, FOLDER, FORMAT
from rectify_xl.cli.outbox import NOT_SENT, WAIT, campaign_and_folder, deliver_recorded, exit_unless_sent
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json, echo_while_waiting
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.letter import Plan
    from rectify_xl.mail.mailing import Item
    from rectify_xl.mail.office import Office

_MASTER = Text("总台账.xlsx", "MASTER.xlsx")


@command("send", """
    把总台账发给 mail.to 里的领导，或把退回件、催报提醒、预填的清单发给各单位。

    不加 --yes 一封也不发：只列出谁会收到什么，并把邮件全文写到活动文件夹的 outbox-preview 里。
    """)  # fmt: skip
@argument("master", _MASTER.zh, _MASTER.en, required=False, type=PATH)
@option(
    "--returns", type=PATH, shown=FOLDER, zh="把文件夹里的退回件分别发给各单位", en="Mail each annotated copy in DIR to its unit."
)
@option(
    "--reminders", type=PATH, shown=_MASTER,
    zh="提醒未报送、迟报或有逾期任务的单位", en="Remind units that are missing, late or overdue.",
)  # fmt: skip
@option(
    "--dispatch", type=PATH, shown=FOLDER,
    zh="把文件夹里预填的清单分别发给各单位；同时写总台账的，只发由它派发的",
    en="Mail each prefilled workbook in DIR to its unit; beside MASTER, only those dispatched from it.",
)  # fmt: skip
@CAMPAIGN
@option("--yes", is_flag=True, zh="真的发送；不加则只预览", en="Really send; without it, only show what would go where.")
@option("--again", is_flag=True, zh="同一地址以前收到过的也再发一次", en="Send even what the same address got before.")
@option(
    "--allow-domain", multiple=True, shown=Text("域名", "DOMAIN"),
    zh="也可以发往这个域名的邮箱", en="Also write to addresses in this domain.",
)  # fmt: skip
@option(
    "--skip-unaddressed", is_flag=True,
    zh="不知道发给谁的跳过，其余照发", en="Leave out what cannot be addressed instead of stopping.",
)  # fmt: skip
@WAIT
@FORMAT
def send(
    master: Path | None, returns: Path | None, reminders: Path | None, dispatch: Path | None, campaign: Path | None,
    yes: bool, again: bool, allow_domain: tuple[str, ...], skip_unaddressed: bool, wait: float, style: str, lang: str,  # noqa: FBT001
) -> None:  # fmt: skip
    """Mail the master to mail.to, or returns, reminders or prefilled workbooks to the units.

    Without --yes nothing is sent: a table shows who would get what, and the messages are written to outbox-preview
    in the campaign folder.
    """
    from rectify_xl.mail.office import office_of

    settings, folder = campaign_and_folder(campaign)
    office = office_of(settings, folder, allow=allow_domain, lang=lang)
    plan = _plan(office, master, returns, reminders, dispatch)
    if plan.problems and not skip_unaddressed:
        raise _refusal(plan.problems)
    for problem in plan.problems:
        echo(localise(lang, f"不发：{problem.zh}", f"Left out: {problem.en}"), err=True)
    if yes:
        _send(office, plan, again=again, wait=wait, style=style)
    else:
        _preview(office, plan, again=again, style=style)


def _plan(office: Office, master: Path | None, returns: Path | None, reminders: Path | None, dispatch: Path | None) -> Plan:
    from rectify_xl.mail import planning

    jobs = (
        (planning.plan_master, master), (planning.plan_returns, returns),
        (planning.plan_reminders, reminders), (planning.plan_dispatch, dispatch),
    )  # fmt: skip
    if master is not None and dispatch is not None and returns is None and reminders is None:
        return planning.plan_dispatch(office, dispatch, master)
    chosen = [(plan, path) for plan, path in jobs if path is not None]
    if len(chosen) != 1:
        raise UsageError(
            "请给出一样要发的：总台账.xlsx，或 --returns、--reminders、--dispatch 之一",
            "name one thing to send: MASTER.xlsx, or one of --returns, --reminders, --dispatch",
            click.get_current_context(),
        )
    ((plan, path),) = chosen
    return plan(office, path)


def _refusal(problems: Sequence[Text]) -> RectifyError:
    zh = "\n".join(f"  {problem.zh}" for problem in problems)
    en = "\n".join(f"  {problem.en}" for problem in problems)
    return RectifyError(
        f"有 {len(problems)} 处不能发，一封也没有发：\n{zh}\n改好后重试；要先发其余的，请加 --skip-unaddressed",
        f"{len(problems)} things cannot be sent, so nothing was:\n{en}\nMend them, or add --skip-unaddressed to send the rest.",
    )


def _preview(office: Office, plan: Plan, *, again: bool, style: str) -> None:
    from rectify_xl.console.mail_text import mailing_lines
    from rectify_xl.mail.mailing import item_dict, items_for_preview, write_preview

    items = items_for_preview(office, plan, again=again, waiting=echo_while_waiting(office.lang))
    folder = write_preview(office, items)
    if style == "json":
        messages = [item_dict(item, office.lang) for item in items]
        echo_json(
            {"version": 1, "sent": False, "preview": folder.as_posix(), "messages": messages, **_remarks(plan, office.lang)}
        )
        return
    for line in mailing_lines(items, plan, office.lang):
        echo(line)
    echo(_preview_line(items, folder, office))


def _preview_line(items: Sequence[Item], folder: Path, office: Office) -> str:
    count = sum(item.goes for item in items)
    if not items:
        return localise(office.lang, "没有要发的邮件。", "There is nothing to send.")
    return localise(
        office.lang,
        f"以上共 {len(items)} 封，会发出 {count} 封，现在一封也没有发。邮件全文见 {folder}；核对无误后加 --yes 发送。",
        f"{len(items)} messages, {count} would be sent; nothing has been sent. See {folder}, then add --yes.",
    )


def _remarks(plan: Plan, lang: str) -> dict[str, list[str]]:
    return {
        "problems": [problem.in_language(lang) for problem in plan.problems],
        "notes": [note.in_language(lang) for note in plan.notes],
    }


def _send(office: Office, plan: Plan, *, again: bool, wait: float, style: str) -> None:
    from rectify_xl.console.mail_text import entry_dict, mailing_lines
    from rectify_xl.mail.mailing import item_dict, items_of, record
    from rectify_xl.mail.outbox import open_outbox
    from rectify_xl.mail.server import server_of

    server = server_of(office.campaign.mail)
    with open_outbox(office.folder, echo_while_waiting(office.lang)) as outbox, outbox.sole_sender():
        items = items_of(office, plan, outbox, again=again)
        ids = record(office, outbox, items)
        if style == "text":
            for line in mailing_lines(items, plan, office.lang):
                echo(line)
        entries = deliver_recorded(outbox, ids, server, office.sender, office.campaign, wait, office.lang)
    if style == "json":
        outcome = {
            "messages": [entry_dict(entry, office.lang) for entry in entries],
            "not_sent_again": [item_dict(item, office.lang) for item in items if not item.goes],
        }
        echo_json({"version": 1, "sent": True, **outcome, **_remarks(plan, office.lang)})
    else:
        _echo_result(office, items, entries)
    unclear = [item for item in items if not item.goes and item.earlier and item.earlier.state == "unknown"]
    exit_unless_sent(entries, office.lang)
    if unclear:
        sys.exit(NOT_SENT)


def _echo_result(office: Office, items: Sequence[Item], entries: Sequence[Entry]) -> None:
    from rectify_xl.console.mail_text import result_lines

    before = sum(not item.goes for item in items)
    if before:
        zh = f"{before} 封以前已经处理过，这次没有再发（见上表“说明”）。"
        echo(localise(office.lang, zh, f"{before} were dealt with before and not sent again (see Note)."))
    for line in result_lines(entries, office.lang) if entries or not before else ():
        echo(line)
