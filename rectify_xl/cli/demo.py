"""``rectify-xl demo``: the sample campaign, copied somewhere and run as an office would run it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, command
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_while_waiting, progress_bar
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import listed, localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import FindingRecord

# The day on which the sample's planted faults are what samples/expected.csv says.
SAMPLE_DAY = date(2026, 11, 21)
NEXT_ROUND, NEXT_DUE, NEXT_DAY = "2026-12", date(2026, 12, 20), date(2026, 12, 21)
_MOST_COMMON = 5


@command("demo", "把一个完整的示例活动复制到文件夹里，把两轮工作从头到尾演示一遍。")
@argument("directory", "文件夹", "DIR", type=PATH, default=Path("rectify-xl-demo"))
def demo(directory: Path, lang: str) -> None:
    """Copy a complete sample campaign into DIR and run two rounds on it."""
    from rectify_xl.common.resources import resource

    with progress_bar([resource("samples", "city") / "submissions"], lang) as progress:
        lines = run_demo(directory, lang, progress)
    for line in lines:
        echo(line)


def run_demo(folder: Path, lang: str, progress: Callable[[Submission], None] | None) -> list[str]:
    """Copy the sample campaign into ``folder``, run two rounds on it and say in a few lines what came out and would be mailed.

    Raises:
        RectifyError: the folder exists and holds something else.
    """
    import shutil

    from rectify_xl.campaign.settings import load_campaign
    from rectify_xl.common.resources import resource
    from rectify_xl.console.report_text import master_lines
    from rectify_xl.workbook import check_overwrite, write_report
    from rectify_xl.workflow.merge import merge

    sample = resource("samples", "city")
    if folder.exists() and not (folder.is_dir() and _is_free(folder, sample)):
        raise RectifyError(
            f"{folder} 已经存在，里面有别的内容；请换一个位置，例如 rectify-xl demo 演示",
            f"{folder} exists and holds other things; choose another place, such as rectify-xl demo trial",
        )
    shutil.copytree(sample, folder, dirs_exist_ok=True)
    campaign = load_campaign(folder)
    ledger, report = folder / "总台账.xlsx", folder / "校验报告.xlsx"
    check_overwrite(ledger, campaign)
    master = merge([folder / "submissions"], campaign=campaign, as_of=SAMPLE_DAY, lang=lang, progress=progress)
    if master.report:
        write_report(master.report, report, lang=lang)
    backup = _write(master, ledger, [folder / "submissions"], lang=lang)
    often = _most_common(master.findings, lang)
    return [
        localise(
            lang, f"示例活动“{campaign.name}”已复制到 {folder}，按 {SAMPLE_DAY} 运行：",
            f"Sample campaign copied to {folder}, run as of {SAMPLE_DAY}:",
        ),
        *master_lines(master, str(ledger), lang, backup),
        localise(
            lang,
            f"最多的问题：{often}；用 rectify-xl explain 规则名 查看说明",
            f"Most common: {often} (see rectify-xl explain RULE)",
        ),
        localise(
            lang,
            f"逐条问题见 {report}，打开 {ledger} 的“汇总”表看全貌。",
            f"Findings: {report}. Open {ledger} at its first sheet.",
        ),
        "",
        *_next_round_lines(folder, campaign, ledger, lang),
        "",
        *_mail_lines(folder, campaign, ledger, lang),
    ]  # fmt: skip


def _next_round_lines(folder: Path, campaign: Campaign, ledger: Path, lang: str) -> list[str]:
    """The month after: workbooks for the units, what they sent back, and what has changed in the ledger."""
    from dataclasses import replace

    from rectify_xl.console.change_text import change_lines
    from rectify_xl.console.report_text import backup_line
    from rectify_xl.console.round_text import round_lines
    from rectify_xl.workflow.dispatch import dispatch
    from rectify_xl.workflow.merge import merge

    campaign = replace(campaign, round_id=NEXT_ROUND, round_due=NEXT_DUE)
    sent, lists, later = (
        folder / f"dispatch-{NEXT_ROUND}",
        folder / f"submissions-{NEXT_ROUND}",
        folder / f"总台账-{NEXT_ROUND}.xlsx",
    )
    dispatched = dispatch(ledger, sent, campaign=campaign, as_of=SAMPLE_DAY, lang=lang)
    master = merge([lists], campaign=campaign, as_of=NEXT_DAY, base=ledger, lang=lang)
    backup = _write(master, later, [lists], base=ledger, lang=lang)
    units, files = len(dispatched.files) + len(dispatched.zero_forms), len(master.report.submissions) if master.report else 0
    return [
        localise(
            lang,
            f"下一个月（{NEXT_ROUND} 轮）：由总台账给 {units} 个单位生成填报表（{sent}），"
            f"收回 {files} 个文件（{lists}），并入 {later}：",
            f"The month after (round {NEXT_ROUND}): workbooks for {units} units from the ledger ({sent}), "
            f"{files} files came back ({lists}), merged into {later}:",
        ),
        *([backup_line(backup, lang)] if backup else []),
        *round_lines(master, lang),
        *change_lines(master, lang),
        localise(
            lang,
            f"每一处变化见 {later} 的“变更记录”表，或运行 rectify-xl diff {ledger} {later}",
            f"Every change stands in the sheet Changes of {later}; or run rectify-xl diff {ledger} {later}",
        ),
        localise(
            lang,
            f"两轮都存了下来：rectify-xl history --campaign {folder}",
            f"Both rounds were kept: rectify-xl history --campaign {folder}",
        ),
    ]


def _write(master: Master, output: Path, paths: Sequence[Path], *, lang: str, base: Path | None = None) -> Path | None:
    """Write a master as ``merge`` does, its round kept in the history of the folder; returns the backup of what it replaces."""
    from rectify_xl.history import recording
    from rectify_xl.workbook import write_master

    folder = output.parent
    with recording(folder, echo_while_waiting(lang)) as history:
        history.made_of(paths, base)
        keep = history.before_replacing(master, output)
        return write_master(master, output, lang=lang, backup_dir=folder / "rounds", before_replacing=keep)


def _is_free(folder: Path, sample: Path) -> bool:
    """Whether a folder is empty, or holds the sample campaign as it was copied: nobody's own work is overwritten."""
    import filecmp

    if not any(folder.iterdir()):
        return True
    settings = [path.name for path in sample.iterdir() if path.is_file()]
    return all((folder / name).is_file() and filecmp.cmp(folder / name, sample / name, shallow=False) for name in settings)


