"""What 汇总 says, put together from the master's tables. No looks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger import Master
    from rectify_xl.summary import ListSheet, Overview, Summary
    from rectify_xl.workbook.lists import Setting

MOST_UNITS = 15
MOST_URGENT = 10
_LONGEST_NAME = 14
_ABOUT = {
    "ledger": ("每项任务一行", "one row per task"),
    "by_report": ("各单位所报原样", "what each unit reported"),
    "without_leader": ("没有写明领导姓名", "no leader is named"),
    "unclear_deadline": ("含糊、缺失或无法识别", "vague, missing or unreadable"),
    "overdue": ("已过期且未办结", "past due, not closed"),
    "due_soon": ("临近期限", "due before long"),
    "not_reported": ("未报、迟报的单位", "missing and late units"),
    "conflicts": ("各单位所报不一致", "values that disagree"),
    "by_unit": ("各牵头单位任务数", "counts per lead unit"),
    "by_leader": ("各责任领导任务数", "counts per leader"),
    "findings": ("校验发现的问题", "what the checks found"),
    "changes": ("与上期台账相比", "against the last master"),
}
KEYS = tuple(_ABOUT)


@dataclass(frozen=True)
class Digest:
    """The contents of 汇总."""

    title: str
    subtitle: str
    sources: str
    overview: Overview
    units: tuple[tuple[str, int, int, int], ...]
    urgent_head: tuple[str, ...]
    urgent: tuple[tuple[Any, ...], ...]
    missing: tuple[str, str]
    directory: tuple[tuple[str, str, int], ...]


def make_digest(master: Master, summary: Summary, lists: Mapping[str, ListSheet], setting: Setting) -> Digest:
    """Put the contents of 汇总 together."""
    overview, say = summary.overview(), setting.say
    files = sum(submission.status == "accepted" for submission in master.report.submissions)
    return Digest(
        title=summary.view.title("整改任务汇总", "Rectification tasks"),
        subtitle=_subtitle(master, setting),
        sources=say(f"来自{files}份报送文件", f"from {files} files"),
        overview=overview,
        units=tuple((_short(unit[0]), *unit[1:]) for unit in overview.by_unit[:MOST_UNITS]),
        urgent_head=(
            say("编号", "No."), say("问题", "Problem"), say("牵头单位", "Lead unit"), say("到期日", "Due"),
            say("预警", "Warning"),
        ),
        urgent=_urgent(summary, lists, setting),
        missing=_missing(master, lists["not_reported"], setting),
        directory=tuple((sheet.name, say(*_ABOUT[key]), len(sheet.rows)) for key, sheet in lists.items()),
    )  # fmt: skip


def _subtitle(master: Master, setting: Setting) -> str:
    say = setting.say
    findings = master.report.findings
    errors, warnings, infos = (sum(finding.severity is kind for finding in findings) for kind in Severity)
    parts = [say(f"统计截至 {setting.as_of}", f"as of {setting.as_of}")]
    if master.campaign.round_id:
        parts.insert(0, say(f"轮次 {master.campaign.round_id}", f"round {master.campaign.round_id}"))
    if master.campaign.issuer:
        parts.insert(0, master.campaign.issuer)
    zh = f"校验:错误{errors}个、提醒{warnings}个、提示{infos}个"
    parts.append(say(zh, f"checks: {errors} errors, {warnings} warnings, {infos} notes"))
    if master.held_back:
        rows = len({(finding.file, finding.sheet, finding.row) for finding in master.held_back})
        parts.append(say(f"严格模式:{rows}行有错误,未并入", f"strict: {rows} rows with errors left out"))
    return "  |  ".join(parts)


def _urgent(summary: Summary, lists: Mapping[str, ListSheet], setting: Setting) -> tuple[tuple[Any, ...], ...]:
    """The longest overdue, then the soonest due: number, problem, lead unit, due date, how late."""
    say, label = setting.say, summary.view.label
    found: list[tuple[Any, ...]] = []
    for key, zh, en in (("overdue", "逾期{}天", "{} d late"), ("due_soon", "剩{}天", "{} d left")):
        sheet = lists[key]
        at = {column.label: index for index, column in enumerate(sheet.columns)}
        days = next(index for index, column in enumerate(sheet.columns) if column.kind == "number")
        wanted = (label("task_id"), label("problem"), label("lead_unit"), say("到期日", "Due"))
        found += [
            (*(_one_line(row[at[name]]) for name in wanted), say(zh, en).format(row[days]))
            for row in sheet.rows[: MOST_URGENT - len(found)]
        ]
    return tuple(found)


def _short(name: str) -> str:
    """A unit's name for table and chart; the whole name stands in 按单位."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _one_line(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    return " ".join(value.split()) if isinstance(value, str) else value


def _missing(master: Master, sheet: ListSheet, setting: Setting) -> tuple[str, str]:
    """Heading and the line to paste."""
    say = setting.say
    units = [absence.unit for absence in master.absent if absence.kind == "missing"]
    if units:
        heading = say(f"未报送单位({len(units)}家,可直接复制)", f"Not submitted ({len(units)} units, ready to paste)")
        return heading, say("、", ", ").join(units)
    if not master.campaign.units:
        return say("未报送单位", "Not submitted"), sheet.empty
    return say("未报送单位", "Not submitted"), say("应报送的单位都已报送。", "Every unit that should report has reported.")
