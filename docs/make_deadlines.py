"""Write docs/deadlines.md from the test cases, or check it.

usage: python docs/make_deadlines.py [--check]

``--check`` writes nothing and exits 1 when the page is stale.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING

from packages import ROOT, write_or_check

sys.path.insert(0, str(ROOT))

from rectify_xl.language.deadline import Deadline, parse_deadline, reason_text

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = ROOT / "docs" / "deadlines.md"
CASES = [ROOT / "tests" / "language" / "deadline" / name for name in ("cases_invented.jsonl", "cases_blind.jsonl")]
LABELS = {
    "immediate": "立行立改",
    "dated": "有日期",
    "phased": "分阶段",
    "recurring": "周期性",
    "long_term": "长期坚持",
    "done": "已完成",
    "vague": "不明确",
    "invalid": "无效",
}
SECTIONS: dict[str, Callable[[Deadline], bool]] = {
    "一个日期": lambda read: read.kinds == ("dated",) and not read.ambiguous,
    "有歧义的日期": lambda read: bool(read.due) and read.ambiguous,
    "多个节点": lambda read: "phased" in read.kinds,
    "日期与其他要求并存": lambda read: bool(read.due),
    "周期性": lambda read: "recurring" in read.kinds,
    "立行立改、长期坚持": lambda read: bool({"immediate", "long_term"} & {*read.kinds}),
    "已完成": lambda read: "done" in read.kinds,
    "不明确": lambda read: read.vague,
    "无效": lambda read: read.kinds == ("invalid",),
}
HEAD = """# How deadlines are read （整改时限的读法）

<!-- Written by docs/make_deadlines.py from the test cases. Do not edit. -->

`parse_deadline(text, anchor=issue_date)` reads a cell or a clause; `rectify-xl deadline TEXT --anchor DATE` shows it.
A due date is the last day allowed. 基准日 (the anchor) is the issue date: year-less and relative dates hang on it, and no
clock is ever read. Where a careful reader could differ, the other dates are listed, never silently dropped.
`DeadlineOptions` decides the conventions: `period_before` (9月前), `xun_before` (9月中旬前), `open_ended` (持续推进),
`durations_decided` and `issue_is_anchor` (30日内, 自印发之日起30日内), `roll_after_days`, `events` (汛期前).
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("_", "\\_").replace("*", "\\*") or "（空）"


def _row(text: str, anchor: str, read: Deadline) -> str:
    kinds = "、".join(LABELS[kind] for kind in read.kinds)
    due = "<br>".join(day.isoformat() for day in read.due) or "—"
    others = "<br>".join(day.isoformat() for day in read.alternatives) if read.ambiguous else ""
    why = ";".join(reason_text(code) for code in read.reasons)
    return f"| {_cell(text)} | {anchor} | {kinds} | {due} | {others} | {why} |"


def page() -> str:
    """Return the whole page."""
    rows: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for line in (line for cases in CASES for line in cases.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        read = parse_deadline(case["text"], anchor=date.fromisoformat(case["anchor"]))
        name = next(name for name, belongs in SECTIONS.items() if belongs(read))
        rows[name].append(_row(case["text"], case["anchor"], read))
    table = "| 写法 | 基准日 | 类型 | 到期日 | 其他可能 | 说明 |\n|---|---|---|---|---|---|\n"
    return HEAD + "".join(f"\n## {name}\n\n{table}" + "\n".join(found) + "\n" for name, found in rows.items() if found)


def main() -> int:
    """Write or check; return the exit status."""
    return write_or_check({PAGE: page().encode()})


if __name__ == "__main__":
    sys.exit(main())
