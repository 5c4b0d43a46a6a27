"""Who gets what: by the roster, mail.to and the stamps, never by guessing."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.mail.address import checked_line
from rectify_xl.mail.planning import plan_dispatch, plan_master, plan_reminders, plan_returns
from rectify_xl.mail.templates import Templates
from tests.mail.rounds import edit, make_round, office, prefilled, returned, stamped

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.mail.letter import Plan

pytestmark = pytest.mark.slow


def who(plan: Plan) -> list[tuple[str, str]]:
    return [(letter.unit, letter.address) for letter in plan.letters]


def test_the_master_goes_to_mail_to_as_it_is_on_the_disk(folder: Path) -> None:
    plan = plan_master(office(folder), folder / "总台账.xlsx")
    assert who(plan) == [("", "lingdao@example.gov.cn"), ("", "mishu@example.gov.cn")]
    assert not plan.problems
    for letter in plan.letters:
        (file,) = letter.attachments
        assert (file.name, file.content) == ("总台账.xlsx", (folder / "总台账.xlsx").read_bytes())
        assert {key: letter.facts[key] for key in ("as_of", "tasks", "overdue", "due_soon", "missing")} == {
            "as_of": "2026-11-21", "tasks": 4, "overdue": 2, "due_soon": 0, "missing": ["青芜县", "市林业局"],
        }  # fmt: skip


def test_reminders_go_to_the_missing_the_late_and_the_overdue_once_each(folder: Path) -> None:
    edit(folder / "units.csv", "市林业局,,,yes", "市林业局,,linye@example.gov.cn,yes")
    plan = plan_reminders(office(folder), folder / "总台账.xlsx")
    assert not plan.problems
    assert who(plan) == [
        ("市水务局", "shuiwu@example.gov.cn"), ("青芜县", "qingwu@example.gov.cn"), ("市林业局", "linye@example.gov.cn"),
    ]  # fmt: skip
    water, county, woods = (letter.facts for letter in plan.letters)
    assert (water["missing"], water["late"], [task["number"] for task in water["overdue"]]) == (False, True, ["1", "3"])
    assert water["overdue"][0] == {
        "number": "1",
        "problem": "东渠排口没有截流 雨天溢流",
        "due": "2026-06-30",
        "days": 144,
        "doubtful": False,
        "light": "",
    }
    assert (county["missing"], county["late"], [task["number"] for task in county["overdue"]]) == (True, False, ["3"])
    assert (woods["missing"], woods["overdue"]) == (True, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_master_in_either_language(lang: str, tmp_path: Path) -> None:
    folder = make_round(tmp_path, lang=lang)
    plan = plan_reminders(office(folder), folder / "总台账.xlsx")
    assert who(plan)[:2] == [("市水务局", "shuiwu@example.gov.cn"), ("青芜县", "qingwu@example.gov.cn")]
    assert [len(letter.facts["overdue"]) for letter in plan.letters] == [2, 1]


def test_a_list_in_last_months_template_is_asked_for_again(folder: Path) -> None:
    path = folder / "总台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["未报送"]
    sheet.append(["市水务局", "不是本轮模板"])
    sheet.append(["市住建局", "不是本轮模板"])
    sheet.append(["青芜县", "第 2026-10 轮的表"])
    book.save(path)
    facts = {letter.unit: letter.facts for letter in plan_reminders(office(folder), path).letters}
    assert [(facts[unit]["late"], facts[unit]["wrong_round"]) for unit in ("市水务局", "市住建局", "青芜县")] == [
        (True, True), (False, True), (False, True),
    ]  # fmt: skip
    assert "本轮下发的模板" in Templates(folder).words("reminder", "zh", facts["市住建局"]).text
    assert "第 2026-10 轮的填报表，不能算本轮的报送" in Templates(folder).words("reminder", "zh", facts["青芜县"]).text


def test_what_the_office_wrote_into_its_master_counts(folder: Path) -> None:
    path = folder / "总台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["未报送"]
    for row in sheet.iter_rows(min_row=4):
        if row[0].value == "青芜县":
            row[1].value = "已电话说明"
    book.save(path)
    plan = plan_reminders(office(folder), path)
    assert any("青芜县的情况是“已电话说明”" in note.zh for note in plan.notes)
    county = next(letter for letter in plan.letters if letter.unit == "青芜县")
    assert (county.facts["missing"], len(county.facts["overdue"])) == (False, 1)


def test_a_unit_that_the_roster_does_not_know_is_told_and_not_guessed(folder: Path) -> None:
    edit(folder / "units.csv", "青芜县,青芜县人民政府", "青岚县,")
    plan = plan_reminders(office(folder), folder / "总台账.xlsx")
    assert "逾期任务 3：单位“青芜县人民政府”不在 units.csv 里，不知道发给谁" in [problem.zh for problem in plan.problems]
    assert "青岚县" not in [letter.unit for letter in plan.letters]


def rewrite(path: Path, task: str, heading: str, value: str | None) -> None:
    """Write into the ledger as the office does."""
    book = openpyxl.load_workbook(path)
    sheet = book["总台账"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, heads["任务编号"]).value == task:
            sheet.cell(row, heads[heading]).value = value
    book.save(path)


def test_a_task_without_lead_unit_is_noted(folder: Path) -> None:
    path = folder / "总台账.xlsx"
    for name in ("牵头单位", "责任单位原文"):
        rewrite(path, "1", name, None)
    plan = plan_reminders(office(folder), path)
    assert [note for note in plan.notes if "逾期任务 1没有牵头单位" in note.zh]


def test_a_task_of_all_counties_reminds_each_of_them(folder: Path) -> None:
    path = folder / "总台账.xlsx"
    rewrite(path, "1", "牵头单位", "各县区")
    plan = plan_reminders(office(folder), path)
    county = next(letter for letter in plan.letters if letter.unit == "青芜县")
    assert [task["number"] for task in county.facts["overdue"]] == ["1", "3"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: 青禾市督察整改", "name: 另一活动", "属于活动“青禾市督察整改”，而活动配置是“另一活动”"),
        ("id: 2026-11", "id: 2026-12", "属于轮次“2026-11”，而活动配置是“2026-12”"),
    ],
)
def test_a_master_of_another_campaign_or_round_is_refused(folder: Path, old: str, new: str, said: str) -> None:
    edit(folder / "campaign.yaml", old, new)
    for plan in (plan_master, plan_reminders):
        with pytest.raises(RectifyError, match=said):
            plan(office(folder), folder / "总台账.xlsx")


def test_what_is_no_master_is_refused(folder: Path) -> None:
    with pytest.raises(RectifyError, match="不是本软件生成的总台账"):
        plan_master(office(folder), folder / "in" / "甲.xlsx")
    with pytest.raises(RectifyError, match="不是本软件生成的总台账"):
        plan_master(office(folder), folder / "units.csv")
    with pytest.raises(RectifyError, match="无法打开"):
        plan_master(office(folder), folder / "没有.xlsx")
    (folder / "坏.xlsx").write_bytes((folder / "总台账.xlsx").read_bytes()[:-200])
    with pytest.raises(RectifyError, match="坏"):
        plan_master(office(folder), folder / "坏.xlsx")


def test_a_master_that_is_open_is_noted(folder: Path) -> None:
    (folder / "~$总台账.xlsx").write_bytes(b"")
    assert "最后一次保存" in plan_master(office(folder), folder / "总台账.xlsx").notes[0].zh


def test_copies_go_to_the_unit_that_their_stamp_names_whatever_the_file_is_called(folder: Path) -> None:
    copies = folder / "退回"
    returned(copies / "市住建局.xlsx", "市水务局")
    returned(copies / "b" / "清单.xlsx", "市住建局")
    returned(copies / "c" / "清单.xlsx", "市住建局")
    (copies / ".rectify_xl-copies").write_bytes(b"")
    (copies / "~$清单.xlsx").write_bytes(b"")
    (copies / "Thumbs.db").write_bytes(b"")
    plan = plan_returns(office(folder), copies)
    assert not plan.problems
    assert who(plan) == [
        ("市水务局", "shuiwu@example.gov.cn"), ("市住建局", "zhujian@example.gov.cn"), ("市住建局", "jianguan@example.gov.cn"),
    ]  # fmt: skip
    assert [[file.name for file in letter.attachments] for letter in plan.letters] == [
        ["市住建局.xlsx"], ["清单.xlsx", "清单(2).xlsx"], ["清单.xlsx", "清单(2).xlsx"],
    ]  # fmt: skip
    assert plan.letters[0].attachments[0].content == (copies / "市住建局.xlsx").read_bytes()


def test_copies_that_do_not_say_whose_they_are_are_refused_by_name(folder: Path) -> None:
    copies = folder / "退回"
    returned(copies / "好.xlsx", "市水务局")
    returned(copies / "不在名册.xlsx", "市气象局")
    returned(copies / "别名.xlsx", "市水利局")
    returned(copies / "没有单位.xlsx", "")
    stamped(copies / "市水务局.xlsx", unit="市水务局", returned="2026-11-21")
    prefilled(copies / "填报表.xlsx", "市水务局")
    returned(copies / "没有邮箱.xlsx", "市林业局")
    shutil.copy(folder / "in" / "甲.xlsx", copies / "市住建局.xlsx")
    shutil.copy(folder / "总台账.xlsx", copies / "总台账.xlsx")
    (copies / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (copies / "说明.docx").write_bytes(b"x")
    plan = plan_returns(office(folder), copies)
    assert who(plan) == [("市水务局", "shuiwu@example.gov.cn")]
    assert [file.name for file in plan.letters[0].attachments] == ["好.xlsx"]
    told = {problem.zh.partition("：")[0]: problem.zh for problem in plan.problems}
    assert set(told) == {
        "不在名册.xlsx", "别名.xlsx", "没有单位.xlsx", "市水务局.xlsx", "填报表.xlsx",
        "市住建局.xlsx",
        "总台账.xlsx", "坏.xlsx", "说明.docx", "市林业局",
    }  # fmt: skip
    assert "不知道发给谁" in told["不在名册.xlsx"]
    assert "没有填邮箱" in told["市林业局"]


def test_an_odd_file_name_of_one_unit_keeps_no_mail_back(folder: Path) -> None:
    copies = folder / "copies"
    returned(copies / "好.xlsx", "市水务局")
    odd = ("两\n行.xlsx", "\u202exslx.倒.xlsx", "\x1b]0;题.xlsx", "=?utf-8?b?5LmZ?=.xlsx", "\udcff\udcfe.xlsx", "\ufdd0甲.xlsx")
    for name in odd:
        returned(copies / "清单.xlsx", "市住建局").rename(copies / name)
    plan = plan_returns(office(folder), copies)
    assert not plan.problems
    names = [file.name for letter in plan.letters for file in letter.attachments]
    assert set(names) == {
        "好.xlsx", "两_行.xlsx", "_xslx.倒.xlsx", "_]0;题.xlsx", "=_utf-8?b?5LmZ?=.xlsx", "__.xlsx", "_甲.xlsx",
    }  # fmt: skip
    assert [checked_line(name, Text("", "")) for name in names] == names
    assert all(name.encode() for name in names)


def test_prefilled_workbooks_go_to_their_units_and_returned_ones_do_not(folder: Path) -> None:
    forms = folder / "下发"
    prefilled(forms / "1.xlsx", "青芜县")
    prefilled(forms / "2.xlsm", "市审计局")
    plan = plan_dispatch(office(folder), forms)
    assert who(plan) == [("青芜县", "qingwu@example.gov.cn"), ("市审计局", "shenji@example.gov.cn")]
    returned(forms / "3.xlsx", "市水务局", kind="template")
    prefilled(forms / "4.xlsx", "")
    prefilled(forms / "5.xlsx", "市水务局", round="2026-10")
    prefilled(forms / "6.xlsx", "市水务局", campaign="另一活动")
    told = dict(problem.zh.split("：", 1) for problem in plan_dispatch(office(folder), forms).problems)
    assert list(told) == ["3.xlsx", "4.xlsx", "5.xlsx", "6.xlsx"]
    assert "属于轮次“2026-10”" in told["5.xlsx"]
    assert "属于活动“另一活动”" in told["6.xlsx"]


def test_a_unit_is_known_by_its_name_as_a_property_gives_it_back(folder: Path) -> None:
    long = f"市{'水源保护区管理' * 40}中心"
    names = ("市\t审计  局", "市_x0041_x0042_局", "（市）公路局", long)
    (folder / "units.csv").write_text(
        "name,email\n" + "".join(f"{name},a{at}@example.gov.cn\n" for at, name in enumerate(names)), "utf-8"
    )
    forms = folder / "下发"
    for at, name in enumerate(("市 审计 局", "市_x0041\uff3fx0042_局", "(市)公路局", long[:255])):
        prefilled(forms / f"{at}.xlsx", name)
    plan = plan_dispatch(office(folder), forms)
    assert not plan.problems
    assert [address for _, address in who(plan)] == [f"a{at}@example.gov.cn" for at in range(4)]
    # The file of two whose names begin alike goes to neither.
    (folder / "units.csv").write_text(f"name,email\n{long},a@example.gov.cn\n{long}分中心,b@example.gov.cn\n", "utf-8")
    assert len(plan_dispatch(office(folder), forms).problems) == 4


def test_a_list_in_last_months_template_is_the_very_thing_to_send_back(folder: Path) -> None:
    returned(folder / "退回" / "清单.xlsx", "市水务局", kind="template", round="2026-10", unit="青芜县")
    plan = plan_returns(office(folder), folder / "退回")
    assert not plan.problems
    assert who(plan) == [("市水务局", "shuiwu@example.gov.cn")]
    assert plan.letters[0].facts["checked"] == "2026-11-21"


def test_a_folder_that_is_missing_or_empty(folder: Path) -> None:
    with pytest.raises(RectifyError, match="没有这个文件夹"):
        plan_returns(office(folder), folder / "没有")
    (folder / "空").mkdir()
    with pytest.raises(RectifyError, match="没有可以发送的文件"):
        plan_dispatch(office(folder), folder / "空")


def test_a_file_that_cannot_be_opened_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = returned(folder / "退回" / "好.xlsx", "市水务局")

    def closed(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    desk = office(folder)
    monkeypatch.setattr("pathlib.Path.read_bytes", closed)
    assert plan_returns(desk, path.parent).problems == (
        Text("好.xlsx：无法打开（没有权限）", "好.xlsx: cannot be opened (Permission denied)"),
    )


def test_strange_domains_ask_once_each_and_can_be_allowed(folder: Path) -> None:
    edit(folder / "campaign.yaml", "mishu@example.gov.cn", "mishu@exmaple.gov.cn, x@sub.example.gov.cn, y@exmaple.gov.cn")
    master = folder / "总台账.xlsx"
    plan = plan_master(office(folder), master)
    assert [address for _, address in who(plan)] == ["lingdao@example.gov.cn", "x@sub.example.gov.cn"]
    (problem,) = plan.problems
    assert problem.zh.startswith("mishu@exmaple.gov.cn、y@exmaple.gov.cn：")
    assert "--allow-domain exmaple.gov.cn" in problem.zh
    assert len(plan_master(office(folder, "exmaple.gov.cn"), master).letters) == 4
    edit(folder / "campaign.yaml", "  security: none", "  security: none\n  domains: [exmaple.gov.cn]")
    assert not plan_master(office(folder), master).problems


def test_wrong_addresses_are_told_with_their_place(folder: Path) -> None:
    edit(folder / "units.csv", "qingwu@example.gov.cn", "qingwu\uff20example.gov.cn")
    edit(folder / "campaign.yaml", "mishu@example.gov.cn", "mishu")
    assert (
        plan_master(office(folder), folder / "总台账.xlsx").problems[0].zh.startswith("campaign.yaml，mail.to：“mishu”不是有效")
    )
    problems = plan_reminders(office(folder), folder / "总台账.xlsx").problems
    assert any(problem.zh.startswith("units.csv 中青芜县的邮箱：") for problem in problems)


def test_nobody_to_write_to(folder: Path) -> None:
    edit(folder / "campaign.yaml", "to: [lingdao@example.gov.cn, mishu@example.gov.cn]", "to: []")
    assert "mail.to 里没有写收件地址" in plan_master(office(folder), folder / "总台账.xlsx").problems[0].zh
    edit(folder / "campaign.yaml", "from: zgb@example.gov.cn", "user: x")
    with pytest.raises(RectifyError, match="没有写发件人"):
        office(folder)


def test_one_address_written_twice_gets_one_message(folder: Path) -> None:
    edit(folder / "campaign.yaml", "mishu@example.gov.cn", "LINGDAO@example.gov.cn, lingdao@Example.gov.cn")
    assert who(plan_master(office(folder), folder / "总台账.xlsx")) == [("", "lingdao@example.gov.cn")]


def test_two_units_with_one_address_are_noted(folder: Path) -> None:
    edit(folder / "units.csv", "shenji@example.gov.cn", "Qingwu@example.gov.cn")
    prefilled(folder / "下发" / "1.xlsx", "青芜县")
    prefilled(folder / "下发" / "2.xlsx", "市审计局")
    plan = plan_dispatch(office(folder), folder / "下发")
    (note,) = plan.notes
    assert note.zh == "青芜县、市审计局的邮箱相同（qingwu@example.gov.cn），请核对"
    assert "share one address" in note.en


def test_large_attachments_are_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.mail.plan_builder._LARGE", 1000)
    notes = plan_master(office(folder), folder / "总台账.xlsx").notes
    assert all("有些邮箱收不下" in note.zh for note in notes)
    assert len(notes) == 2


def test_a_name_that_could_steer_a_header_stops_everything(folder: Path) -> None:
    edit(folder / "campaign.yaml", "issuer: 青禾市整改办", 'issuer: "整改办\\nBcc: x@example.com"')
    with pytest.raises(RectifyError, match=r"issuer .*含有换行"):
        office(folder)


def test_reminders_follow_the_lights_and_warn_ahead_where_that_is_set(folder: Path) -> None:
    edit(folder / "campaign.yaml", "round: {id", "lights: near-pace-overdue\nwarnings: {before_days: [300, 30]}\nround: {id")
    plan = plan_reminders(office(folder), folder / "总台账.xlsx")
    water = next(letter.facts for letter in plan.letters if letter.unit == "市水务局")
    assert [task["light"] for task in water["overdue"]] == ["红", "红"]
    (ahead,) = water["ahead"]
    assert (ahead["number"], ahead["light"]) == ("2", "蓝")
    assert ahead["why"].startswith("剩")
    text = Templates(folder).words("reminder", "zh", water).text
    assert "有 1 项需要提前关注" in text
    assert f"{ahead['why']}，蓝灯）" in text
    assert {letter.unit for letter in plan.letters} == {
        "市水务局",
        "青芜县",
        "市住建局",
    }  # 市住建局 has a task due soon, and nothing else


KINDS = ("master", "return", "reminder", "dispatch")
FACTS = {
    "campaign": "青禾市<整改>", "issuer": "整改办", "round": "2026-11", "unit": "市水务局", "due": "2026-11-20",
    "as_of": "2026-11-21",
    "files": ["a&b.xlsx"], "tasks": 3,
    "overdue": [
        {"number": "7", "problem": "{{ 7 * 7 }}<b>" + "长" * 90, "due": "2026-06-30", "days": 9, "doubtful": True, "light": "红"}
    ],
    "ahead": [{"number": "8", "problem": "东渠", "due": "2026-12-05", "why": "剩14天", "light": ""}],
    "doubtful": 1,
    "due_soon": 1, "checked": "2026-11-21", "missing": ["甲", "乙"], "late": True, "wrong_round": True, "filled_on": "2026-11-21",
    "resend_by": "2026-11-27", "asked": 2, "unused": True,
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_template_fills_with_much_and_with_little(kind: str, lang: str, tmp_path: Path) -> None:
    facts = FACTS | ({"overdue": 2} if kind == "master" else {})
    empty = {key: ([] if isinstance(value, list) else "") for key, value in facts.items()}
    for given in (facts, empty):
        words = Templates(tmp_path).words(kind, lang, given)
        assert words.subject
        assert "\n\n\n" not in words.text
        assert words.html.startswith("<!DOCTYPE html>")
    words = Templates(tmp_path).words(kind, lang, facts)
    assert "2026-11" in words.subject
    assert "青禾市<整改>" in words.subject
    assert "青禾市<整改>" not in words.html
    assert "<b>" not in words.html


def test_tasks_overdue_by_a_date_in_doubt_are_told_apart(tmp_path: Path) -> None:
    facts = FACTS | {"overdue": 2}
    assert "逾期 2 项（其中 1 项时限存疑）" in Templates(tmp_path).words("master", "zh", facts).text
    assert "2 are overdue (1 by a date in doubt)" in Templates(tmp_path).words("master", "en", facts).text
    assert "存疑" not in Templates(tmp_path).words("master", "zh", facts | {"doubtful": 0}).text
    assert "时限存疑" in Templates(tmp_path).words("reminder", "zh", FACTS).text


def test_what_a_unit_wrote_is_text_and_never_a_template(tmp_path: Path) -> None:
    words = Templates(tmp_path).words("reminder", "zh", FACTS)
    assert "{{ 7 * 7 }}<b>" in words.text
    assert "49" not in words.text
    assert "{{ 7 * 7 }}&lt;b&gt;" in words.html
    assert "…" in words.text


def own_template(folder: Path, text: str, name: str = "return.zh.txt.j2") -> Templates:
    (folder / "templates" / "mail").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "mail" / name).write_text(text, "utf-8")
    return Templates(folder)


def test_an_office_may_have_its_own_words(tmp_path: Path) -> None:
    words = own_template(tmp_path, "请看{{ unit }}\n\n第一段\n\n\n  第二段").words("return", "zh", FACTS)
    assert (words.subject, words.text) == ("请看市水务局", "第一段\n\n  第二段\n")
    assert words.html.count("<p>") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("标题\n{{ nobody }}", "return.zh.txt.j2 填不出来"),
        ("标题\n{% if %}", "return.zh.txt.j2 第 2 行写错了"),
        ("标题\n{{ 1 / 0 }}", "填不出来"),
        ("标题\n{{ ''.__class__.__mro__ }}", "填不出来"),
        ("标题\n{% include '/etc/passwd' %}", "找不到邮件模板"),
        ("标题\n{% include '../../campaign.yaml' %}", "找不到邮件模板"),
        ("标题\n{{ cycler.__init__.__globals__.os.popen('id').read() }}", "填不出来"),
        ("{{ unit }}\u2028Bcc: x@example.com\n正文", "邮件标题"),
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        own_template(tmp_path, text).words("return", "zh", FACTS)


def test_a_later_day_is_another_reminder(folder: Path, tmp_path: Path) -> None:
    later = make_round(tmp_path / "later", day=date(2026, 11, 22))
    first, second = (plan_reminders(office(one), one / "总台账.xlsx").letters[0] for one in (folder, later))
    assert first.key("甲", "1") != second.key("甲", "1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("per_minute: 0", "mail.per_minute"),
        ("per_minute: viele", "不小于 1"),
        ("pasword: x", "mail.pasword"),
        ("domains: {a: b}", "mail.domains"),
    ],
)
def test_wrong_settings_are_told(folder: Path, line: str, said: str) -> None:
    edit(folder / "campaign.yaml", "per_minute: 6000", line)
    with pytest.raises(RectifyError, match=said):
        office(folder)


def test_settings(folder: Path) -> None:
    mail = office(folder).campaign.mail
    assert (mail.per_minute, mail.domains, mail.user) == (6000, (), "zgb@example.gov.cn")
    edit(folder / "campaign.yaml", "  per_minute: 6000", "  domains: [qq.com, 163.com]")
    mail = office(folder).campaign.mail
    assert (mail.per_minute, mail.domains) == (60, ("qq.com", "163.com"))
    edit(folder / "campaign.yaml", "163.com", "'*'")
    with pytest.raises(RectifyError, match=r"campaign.yaml，mail.domains：“x@\*”不是有效"):
        office(folder)
