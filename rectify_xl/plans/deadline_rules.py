"""The plan's own rules for deadlines: 能够立即解决的,立行立改,原则上2020年6月前完成."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.plans.model import DeadlineRule, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rectify_xl.plans.document import Document, Line

_CLAUSE = LazyPattern(r"[^。;；\n]+")
_IMMEDIATE = LazyPattern(r"立行立改|立即(?:解决|整改|能)|即知即改|立查立改")
_LONG_TERM = LazyPattern(r"长期(?:坚持|整改|推进|整治)")
_NODES = LazyPattern(r"(?:节点|分阶段|阶段推进|分年度)")
_DATE = LazyPattern(
    r"(?:19|20)\d\d年(?:(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年底|底|末)?(?:前|之前)?|第?[一二三四]季度)|(?<!\d)\d{1,2}月(?:\d{1,2}日|底|末)(?:前|之前)?|年底前"
)


def deadline_rules(
    lines: Sequence[Line], document: Document, anchor: date | None, tasks: Sequence[range]
) -> tuple[DeadlineRule, ...]:  # fmt: skip
    """Proposals, each with its sentence; the first of a kind counts, nodes as many as there are.

    ``tasks`` are the paragraphs of the tasks: what stands there is a task's own.
    """
    found: list[DeadlineRule] = []
    for line in lines:
        if any(line.paragraph in one for one in tasks):
            continue
        for clause in _CLAUSE.finditer(line.text):
            found += _of_clause(clause[0], line, clause.start(), document, anchor)
    kept: dict[tuple[str, str], DeadlineRule] = {}
    kinds = set()
    for rule in found:
        if rule.kind != "node" and rule.kind in kinds:
            continue
        kinds.add(rule.kind)
        kept.setdefault((rule.kind, rule.due), rule)
    return tuple(kept.values())


def _of_clause(clause: str, line: Line, at: int, document: Document, anchor: date | None) -> Iterator[DeadlineRule]:
    kind = (
        "immediate"
        if _IMMEDIATE.search(clause)
        else "node"
        if _NODES.search(clause)
        else "long_term"
        if _LONG_TERM.search(clause)
        else ""
    )
    if not kind:
        return
    start = line.start + at
    place = Place(line.paragraph, document.places.original(start), document.places.original(start + len(clause)), line.page)
    texts = [one[0] for one in _DATE.finditer(clause)]
    for text in texts if kind == "node" else texts[:1]:
        read = parse_deadline(text, anchor=anchor)
        if read.due:
            others = tuple(day.isoformat() for day in read.alternatives)
            yield DeadlineRule(kind, read.due[-1].isoformat(), clause.strip(), others, place)
