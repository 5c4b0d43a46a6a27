"""Writes docs/rules.md, the catalogue of rules for users, from the rules themselves.

``python docs/make_rules.py`` rewrites the page; with ``--check`` it only says whether the page is up to date (exit
status 1 when it is not).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("rules.md")
sys.path.insert(0, str(PAGE.parent.parent))

from rectify_xl.common.findings import SEVERITY_LABELS  # noqa: E402 - found beside this folder
from rectify_xl.rules import FAMILIES, Rule, catalogue  # noqa: E402
from rectify_xl.rules.options import written  # noqa: E402
from rectify_xl.rules.rule import SECTIONS  # noqa: E402

FAMILY_NAMES = {
    "S": ("文件与工作表", "The file and its sheets"),
    "V": ("单元格的值", "One cell's value"),
    "L": ("责任领导", "Leader"),
    "U": ("责任单位", "Unit"),
    "D": ("整改时限", "Deadline"),
    "P": ("进展与销号", "Progress"),
    "X": ("跨行与跨文件", "Across rows and files"),
    "H": ("与上一轮对照", "Against the last round"),
}
SEVERITIES = {level: f"{words['zh']} {level}" for level, words in SEVERITY_LABELS.items()}
FIXES = {"": "–", "safe": "safe(`--fix`)", "unsafe": "unsafe(`--fix --unsafe`)"}
INTRO = """# 规则目录 / Rule catalogue

<!-- Written by docs/make_rules.py from the rules' own docstrings; do not edit. -->

每条规则只判断一件事。`rectify-xl explain <规则>` 显示同样的内容。`campaign.yaml` 的 `rules:` 一节
可以选用（select）、停用（ignore）规则或改变级别（severity），写规则名、编号或编号的开头（如 `D`、`D5`）。
标为 unreadable 的规则报告过的单元格，后面各类规则不再重复报告。标为“试行”的规则一律只作提示，除非按
规则名单独改了级别。

整改办可以对某个单位、某项任务（或某单位的某项任务）豁免一条规则，必须写明理由，可以写明有效期：

```yaml
rules:
  silence:
    - {rule: vague-deadline, unit: 市水利局, reason: 省厅另行排期, until: 2026-12-31}
    - {rule: overdue, task: "12", reason: 汛期不能施工}
```

豁免的问题不计入错误、提醒和提示，但在各种报告里连同理由列出（文本、JSON 的 `silenced`、报告工作簿的“已豁免”表、
SARIF 的 suppressions）。校验整个文件夹时，没有用上的和已到期的豁免会提示出来。工作簿里写什么批注都不能让规则
不检查。

有些规则有选项，列在规则下面，写在 `rules.options` 里：

```yaml
rules:
  options:
    leader-overload: {least: 15}
```

A rule judges one thing; `rectify-xl explain RULE` shows the same text. `rules:` in `campaign.yaml` selects,
ignores or re-grades rules by slug, code or the beginning of a code. A cell that a rule marked unreadable has
reported is left alone by the families after it. A rule in preview is an info unless it is re-graded by its own
name. `options` sets what a rule lists as its options. With `silence` the office exempts a unit, a task, or one task of a
unit from a rule, with a reason and, if it likes, a last day. What is exempted does not count, and every report lists it with
its reason. When a whole folder is judged, entries that met nothing or have expired are said. No note in a workbook silences a
rule.
"""


def page() -> str:
    """The whole page."""
    rules = [rule for rule in catalogue() if not rule.package]
    parts = [INTRO, _index(rules)]
    for family in FAMILIES:
        own = [rule for rule in rules if rule.family == family]
        if own:
            zh, en = FAMILY_NAMES[family]
            parts.append(f"## {family} · {zh} / {en}\n")
            parts += map(_entry, own)
    return "\n".join(parts)


def _index(rules: list[Rule]) -> str:
    lines = ["| 编号 | 规则 | 级别 | 自动改正 | |", "|---|---|---|---|---|"]
    for rule in rules:
        level = SEVERITIES[rule.level] + ("（试行 preview）" if rule.preview else "")
        lines.append(f"| {rule.code} | [{rule.slug}](#{rule.slug}) | {level} | {FIXES[rule.fix]} | {rule.title('zh')} |")
    return "\n".join([*lines, ""])


def _entry(rule: Rule) -> str:
    flags = [f"`{rule.code}`", SEVERITIES[rule.level]]
    flags += [f"自动改正 / fix: {FIXES[rule.fix]}"] if rule.fix else []
    flags += ["试行 / preview"] if rule.preview else []
    flags += ["unreadable"] if rule.unreadable else []
    lines = [f"### {rule.slug}", "", " · ".join(flags), ""]
    for language, labels in SECTIONS.items():
        title, *texts = rule.documentation(language)
        stop = "。" if language == "zh" else "."
        lines += [f"**{title}{stop}**", ""]
        for label, text in zip(labels, texts, strict=True):
            wrong_or_right = label in labels[2:]
            lines.append(f"- {label} {_code(text) if wrong_or_right else _joined(text)}")
        lines.append("")
    if rule.options:
        lines += ["| 选项 / option | 默认 / default | | |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {written(option.default)} | {option.zh}（{option.kind.zh}） | {option.en} ({option.kind.en}) |"
            for name, option in rule.options.items()
        ]
        lines.append("")
    return "\n".join(lines)


def _joined(lines: tuple[str, ...]) -> str:
    """Wrapped lines as one: Chinese without spaces, other words with."""
    return re.sub(" ⏎ ", _break, " ⏎ ".join(lines))


def _break(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return " " if before.isascii() and after.isascii() else ""


def _code(lines: tuple[str, ...]) -> str:
    return " ⏎ ".join(f"``{line}``" if "`" in line else f"`{line}`" for line in lines)


def main() -> int:
    """Write or check the page."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        fresh = PAGE.is_file() and PAGE.read_text("utf-8") == wanted
        if not fresh:
            print("docs/rules.md is stale: run python docs/make_rules.py", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
