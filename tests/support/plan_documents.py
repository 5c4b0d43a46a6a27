"""The invented plans of tests/plans/data: their documents as .txt, .docx and .html, and their labels."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(__file__).parent.parent / "plans" / "data"
_MARK = re.compile(r"\{(\w+)(?:([:=])([^{}]*))?\}")
_LISTS = {"lu": "lead_units", "cu": "coop_units", "ru": "resp_units", "m": "measures"}
_TEXTS = {"p": "problem", "g": "target", "d": "deadline_text", "a": "acceptance_unit", "n": "no"}
_MENU = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>'
    '<li><a href="/hd">互动交流</a></li></ul></div>'
)
_RELATED = (
    '<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">全市文旅工作会议召开</a></li>'
    '<li><a href="/2">1.春季旅游安全提示</a></li></ul></div>'
)
_FOOT = '<div class="footer"><p>主办单位：溪口市人民政府办公室 承办单位：市大数据中心</p><p>网站标识码：0000000000</p></div>'

# No name of a class or an element tells this from the document: its labels are the page's own.
_BESIDE = (
    '<div class="leftbox fl"><div class="tit">信息公开目录</div><ul><li>公开指南</li><li>公开制度</li><li>生态环境</li></ul>'
    "<p>责任单位：县政府办公室</p><p>咨询电话：0000-6220001</p><p>责任领导：值班领导</p></div>"
)
_BEFORE = (
    "<table width=1000><tr><td colspan=2>漳溪县人民政府门户网站</td></tr><tr><td width=200><b>信息公开</b><br>机构职能<br>"
    "责任单位：县政府办<br>责任人：值班员<br>更新时限：实时</td><td><div>当前位置：首页&gt;&gt;正文</div>"
)
_BEHIND = "<div>扫一扫打开当前页</div></td></tr><tr><td colspan=2>主办：漳溪县人民政府</td></tr></table>"
_AROUND = {
    "boilerplate": (_MENU, _RELATED + _FOOT),
    "beside": (_BESIDE, "<p>上一篇：关于防溺水工作的通知</p>" + _FOOT),
    "cells": (_BEFORE, _BEHIND),
}


@dataclass
class Plan:
    """One invented plan: lines of plain text (a row of a table is a list of cells), labels, and what is said of it."""

    name: str
    about: dict[str, str]
    lines: list[str | list[str]]
    tasks: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def formats(self) -> list[str]:
        return self.about["formats"].split()

    @property
    def expected(self) -> str:
        return self.about.get("expect", "rows")

    def bytes_as(self, kind: str, encoding: str = "utf-8") -> bytes:
        return {"txt": lambda: self.text().encode(encoding), "html": self.html, "docx": self.docx}[kind]()

    def text(self) -> str:
        rows = (
            line if isinstance(line, str) else "\t".join("" if cell in "^<" else cell for cell in line) for line in self.lines
        )
        return "\n".join(rows) + "\n"

    def html(self) -> bytes:
        inside = "".join(
            f"<p>{html.escape(block)}</p>" if isinstance(block, str) else _html_table(block) for block in blocks(self.lines)
        )
        around = _AROUND.get(self.about.get("page", ""), ("", ""))
        head = f"<head><meta charset='utf-8'><title>{self.facts.get('title', '')}</title><style>p{{margin:0}}</style></head>"
        return (
            f"<!DOCTYPE html><html>{head}<body>{around[0]}<div class='content'>{inside}</div>{around[1]}</body></html>".encode()
        )

    def docx(self) -> bytes:
        import docx

        document = docx.Document()
        for block in blocks(self.lines):
            if isinstance(block, str):
                numbered = block.startswith("%1.")
                document.add_paragraph(block.removeprefix("%1."), style="List Number" if numbered else None)
            else:
                add_table(document, block)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()


def load(path: Path) -> Plan:
    about: dict[str, str] = {}
    plan = Plan(path.stem, about, [])
    category = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            key, _, value = line[2:].partition(": ")
            about[key] = value
            continue
        for tag, sign, value in _MARK.findall(line):
            category = _label(plan, tag, sign, value, category)
        plain = _MARK.sub(lambda mark: mark[3] if mark[2] == ":" else "", line)
        if plain.startswith("|"):
            plan.lines.append([cell.strip() for cell in plain.strip("|").split("|")])
        else:
            plan.lines.append(plain)
    return plan


def plans() -> list[Plan]:
    return [load(path) for path in sorted(DATA.glob("*.plan"))]


def _label(plan: Plan, tag: str, sign: str, value: str, category: str) -> str:
    if tag == "t" and not sign:
        empty: dict[str, Any] = dict.fromkeys(_TEXTS.values(), "") | {key: [] for key in (*_LISTS.values(), "leaders")}
        plan.tasks.append(empty | {"category": category})
    elif tag == "c":
        return value
    elif tag == "issuer":
        plan.facts.setdefault("issuer", []).append(value)
    elif tag in ("title", "docno", "date"):
        plan.facts[tag] = value
    elif tag in _LISTS:
        plan.tasks[-1][_LISTS[tag]].append(value)
    elif tag in _TEXTS:
        plan.tasks[-1][_TEXTS[tag]] = value
    elif tag == "l":
        plan.tasks[-1]["leaders"].append({"name": value, "titles": []})
    elif tag == "lt":
        plan.tasks[-1]["leaders"][-1]["titles"].append(value)
    return category


def blocks(lines: list[str | list[str]]) -> list[Any]:
    """Lines, and tables as lists of rows."""
    found: list[Any] = []
    for line in lines:
        if isinstance(line, list):
            if found and isinstance(found[-1], list):
                found[-1].append(line)
            else:
                found.append([line])
        else:
            found.append(line)
    return found


def _spans(rows: Sequence[Sequence[str]], at: int, column: int) -> tuple[int, int]:
    down = across = 1
    while at + down < len(rows) and rows[at + down][column] == "^":
        down += 1
    while column + across < len(rows[at]) and rows[at][column + across] == "<":
        across += 1
    return down, across


def _html_table(rows: list[list[str]]) -> str:
    text = "<table>"
    for at, row in enumerate(rows):
        text += "<tr>"
        for column, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            down, across = _spans(rows, at, column)
            text += f'<td rowspan="{down}" colspan="{across}">{html.escape(cell)}</td>'
        text += "</tr>"
    return text + "</table>"


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    """A table in a Word document; ``^`` and ``<`` merge a cell with the one above or to its left."""
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            down, across = _spans(rows, at, column)
            box = table.cell(at, column)
            if down * across > 1:
                box = box.merge(table.cell(at + down - 1, column + across - 1))
            box.text = cell


# Figures, as they are counted for published plans: values folded (NFKC), without blanks and closing punctuation.


def folded(text: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or ""))).strip("。;,.、:")


_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")}


def number(text: str) -> str:
    plain = folded(text)
    found = re.fullmatch(r"第?([\d一二三四五六七八九十]+)[项号]?", plain)
    if not found:
        return plain
    digits = found[1]
    if digits.isdecimal():
        return digits
    tens, ten, ones = digits.rpartition("十") if "十" in digits else ("", "", digits)
    return str((_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0))


def same_task(gold: dict[str, Any], found: dict[str, Any]) -> float:
    a = Counter(folded(gold["problem"] or "".join(gold["measures"])))
    b = Counter(folded(found["problem"] or "".join(found["measures"])))
    overlap = 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))
    same = number(gold["no"]) == number(found["no"])
    return overlap + 0.3 * same if overlap >= 0.6 or (same and overlap >= 0.3) else 0.0


def paired(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs, used = [], set()
    for task in gold:
        score, at = max(((same_task(task, other), -i) for i, other in enumerate(found) if i not in used), default=(0.0, 0))
        if score:
            used.add(-at)
            pairs.append((task, found[-at]))
    return pairs


def differences(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field -> (label, found), for the fields that differ."""
    differing: dict[str, tuple[Any, Any]] = {}
    for key in ("problem", "target", "deadline_text", "acceptance_unit", "category"):
        if folded(gold[key]) != folded(found[key]):
            differing[key] = gold[key], found[key]
    if number(gold["no"]) != number(found["no"]):
        differing["no"] = gold["no"], found["no"]
    for key in ("measures", "lead_units", "coop_units", "resp_units"):
        if sorted(map(folded, gold[key])) != sorted(map(folded, found[key])):
            differing[key] = gold[key], found[key]
    people = [
        [(folded(one["name"]), [folded(title) for title in one["titles"]]) for one in task["leaders"]] for task in (gold, found)
    ]
    if people[0] != people[1]:
        differing["leaders"] = gold["leaders"], found["leaders"]
    return differing
