from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import CampaignLeader
from rectify_xl.ledger.records import ChangeRecord
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.papers import write_cards
from rectify_xl.papers.cards import leader_cards, unit_cards
from rectify_xl.papers.facts import Facts
from tests.support.ledgers import CAMPAIGN, a_master, a_task, in_doubt
from tests.support.word import tables, texts, zh

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign

TASKS = [
    a_task("1", "市水务局", status="已销号"),
    a_task("2", "市水务局"),
    a_task("3", "市水务局", flag="undated", status="长期坚持", deadline="长期坚持"),
    a_task("4", "市水务局", flag="undated", leaders=()),
    a_task("5", "市水务局", "市城管局", flag="due-soon", days=9),
    a_task("6", "市水务局", flag="overdue", days=3),
    a_task("7", "市水务局", "www.example.com博彩平台", flag="overdue", days=30, leaders=("柳青禾", "方砚")),
    a_task("8", "市城管局", flag="done-late", status="已完成", leaders=("方砚",)),
    a_task("9", "市城管局", leaders=("加微信领彩金99887766",)),
]


def cards(campaign: Campaign = CAMPAIGN, entries: list[Any] = TASKS, **others: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    facts = Facts(a_master(entries, campaign, **others))
    return dict(unit_cards(facts)), dict(leader_cards(facts))


def test_everybody_has_a_card_with_the_figures_of_the_summary() -> None:
    units, leaders = cards(absent=[("东岭县", "未报送"), ("西湾区", "逾期报送")])
    assert set(units) == {"市水务局", "市城管局", "东岭县"}
    assert set(leaders) == {"柳青禾", "方砚"}
    lists = Summary(a_master(TASKS)).by_key()
    for key, made in (("by_unit", units), ("by_leader", leaders)):
        at = [lists[key].index(figure) for figure in ("tasks", "closed", "overdue", "due_soon")]
        for row in lists[key].rows:
            if row[0] in made:
                assert [made[row[0]][figure] for figure in ("任务数", "已办结", "逾期", "即将到期")] == [row[one] for one in at]
    assert units["市水务局"]["无明确时限"] == 2
    assert (units["东岭县"]["任务数"], units["东岭县"]["任务清单"]) == (0, [])


def test_the_most_urgent_task_stands_first_and_closed_ones_last() -> None:
    units, _ = cards()
    rows = units["市水务局"]["任务清单"]
    assert [row["编号"] for row in rows] == ["7", "6", "5", "3", "4", "2", "1"]
    assert [row["情况"] for row in rows] == ["逾期30天", "逾期3天", "剩9天", "正常", "无明确时限", "正常", "已办结"]
    assert [row["情况"] for row in units["市城管局"]["任务清单"]] == ["剩9天", "正常", "逾期办结"]


def test_what_is_asked() -> None:
    units, leaders = cards(absent=[("市水务局", "未报送")])
    assert [item["内容"].split("。")[0] for item in units["市水务局"]["请办事项"]] == [
        "尚未报送本期整改进展情况，请立即报送",
        "任务7、6已逾期，最长30天",
        "任务5即将到期，最近的还剩9天",
        "任务3、4的整改时限不明确",
        "任务4没有责任领导",
    ]
    assert [item["内容"].split("。")[0] for item in leaders["柳青禾"]["请办事项"]] == [
        "任务7、6已逾期，最长30天", "任务5即将到期，最近的还剩9天", "任务3的整改时限不明确",
    ]  # fmt: skip


def test_the_longest_is_counted_by_certain_dates() -> None:
    certain, doubtful = (
        a_task("6", "市水务局", flag="overdue", days=3),
        in_doubt(a_task("7", "市水务局", flag="overdue", days=30)),
    )
    for entries, zh_words, en_words in (
        ([certain, doubtful], "任务7、6已逾期，最长3天（另有1项存疑）。", "overdue, the longest by 3 days (1 more in doubt). "),
        ([doubtful], "任务7已逾期，时限存疑。", "overdue, by dates in doubt. "),
    ):
        for lang, words in (("zh", zh_words), ("en", en_words)):
            facts = Facts(a_master(entries), lang)
            for made in (dict(unit_cards(facts))["市水务局"], dict(leader_cards(facts))["柳青禾"]):
                assert words in made["请办事项"][0]["内容"]
                assert made["逾期"] == f"{len(entries)}{'（存疑1）' if lang == 'zh' else ' (1 in doubt)'}"
                assert "存疑" in made["任务清单"][0]["情况"] or "in doubt" in made["任务清单"][0]["情况"]


def test_a_card_says_who_the_others_are() -> None:
    units, leaders = cards()
    assert (units["市水务局"]["对方"], leaders["方砚"]["对方"]) == ("责任领导", "牵头单位")
    assert [row["对方"] for row in units["市水务局"]["任务清单"]][:1] == ["柳青禾、方砚"]
    assert units["市水务局"]["任务清单"][4]["对方"] == "（未明确）"
    assert "example.com" not in str(leaders)


def test_a_leaders_title_comes_from_the_list_of_leaders_else_from_the_task() -> None:
    tasks = [a_task("1", "市水务局", leader="柳青禾 市政府副市长"), a_task("2", "市水务局", leaders=("方砚",), leader="方砚")]
    assert {name: card["职务"] for name, card in cards(entries=tasks)[1].items()} == {"柳青禾": "市政府副市长", "方砚": ""}
    campaign = replace(CAMPAIGN, leaders=(CampaignLeader("柳青禾", "副市长"),))
    assert cards(campaign, tasks)[1]["柳青禾"]["职务"] == "副市长"


def test_problems_are_shortened_until_the_list_fits_and_go_on_overleaf_beyond() -> None:
    def longest(count: int) -> int:
        tasks = [replace(a_task(str(at), "市水务局"), subject="长" * 200) for at in range(count)]
        return max(len(row["问题"]) for row in cards(entries=tasks)[0]["市水务局"]["任务清单"])

    assert [longest(count) for count in (5, 15, 25, 60)] == [48, 32, 16, 32]


def test_many_units_in_a_narrow_cell_are_counted() -> None:
    tasks = [a_task(str(at), "市水务局", "市城管局", "市林业局") for at in range(25)]
    assert cards(entries=tasks)[1]["柳青禾"]["任务清单"][0]["对方"] == "市水务局等3个单位"


def test_files_bear_safe_names_of_their_own(tmp_path: Path) -> None:
    tasks = [a_task(str(at), name, leaders=("../柳",)) for at, name in enumerate(("a/b", "a:b", "A*B"))]
    files = write_cards(a_master(tasks, replace(CAMPAIGN, units=())), tmp_path / "卡")
    assert {path.parent for path in files.values()} == {tmp_path / "卡"}
    assert sorted(path.name for path in files.values()) == [
        "单位-A_B.docx",
        "单位-a_b(2).docx",
        "单位-a_b(3).docx",
        "领导-.._柳.docx",
    ]


def test_a_written_card_shows_figures_requests_and_tasks(tmp_path: Path) -> None:
    path = write_cards(a_master(TASKS), tmp_path)["unit", "市水务局"]
    assert texts(path)[0] == "市水务局整改任务卡"
    figures, tasks = tables(path)
    assert figures == [["任务数", "已办结", "逾期", "即将到期", "无明确时限"], ["7", "1", "2", "1", "2"]]
    assert [row[0] for row in tasks] == ["编号", "7", "6", "5", "3", "4", "2", "1"]


def test_a_card_without_requests_says_so(tmp_path: Path) -> None:
    path = write_cards(a_master([a_task("1", "市水务局")]), tmp_path)["leader", "柳青禾"]
    assert zh("没有需要催办的事项，请按计划推进。") in texts(path)


def test_a_card_tells_what_changed_in_its_tasks_round_after_round(tmp_path: Path) -> None:
    def change(key: str, round_id: str, field: str, old: str, new: str) -> ChangeRecord:
        return ChangeRecord("", field, old, new, "", round_id, key=key, unit="市水务局", outcome="reported")

    entries = [replace(task, key=f"T{at:04}") for at, task in enumerate(TASKS, 1)]
    changes = (
        change("T0002", "2026-09", "status", "", "未启动"),
        change("T0002", "2026-10", "status", "未启动", "整改中"),
        *(change("T0002", "2026-11", "percent", f"{at}0%", f"{at + 1}0%") for at in range(4)),
        change("T0006", "2026-11", "progress", "已完成勘察", "已完成招标并进场施工，累计完成投资三百二十万元"),
        change("T0006", "2026-11", "", "", "新增"),
        change("T0005", "2026-10", "progress", "已封堵四处", "【市水务局】已封堵四处\n【市城管局】已清运"),
        change(
            "T0005", "2026-11", "progress", "【市水务局】已封堵四处\n【市城管局】已清运", "【市水务局】已验收\n【市城管局】已清运"
        ),
        change("T0099", "2026-11", "status", "", "整改中"),
    )
    units, leaders = cards(entries=entries, changes=changes)
    told = [(line["编号"], line["轮次"], line["内容"]) for line in units["市水务局"]["历次变更"]]
    assert told[0] == ("6", "2026-11", "整改进展：已完成勘察→已完成招标并进场施工，累计完成投资…")
    assert [line for _, _, line in told[1:3]] == ["整改进展：（空）→已清运", "整改进展：已封堵四处→已验收"]
    assert told[3] == ("2", "2026-11", "完成率：0%→10%（此前另有2处变更）".replace("：0%", "：00%"))
    assert len(told) == 7
    assert leaders["柳青禾"]["历次变更"] == units["市水务局"]["历次变更"]
    assert units["市城管局"]["历次变更"] == units["市水务局"]["历次变更"][1:3]
    many = tuple(change(task.key, "2026-11", "status", "未启动", str(at)) for task in entries for at in range(6))
    most = cards(entries=entries, changes=many)[0]["市水务局"]["历次变更"]
    assert len(most) == 16
    path = write_cards(a_master(entries, changes=changes), tmp_path)["unit", "市水务局"]
    assert tables(path)[-1][0] == ["编号", "轮次", "单位", "变更内容"]
    assert tables(path)[-1][1] == ["6", "2026-11", "市水务局", "整改进展：已完成勘察→已完成招标并进场施工，累计完成投资…"]
    assert "历次变更" in texts(path)
    other = write_cards(a_master(entries), tmp_path / "first")["unit", "市水务局"]
    assert "历次变更" not in texts(other)
