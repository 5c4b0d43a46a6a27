"""公示稿: its period by the calendar, what it says, and which tasks get none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.settings import Campaign, Closing, NoticeRules
from rectify_xl.common.i18n import Text
from rectify_xl.common.workdays import WorkCalendar
from rectify_xl.papers import write_publicity
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.notice_period import Period, period_of
from rectify_xl.papers.publicity import publicity, waiting_for_notice
from rectify_xl.papers.signing_checks import days_out_of_order
from tests.support.ledgers import CAMPAIGN, a_master, a_task
from tests.support.word import whole, zh

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.records import TaskRecord

NOTICE = NoticeRules(medium="市政府门户网站", objections_to="澄湖市整改办督导科", phone="0000-1234567")
OFFICE = replace(CAMPAIGN, closing=Closing(notice=NOTICE))
DONE: dict[str, Any] = {
    "status": "已完成", "problem": "北桥泵站未建成", "target": "建成泵站", "measures": "1.落实资金；\n2.加快施工。",
    "progress": "泵站已投入运行。", "completed_on": date(2026, 10, 20), "accepted_on": date(2026, 10, 30),
}  # fmt: skip


def done(number: str = "3", **others: Any) -> TaskRecord:
    return a_task(number, "市水务局", **{**DONE, **others})


def period(notice: NoticeRules, start: date | None = None, campaign: Campaign = CAMPAIGN, **values: Any) -> Period | Text:
    return period_of(replace(campaign, closing=Closing(notice=notice)), values, start, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("notice", "first", "last"),
    [
        (NoticeRules(10), date(2023, 7, 27), date(2023, 8, 9)),
        (NoticeRules(10), date(2025, 1, 21), date(2025, 2, 8)),
        (NoticeRules(20), date(2021, 4, 26), date(2021, 5, 25)),
        (NoticeRules(10), date(2024, 9, 29), date(2024, 10, 16)),
        (NoticeRules(7, "calendar"), date(2019, 12, 13), date(2019, 12, 19)),
        (NoticeRules(7, "calendar", count_first_day=False), date(2019, 12, 13), date(2019, 12, 20)),
        (NoticeRules(5, count_first_day=False), date(2026, 11, 20), date(2026, 11, 27)),
    ],
)
def test_the_last_day_follows_from_the_calendar(notice: NoticeRules, first: date, last: date) -> None:
    assert period(notice, first) == Period(first, last, notice.days)


def test_the_period_of_the_ledger_stands_where_it_is_long_enough() -> None:
    begun = {"publicity_start": date(2026, 11, 2)}
    assert period(NOTICE, **begun) == Period(date(2026, 11, 2), date(2026, 11, 13), 10)
    longer = period(NOTICE, **begun, publicity_end=date(2026, 11, 30))
    assert longer == Period(date(2026, 11, 2), date(2026, 11, 30), 21)
    short = period(NOTICE, **begun, publicity_end=date(2026, 11, 12))
    assert isinstance(short, Text)
    assert "2026-11-13" in short.zh
    other = period(NOTICE, date(2026, 11, 16), **begun, publicity_end=date(2026, 11, 13))
    assert isinstance(other, Period)
    assert (other.last, len(other.checks)) == (date(2026, 11, 27), 2)


def test_a_day_that_nobody_knows_is_said_and_not_guessed() -> None:
    unknown = period(NoticeRules(10), date(2090, 1, 4))
    assert isinstance(unknown, Text)
    assert "2090 年放假安排尚未收录" in unknown.zh
    known = replace(CAMPAIGN, calendar=WorkCalendar({date(2090, 1, 1): False}))
    assert period(NoticeRules(5), date(2090, 1, 2), known) == Period(date(2090, 1, 2), date(2090, 1, 6), 5)
    beyond = period(NOTICE, publicity_start=date(2026, 11, 2), publicity_end=date(2090, 1, 4))
    assert isinstance(beyond, Period)
    assert beyond.days is None


def test_a_first_day_that_is_not_worked_is_told() -> None:
    found = period(NOTICE, date(2026, 11, 21))
    assert isinstance(found, Period)
    assert [check.zh for check in found.checks] == ["公示开始 2026-11-21 不是工作日"]


def test_points_are_made_public_together_only_where_they_begin_together() -> None:
    same = period(NOTICE, publicity_start="2026-11-02\n（未填写）\n2026-11-02")
    assert isinstance(same, Period)
    assert same.first == date(2026, 11, 2)
    for text in ("2026-11-02\n2026-11-09", "下周一"):
        assert isinstance(period(NOTICE, publicity_start=text), Text)
    assert isinstance(period(NOTICE, publicity_end="月底"), Text)


def test_the_paper_says_what_a_notice_has_to_say(tmp_path: Path) -> None:
    (paper,) = write_publicity(a_master([done(coop_units="市城管局")], OFFICE), [done(coop_units="市城管局")], tmp_path)
    assert paper.path == tmp_path / "公示稿-3.docx"
    assert paper.checks == ()
    said = zh(whole(tmp_path / "公示稿-3.docx"))
    for words in (
        "2026年10月30日通过验收", "北桥泵站未建成", "市水务局（配合单位：市城管局）", "建成泵站", "1.落实资金；\n2.加快施工。",
        "2027年6月30日", "泵站已投入运行。", "完成日期：2026年10月20日", "2026年11月20日至2026年12月3日，共10个工作日",
        "公示媒介：市政府门户网站", "向澄湖市整改办督导科反映", "0000-1234567", "澄湖市整改办\n2026年11月20日",
    ):  # fmt: skip
        assert zh(words) in said
    (english,) = write_publicity(a_master([done()], OFFICE), [done()], tmp_path, lang="en")
    assert english.path
    assert "20 November 2026 to 3 December 2026, 10 working days" in whole(english.path)


def test_what_is_missing_is_left_to_be_filled_in_and_told() -> None:
    task = replace(done("4", target=None, measures="=DATE(2026,1,1)", accepted_on=None), disputed=frozenset({"progress"}))
    found = publicity(Facts(a_master([task])), task)
    assert not isinstance(found, Text)
    assert (found.filling["整改目标"], found.filling["受理单位"]) == (["（待填写）"], "澄湖市整改办")
    told = "\n".join(check.zh for check in found.checks)
    assert all(words in told for words in ("整改目标", "联系电话", "还没有日期：验收", "尚未裁定：整改进展"))


def test_an_extended_deadline_stands_beside_the_written_one() -> None:
    task = replace(done(deadline="2026年6月底前"), due=date(2026, 12, 31), reason="extended:1")
    found = publicity(Facts(a_master([task], OFFICE)), task)
    assert not isinstance(found, Text)
    assert found.filling["整改时限"] == ["2026年6月底前", "（经批准延期至2026年12月31日）"]


def test_a_notice_in_calendar_days_counts_them() -> None:
    seven = replace(CAMPAIGN, closing=Closing(notice=NoticeRules(7, "calendar", phone="1")))
    found = publicity(Facts(a_master([done()], seven)), done(status="已销号"))
    assert not isinstance(found, Text)
    assert found.filling["公示天数"] == "7天"
    assert "已经销号" in "".join(check.zh for check in found.checks)


def test_a_task_that_is_not_done_gets_none(tmp_path: Path) -> None:
    for status in ("整改中", "反弹", None):
        (paper,) = write_publicity(a_master([]), [a_task("5", "市水务局", status=status)], tmp_path / "稿")
        assert paper.fault
        assert paper.path is None
    assert not (tmp_path / "稿").exists()


def test_the_tasks_whose_turn_it_is() -> None:
    tasks = [
        done("1"), done("2", accepted_on=None), done("3", publicity_start=date(2026, 11, 23)),
        done("4", publicity_start=date(2026, 11, 16)), done("5", status="已销号"), a_task("6", "市水务局"),
    ]  # fmt: skip
    assert [task.name for task in waiting_for_notice(a_master(tasks, OFFICE))] == ["1", "3"]


def test_days_that_contradict_each_other_are_told_before_the_paper_goes_out() -> None:
    facts = Facts(a_master([], OFFICE))
    early, future = (
        publicity(facts, done(accepted_on=day), date(2026, 11, 23)) for day in (date(2026, 10, 19), date(2026, 11, 21))
    )
    assert not isinstance(early, Text)
    assert [check.zh for check in early.checks] == ["验收日期 2026-10-19 早于实际完成日期 2026-10-20，请先核对总台账"]
    assert not isinstance(future, Text)
    told = "Accepted on 2026-11-21 lies after the as-of date 2026-11-20; check the master first"
    assert [check.en for check in future.checks] == [told]
    closed = done(status="已销号", publicity_start=date(2026, 11, 2), closed_on=date(2026, 11, 6))
    (found,) = days_out_of_order(facts, closed)
    assert found.zh == "销号日期 2026-11-06 早于公示末日 2026-11-13，请先核对总台账"
