"""A campaign folder to start from, filled in with what the plan says."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from rectify_xl.campaign.new_round import yaml_scalar
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.resources import resource
from rectify_xl.plans.listing import campaign_name, named_leaders, named_units
from rectify_xl.workflow.new_campaign import make_campaign_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rectify_xl.plans.model import DeadlineRule, Plan

_LONGEST_QUOTE = 200
# A spreadsheet program that opens the rosters would take it for a formula, or for the end of a cell.
_NO_NAME = LazyPattern(r"\s*[=+@-]|.*[\"\n\r\t]")


def make_plan_campaign(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Make the folder; nothing there is overwritten.

    campaign.yaml has the plan's name, issuer, date, declared count and its rules for deadlines, each with its sentence; a rule
    that can be read in two ways waits as a comment. units.csv has every unit with how often it has which role, leaders.csv every
    leader.

    Raises:
        RectifyError: one of the files is already there.
    """
    paths = make_campaign_folder(folder)
    (folder / "campaign.yaml").write_text(campaign_text(plan), encoding="utf-8")
    (folder / "units.csv").write_text(_units(plan), encoding="utf-8-sig")
    (folder / "leaders.csv").write_text(_leaders(plan), encoding="utf-8-sig")
    load_campaign(folder)  # what was written can be read
    return paths


def campaign_text(plan: Plan) -> str:
    """campaign.yaml: the commented template with the plan's values in the places of the examples."""
    facts = plan.facts
    template = resource("templates", "campaign").joinpath("campaign.yaml").read_text(encoding="utf-8")
    values = {"name": campaign_name(plan), "issuer": "、".join(facts.issuer), "issued": facts.issue_date}
    rules = facts.deadline_rules
    lines: list[str] = []
    for line in template.splitlines():
        key = line.partition(":")[0]
        if key in values and line.startswith(f"{key}:"):
            lines += _entry(line, key, values[key], facts.declared_tasks, facts.declared_text)
        elif line.startswith("deadlines:"):
            lines += [line, *_rules(rules)]
        elif re.match(r"\s+# (?:immediate|nodes|long_term):", line) and _is_known(line, rules):
            continue
        elif re.match(r"  (?:id|due): ", line):
            lines.append(_as_comment(line))
        else:
            lines.append(line)
    collective = [unit.name for unit in named_units(plan) if unit.collective]
    if collective:
        lines += ["", "# 方案中的统称，没有写进 units.csv；请把它们的成员单位补入：", *_comments(collective)]
    odd = [unit.name for unit in named_units(plan) if not unit.collective and not unit.polluted and _NO_NAME.match(unit.name)]
    odd += [" ".join((name, *titles)) for name, titles in named_leaders(plan) if any(map(_NO_NAME.match, (name, *titles)))]
    if odd:
        lines += ["", "# 方案中的这些写法不像单位名称和领导姓名，没有写进名册；请核对后补入：", *_comments(odd)]
    return "\n".join(lines) + "\n"


def _comments(names: Iterable[str]) -> Iterator[str]:
    return (f"#   {_quote(name)}" for name in names)


def _entry(line: str, key: str, value: str, declared: int | None, text: str) -> Iterator[str]:
    comment = line.partition("#")[2]
    note = f"  #{comment}" if comment else ""
    yield f"{key}: {yaml_scalar(value)}{note}" if value else f"# {key}:  # 方案中没有读到，请填写后去掉行首的 #"
    if key == "issued" and declared is not None:
        yield f"# 方案写明 {declared} 项任务：{_quote(text)}"


def _as_comment(line: str) -> str:
    """The round is the office's to begin: ``rectify-xl round``."""
    return f"  # {line.strip()}"


def _is_known(line: str, rules: tuple[DeadlineRule, ...]) -> bool:
    kinds = {rule.kind for rule in rules}
    return any(
        name in kinds and f"# {key}:" in line
        for name, key in (("immediate", "immediate"), ("long_term", "long_term"), ("node", "nodes"))
    )


def _rules(rules: tuple[DeadlineRule, ...]) -> Iterator[str]:
    """The plan's own rules, each under the sentence it came from; a doubtful one as a comment."""
    for kind in ("immediate", "long_term"):
        for rule in (rule for rule in rules if rule.kind == kind):
            yield _source(rule)
            if rule.alternatives:
                yield f"  # {kind}: {rule.due}   # 也可以理解为 {'、'.join(rule.alternatives)}；请选定后去掉行首的 #"
            else:
                yield f"  {kind}: {rule.due}"
    nodes = sorted({rule.due for rule in rules if rule.kind == "node" and not rule.alternatives})
    sources = dict.fromkeys(_source(rule) for rule in rules if rule.kind == "node")
    if nodes:
        yield from sources
        yield f"  nodes: [{', '.join(nodes)}]"


def _source(rule: DeadlineRule) -> str:
    where = f"第{rule.place.paragraph}段：" if rule.place else ""
    return f"  # 方案{where}“{_quote(rule.sentence)}”"


def _quote(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[:_LONGEST_QUOTE] + "……"


def _units(plan: Plan) -> str:
    """Every unit that is named; what stands for many, or is no name, is in campaign.yaml, a polluted name in 存疑 alone.

    A unit that only accepts what others did has nothing to report.
    """
    rows: list[tuple[str, ...]] = [("id", "name", "aliases", "former_names", "email", "liaison", "phone", "reports", "备注")]
    number = 0
    for unit in named_units(plan):
        if unit.collective or unit.polluted or _NO_NAME.match(unit.name):
            continue
        number += 1
        counts = (("牵头", unit.lead), ("责任", unit.responsible), ("配合", unit.cooperating),
                  ("验收", unit.accepting))  # fmt: skip
        reports = "yes" if unit.lead or unit.cooperating or unit.responsible else "no"
        said = "，".join(f"{word}{count}项" for word, count in counts if count)
        rows.append((f"U{number:02d}", unit.name, "", "", "", "", "", reports, said))
    return _csv(rows)


def _leaders(plan: Plan) -> str:
    rows: list[tuple[str, ...]] = [("name", "title", "unit")]
    found = ((name, titles) for name, titles in named_leaders(plan) if not any(map(_NO_NAME.match, (name, *titles))))
    rows += [(name, "、".join(titles), "") for name, titles in found]
    return _csv(rows)


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
