"""The figures of the bulletin are those of the workbook, whatever units sent."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rectify_xl import merge, write_master
from rectify_xl.campaign.settings import Campaign, DeadlineRules, Unit
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.papers import write_bulletin
from tests.support.counts import count
from tests.support.lists import write_list
from tests.support.word import tables, texts

AS_OF = date(2026, 11, 20)
NAMES = ("市水务局", "市城管局", "市林业局", "西湾区")
CAMPAIGN = Campaign(
    name="澄湖市整改", issuer="澄湖市整改办", issued=date(2026, 5, 6), deadlines=DeadlineRules(due_soon_days=20),
    units=tuple(Unit(str(at), name) for at, name in enumerate((*NAMES, "东岭县"))),
)  # fmt: skip
DEADLINES = ("2026年9月底前", "2026年11月10日", "2026年12月5日前", "2027年6月底前", "尽快完成", "长期坚持", "已整改到位", None)
STATUSES = ("未启动", "整改中", "已完成", "已销号", "长期坚持", None)
LEADERS = ("柳青禾 副市长", "方砚 局长", "局主要负责同志", None)
LEADS = ("{}", "{}", "市水务局牵头，{}配合", "{}、西湾区", "各县区", "市档案馆", "澳门在线娱乐平台www.example.com", None)


@st.composite
def lists(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Unit -> the rows of its list; every task is another one."""
    found: dict[str, list[dict[str, Any]]] = {}
    number = 0
    for unit in draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)):
        for _ in range(draw(st.integers(1, 7))):
            number += 1
            lead = draw(st.sampled_from(LEADS))
            found.setdefault(unit, []).append({
                "task_id": number, "problem": f"第{number}处排口{chr(0x4E00 + 37 * number)}没有截污",
                "measures": f"封堵{chr(0x5000 + 91 * number)}处", "lead_unit": lead and lead.format(unit),
                "deadline": draw(st.sampled_from(DEADLINES)), "status": draw(st.sampled_from(STATUSES)),
                "leader": draw(st.sampled_from(LEADERS)), "completed_on": draw(st.sampled_from((None, date(2026, 11, 12)))),
            })  # fmt: skip
    return found


def number_after(text: str, words: str) -> int:
    found = re.search(rf"{words}(\d+)", text)
    return int(found[1]) if found else 0


# Every example is a whole merge: shrinking a failure would take minutes.
@pytest.mark.slow
@settings(
    max_examples=count(8, 60), deadline=None,
    suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(lists())
def test_the_bulletin_agrees_with_the_summary(files: dict[str, list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for unit, rows in files.items():
            write_list(folder / "in" / f"{unit}.xlsx", rows, unit=unit, keys=tuple(rows[0]))
        write_master(merge([folder / "in"], campaign=CAMPAIGN, as_of=AS_OF, workers=1), folder / "m.xlsx")
        master = read_master(folder / "m.xlsx", campaign=CAMPAIGN)
        write_bulletin(master, folder / "通报.docx")
        compare(Summary(master), "\n".join(texts(folder / "通报.docx")), tables(folder / "通报.docx"))


def compare(summary: Summary, text: str, shown: list[list[list[str]]]) -> None:
    sheets = summary.by_key()
    figures = {figure[0]: figure[1] for figure in summary.overview().figures}
    (overall,) = [line for line in text.splitlines() if "共有任务" in line]
    words = {"任务总数": "共有任务", "已办结": "已办结", "逾期": "逾期", "即将到期": "天内到期", "无明确时限": "无明确时限"}
    told = {name: number_after(overall, before) for name, before in words.items()}
    assert told == figures
    by_head = {table[0][0]: table[1:] for table in shown}
    *units, total = sheets["by_unit"].rows
    assert total[:2] == ("合计", figures["任务总数"])
    good = {row[0]: row for row in units if not row[0].startswith(("(", "\uff08"))}
    ranking = {row[1]: [int(row[2]), int(row[3]), int(row[5])] for row in by_head.get("名次", [])}
    assert ranking == {name: [row[1], row[2], row[3]] for name, row in good.items()}
    alerts = [row for row in by_head.get("预警", []) if row[0] in "红黄"]
    assert [row[1] for row in alerts] == [str(row[0]) for row in sheets["overdue"].rows]
    assert len(by_head.get("预警", [])) - len(alerts) == len(sheets["due_soon"].rows)
    assert number_after(text, "整改时限不明确的任务") == len(sheets["unclear_deadline"].rows)
    assert number_after(text, "缺责任领导的任务") == len(sheets["without_leader"].rows)
    missing = [row[0] for row in sheets["not_reported"].rows if row[1] == "未报送"]
    assert number_after(text, "下列") == len(missing)
    assert "、".join(missing) in text
