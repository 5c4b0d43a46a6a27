"""Reports and masters as text for a terminal: grouped by file, in plain words, runs down a column folded."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import column_letters, from_a1, runs
from rectify_xl.common.findings import SEVERITY_LABELS, Finding, Severity
from rectify_xl.common.i18n import Text, listed, localise
from rectify_xl.console.exemption_text import exempt_lines
from rectify_xl.console.round_text import round_lines
from rectify_xl.rules import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report

_SKIPPED = {
    "lock-file": Text("临时锁文件", "lock file"),
    "link": Text("指向文件夹之外的链接", "a link out of the folder"),
    "hidden-file": Text("隐藏文件", "hidden file"),
    "not-a-spreadsheet": Text("不是电子表格", "not a spreadsheet"),
    "campaign-file": Text("活动配置文件", "campaign file"),
    "own-output": Text("本软件生成的台账或报告", "our own output"),
}
_MOST_PLACES = 6
_LEVEL_ORDER = tuple(Severity)


def plain(text: str, _: str) -> str:
    """Text without colour."""
    return text


def report_lines(report: Report, lang: str = "zh", paint: Callable[[str, str], str] = plain) -> Iterator[str]:
    """A report as lines. ``paint`` colours a text by the severity named."""
    yield from finding_lines(report, lang, paint)
    yield from exempt_lines(report, lang)
    yield from _skipped_lines(report.submissions, lang)
    yield summary_line(report, lang)


def tally_lines(report: Report, lang: str = "zh", paint: Callable[[str, str], str] = plain) -> Iterator[str]:
    """Findings by rule, the gravest and most frequent first: the overview that a terminal shows at the end."""
    counted = Counter((finding.severity, finding.slug) for finding in report.findings)
    titles = {rule.slug: rule.title(lang) for rule in catalogue()}
    width = max((len(slug) for _, slug in counted), default=0)
    for (severity, slug), count in sorted(counted.items(), key=lambda one: (_LEVEL_ORDER.index(one[0][0]), -one[1], one[0][1])):
        yield f"  {paint(SEVERITY_LABELS[severity][lang], severity)} {count:>4}  {slug:<{width}}  {titles[slug]}"


def finding_lines(report: Report, lang: str, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The findings by file, then those about units and the campaign."""
    tables = {submission.path: submission for submission in report.submissions}
    for path, found in groupby(report.findings, key=lambda finding: finding.file):
        group = list(found)
        if path is None:
            yield paint(localise(lang, "单位与活动", "Units and campaign"), "file")
        else:
            yield paint(path, "file") + _rows_note(tables[path], lang)
        listed = [table.sheet for table in tables[path].tables] if path is not None else []
        elsewhere = {finding.sheet for finding in group if finding.cell} - {*listed}
        for folded in _folded(group):
            yield _line(folded, lang, paint, with_sheet=len(listed) + len(elsewhere) > 1)
        yield ""


def summary_line(report: Report, lang: str) -> str:
    """The totals in one sentence."""
    totals = report.summary
    return localise(
        lang,
        "共 {files} 个文件（{rejected} 个未能采用），{rows} 行任务：{errors} 个错误，{warnings} 个提醒，{infos} 个提示。",
        "{files} files ({rejected} rejected), {rows} task rows: {errors} errors, {warnings} warnings, {infos} infos.",
    ).format(**totals)


def summarized_line(master: Master, target: str, lang: str) -> str:
    """What a summary made, in one sentence."""
    flags = [task.timing.flag for task in master.tasks]
    late, doubt = flags.count("overdue"), _doubtful(master, lang)
    return localise(
        lang,
        f"已生成 {target}：统计截至 {master.as_of}，{len(flags)} 项任务；"
        f"逾期 {late} 项{doubt}，即将到期 {flags.count('due-soon')} 项，无明确时限 {flags.count('undated')} 项。",
        f"Wrote {target}: as of {master.as_of}, {len(flags)} tasks; "
        f"{late} overdue{doubt}, {flags.count('due-soon')} due soon, {flags.count('undated')} without a date.",
    )


def _doubtful(master: Master, lang: str) -> str:
    """How many of the overdue tasks are so by a date in doubt; empty for none."""
    count = len(master.doubtful)
    return localise(lang, f"（其中 {count} 项时限存疑）", f" ({count} by a date in doubt)") if count else ""


def backup_line(backup: Path, lang: str) -> str:
    """Where the workbook that was overwritten is kept, in one sentence."""
    return localise(lang, f"覆盖前的台账保存在 {backup}。", f"The workbook that was overwritten is kept as {backup}.")