def _most_common(findings: Iterable[FindingRecord], lang: str) -> str:
    """The rules with most errors and warnings."""
    from collections import Counter

    from rectify_xl.rules import find_rule

    counted = Counter(finding.slug for finding in findings if finding.severity != "info")
    return listed(lang, (f"{find_rule(slug).title(lang)} {count} ({slug})" for slug, count in counted.most_common(_MOST_COMMON)))


def _mail_lines(folder: Path, campaign: Campaign, ledger: Path, lang: str) -> list[str]:
    """What would be mailed: the master to the leaders, reminders to the units. Nothing is sent."""
    import shlex

    from rectify_xl.console.mail_text import mailing_lines
    from rectify_xl.mail.mailing import items_for_preview, write_preview
    from rectify_xl.mail.office import office_of
    from rectify_xl.mail.planning import plan_master, plan_reminders

    office = office_of(campaign, folder, lang=lang)
    plan = plan_master(office, ledger) + plan_reminders(office, ledger)
    items = items_for_preview(office, plan, again=False)
    preview = write_preview(office, items)
    command_line = f"rectify-xl send {shlex.quote(str(ledger))} --campaign {shlex.quote(str(folder))} --yes"
    return [
        localise(lang, "如果现在发邮件（示例，一封也不会发）：", "If mail were sent now (a preview, nothing is sent):"),
        *mailing_lines(items, plan, lang),
        localise(lang, f"邮件全文见 {preview}；发送用 {command_line}", f"See {preview}; to send: {command_line}"),
    ]