def master_lines(master: Master, target: str, lang: str = "zh", backup: Path | None = None) -> Iterator[str]:
    """What a merge made, in a few lines; the missing units stand on one line, ready to paste."""
    flags = [task.timing.flag for task in master.tasks]
    late, doubt = flags.count("overdue"), _doubtful(master, lang)
    yield localise(
        lang,
        f"已生成 {target}：{len(master.tasks)} 项任务，{len(master.reports)} 条填报；"
        f"逾期 {late} 项{doubt}，即将到期 {flags.count('due-soon')} 项，无明确时限 {flags.count('undated')} 项。",
        f"Wrote {target}: {len(master.tasks)} tasks, {len(master.reports)} reports; "
        f"{late} overdue{doubt}, {flags.count('due-soon')} due soon, {flags.count('undated')} without a date.",
    )
    if backup:
        yield backup_line(backup, lang)
    missing = master.missing_units
    if missing:
        yield localise(lang, f"未报送（{len(missing)} 个）：", f"Not submitted ({len(missing)}): ") + listed(lang, missing)
    for unit, paths in master.same_unit_files.items():
        yield localise(
            lang, f"{unit}报送了 {len(paths)} 个文件，已一并汇总：", f"{unit} sent {len(paths)} files, merged: "
        ) + listed(lang, paths)
    yield from round_lines(master, lang)
    if master.held_back:
        rows = master.held_rows
        yield localise(lang, f"--strict：有 {rows} 行因错误未并入台账：", f"--strict: {rows} rows kept out: ") + listed(
            lang, dict.fromkeys(f"{finding.file} {finding.cell}" for finding in master.held_back)
        )
    if master.report:
        yield from _rejected_lines(master.report, lang)
        yield from exempt_lines(master.report, lang)
        yield from _skipped_lines(master.report.submissions, lang)
        yield summary_line(master.report, lang)


def _rejected_lines(report: Report, lang: str) -> Iterator[str]:
    rejected = {submission.path for submission in report.submissions if submission.status == "rejected"}
    for finding in report.findings:
        if finding.file in rejected:
            yield localise(lang, f"未采用 {finding.file}：{finding.message}", f"Rejected {finding.file}: {finding.message}")


def _rows_note(submission: Submission, lang: str) -> str:
    rows = sum(len(table.rows) for table in submission.tables)
    if submission.status == "rejected":
        return localise(lang, "（未采用）", " (rejected)")
    return localise(lang, f"（{rows} 行）", f" ({rows} rows)")


def _folded(findings: list[Finding]) -> Iterator[list[Finding]]:
    """The same words at several cells of a column together, infos of one rule whatever they say; by their first cell."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        column = from_a1(finding.cell)[1] if finding.cell else finding.message
        words = "" if finding.severity is Severity.INFO else finding.message
        groups.setdefault((finding.slug, finding.severity, finding.sheet, column, words), []).append(finding)
    yield from groups.values()


def _line(group: list[Finding], lang: str, paint: Callable[[str, str], str], *, with_sheet: bool) -> str:
    first = group[0]
    same = [finding for finding in group if finding.message == first.message]
    whole = localise(lang, "文件", "file") if first.file else first.unit or localise(lang, "全部", "all")
    where = _cells(same, lang) or whole
    if with_sheet and first.sheet:
        where = f"{first.sheet}!{where}"
    level = paint(SEVERITY_LABELS[first.severity][lang], first.severity)
    words = first.message
    if len(same) < len(group):
        # What the others say of their own cells is not what this one says.
        rest = _cells([finding for finding in group if finding.message != first.message], lang)
        words += localise(lang, f"（同类共 {len(group)} 处，另见 {rest}）", f" ({len(group)} alike, see also {rest})")
    if all(finding.fix for finding in group):
        option = "--fix" if first.fix and first.fix.safe else "--fix --unsafe"
        words += localise(lang, f"（可用 {option} 自动改正）", f" ({option} corrects it)")
    return f"  {where:<6} {level} {words} [{first.slug}]"


def _cells(group: list[Finding], lang: str) -> str:
    """F4:F14、F20: runs down a column as ranges, the other cells one by one, cut after a few."""
    cells = [from_a1(finding.cell) for finding in group if finding.cell]
    if not cells:
        return ""
    letters = column_letters(cells[0][1])
    parts: list[str] = []
    for run in runs([row for row, _ in cells]):
        if len(run) > 2:  # noqa: PLR2004 - two cells are no run
            parts.append(f"{letters}{run[0]}:{letters}{run[-1]}")
        else:
            parts += [f"{letters}{row}" for row in run]
    return listed(lang, parts[:_MOST_PLACES]) + ("…" if len(parts) > _MOST_PLACES else "")


def _skipped_lines(submissions: tuple[Submission, ...], lang: str) -> Iterator[str]:
    skipped = [
        submission.path + localise(lang, f"（{why.zh}）", f" ({why.en})")
        for submission in submissions
        if submission.status == "skipped" and (why := _SKIPPED[submission.reason])
    ]
    if skipped:
        yield localise(lang, "未当作报送件：", "Not submissions: ") + listed(lang, skipped)
