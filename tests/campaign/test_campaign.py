"""campaign.yaml, units.csv and leaders.csv: what they set, and errors that name file, line and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rectify_xl.campaign.settings import Campaign, CampaignLeader, DeadlineRules, Mail, RuleChoice, Unit, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity

FULL = """\
name: 澄湖市整改
issuer: 澄湖市整改办
issued: 2026-07-23
schema: task_list
units: units.csv
leaders: leaders.csv
deadlines:
  immediate: 2026-08-31
  long_term:
  nodes: [2027-12-31, 2026-12-31]
  due_soon_days: 15
  period_before: end
  events: {采暖季前: "11-15", 汛期前: 6-1}
round: {id: 2026-11, due: 2026-11-25}
acceptance: {publicity_working_days: 7}
rules: {select: [D, L301], ignore: vague-deadline, severity: {missing-leader: warning}}
mail: {from: zgb@example.gov.cn, host: 127.0.0.1, port: 8025, security: none, to: [a@example.gov.cn]}
"""
UNITS = (
    "id,name,aliases,former_names,email,liaison,phone,reports\n"
    "U1,市水务局,水务局|水利局, 市水利局 ,a@b.cn,柳青禾,0571,yes\n,市城管局,,,,,,否\n"
)


def folder(path: Path, yaml: str | bytes, **files: str | bytes) -> Path:
    """A campaign folder; file names are written with an underscore for the dot."""
    for name, content in {"campaign_yaml": yaml, **files}.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (path / name.replace("_", ".")).write_bytes(raw)
    return path


def test_defaults() -> None:
    campaign = Campaign()
    assert (campaign.schema.name, campaign.publicity_working_days, campaign.roster.find_in("市水务局")) == ("task_list", 10, ())
    assert campaign.deadlines == DeadlineRules(due_soon_days=30, period_before=None)


def test_everything_set(tmp_path: Path) -> None:
    leaders = "name,title\n柳青禾,副市长\n,\n"
    campaign = load_campaign(folder(tmp_path, FULL, units_csv=UNITS, leaders_csv=leaders))
    assert (campaign.name, campaign.issuer, campaign.issued) == ("澄湖市整改", "澄湖市整改办", date(2026, 7, 23))
    assert campaign.deadlines == DeadlineRules(
        date(2026, 8, 31), None, (date(2026, 12, 31), date(2027, 12, 31)), 15, "end", {"采暖季前": "11-15", "汛期前": "06-01"}
    )
    assert (campaign.round_id, campaign.round_due, campaign.publicity_working_days) == ("2026-11", date(2026, 11, 25), 7)
    assert campaign.rules == RuleChoice(("D", "L301"), ("vague-deadline",), {"missing-leader": Severity.WARNING})
    sender = "zgb@example.gov.cn"
    assert campaign.mail == Mail(sender, "127.0.0.1", 8025, "none", sender, ("a@example.gov.cn",))
    assert campaign.units == (
        Unit("U1", "市水务局", ("水务局", "水利局"), ("市水利局",), "a@b.cn", "柳青禾", "0571", reports=True),
        Unit("U02", "市城管局", reports=False),
    )
    assert campaign.unit_by_name["市城管局"].id == "U02"
    assert campaign.leaders == (CampaignLeader("柳青禾", "副市长"),)
    assert {path.name for path in campaign.own_files} == {"campaign.yaml", "units.csv", "leaders.csv"}
    assert load_campaign(tmp_path / "campaign.yaml").name == campaign.name


def test_units_without_a_reports_column_and_with_short_rows(tmp_path: Path) -> None:
    campaign = load_campaign(folder(tmp_path, "units: units.csv", units_csv="name,phone\n市水务局\n"))
    assert campaign.units == (Unit("U01", "市水务局"),)
    short = "name,reports\n市水务局\n市城管局,是,,\n"
    assert [unit.reports for unit in load_campaign(folder(tmp_path, "units: units.csv", units_csv=short)).units] == [False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_csv(tmp_path: Path, encoding: str) -> None:
    units = "name,liaison\r\n市水务局,柳青禾\r\n".encode(encoding)
    (unit,) = load_campaign(folder(tmp_path, "\ufeffunits: units.csv", units_csv=units)).units
    assert (unit.name, unit.liaison) == ("市水务局", "柳青禾")


def test_nulls_are_absent(tmp_path: Path) -> None:
    yaml = "name:\nissued:\ndeadlines:\nround: ~\nrules: {severity: }\nacceptance: {publicity_working_days: }\nmail: {port: }\n"
    campaign = load_campaign(folder(tmp_path, yaml))
    assert (campaign.name, campaign.issued, campaign.publicity_working_days, campaign.mail.port) == ("", None, 10, 0)


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("name: 甲\nissuerr: 乙\n", ("campaign.yaml 第 2 行", "issuerr", "最接近的是 issuer")),
        ("deadlines:\n  due_soon: 3\n", ("campaign.yaml 第 2 行", "deadlines.due_soon", "最接近的是 due_soon_days")),
        ("deadlines: {nodes: [2026-12-31, 2026-13-01]}\n", ("第 1 行", "deadlines.nodes", "没有 2026-13-01 这一天")),
        ("name: 甲\n\nissued: 2026年7月\n", ("第 3 行", "issued", "2026-08-31 的样子")),
        ("issued: 2026-02-30\n", ("第 1 行，issued", "没有 2026-02-30 这一天")),
        ("issued: [2026-02-03]\n", ("第 1 行，issued", "应为一个值")),
        ("deadlines: 3\n", ("第 1 行，deadlines", "名称: 值")),
        ("- 甲\n", ("第 1 行", "名称: 值")),
        ("name: 甲\nname: 乙\n", ("第 2 行", "name 写了两次")),
        ("mail: {from: a, from: b}\n", ("mail.from 写了两次",)),
        ("deadlines:\n  due_soon_days: -1\n", ("第 2 行，deadlines.due_soon_days", "不小于 0")),
        ("deadlines:\n  due_soon_days: ²\n", ("第 2 行，deadlines.due_soon_days", "整数")),
        ("deadlines: {period_before: sart}\n", ("deadlines.period_before", "最接近的是 start", "start、end")),
        ('deadlines: {events: {汛期前: "6月1日"}}\n', ("deadlines.events.汛期前", "月-日")),
        ('deadlines: {events: {汛期前: "02-30"}}\n', ("deadlines.events.汛期前", "没有 02-30")),
        ("rules: {severity: {vague-deadline: warn}}\n", ("rules.severity.vague-deadline", "最接近的是 warning")),
        ("mail: {host: mail.example.cn, security: none}\n", ("第 1 行，mail.security", "127.0.0.1")),
        ("mail:\n  security: none\n", ("第 2 行，mail.security",)),
        ("mail: {security: ssl}\n", ("mail.security", "starttls、tls、none")),
        ("mail: {password: x}\n", ("mail.password",)),
        ("mail: {port: 0}\n", ("mail.port", "不小于 1")),
        ("name: 甲\n  issuer: 乙\n", ("campaign.yaml 第 2 行", "格式不对")),
        ("name: '甲\n", ("campaign.yaml 第", "格式不对")),
        ("name: 甲\x07乙\n", ("campaign.yaml", "控制字符")),
        ('name: "甲\\e乙"\n', ("第 1 行，name", "控制字符（U+001B）")),
        ('issuer: "甲\\ud800"\n', ("第 1 行，issuer", "控制字符（U+D800）")),
        ("", ("campaign.yaml", "空的")),
        ("schema: tasklist\n", ("第 1 行，schema", "最接近的是 task_list")),
        ("units: units.csv\n", ("第 1 行，units", "找不到文件 units.csv")),
        ("name: 甲\nleaders: ''\n", ("第 2 行，leaders", "找不到文件")),
        ("{a: b}: c\n", ("第 1 行", "不认识的项")),
    ],
)
def test_errors_name_file_line_and_key(tmp_path: Path, yaml: str, said: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, yaml))
    assert all(word in str(caught.value) for word in said), str(caught.value)


@pytest.mark.parametrize(
    ("csv", "said"),
    [
        ("id,nmae\n", ("units.csv 第 1 行", "nmae", "最接近的是 name")),
        ("id,email\n", ("units.csv 第 1 行", "缺少列 name")),
        ("", ("units.csv 第 1 行", "缺少列 name")),
        ("name,name\n", ("units.csv 第 1 行", "列 name 出现了两次")),
        ("name\n市水务局\n市城管局\n市水务局\n", ("units.csv 第 4 行", "市水务局", "两次")),
        ("id,name\nU1,\n", ("units.csv 第 2 行", "name 为空")),
        ("name,reports\n市水务局,大概\n", ("units.csv 第 2 行", "yes 或 no", "大概")),
        ('name\n"' + "市" * 200_000 + '"\n', ("units.csv 第", "不是有效的 CSV")),
    ],
)
def test_errors_of_units(tmp_path: Path, csv: str, said: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=csv))
    assert all(word in str(caught.value) for word in said), str(caught.value)


def test_no_campaign(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="找不到活动配置文件"):
        load_campaign(tmp_path)


def test_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"campaign\.yaml: 无法读取，请存为 UTF-8"):
        load_campaign(folder(tmp_path, "name: 澄湖市".encode("gb18030")))


def test_a_schema_of_ones_own(tmp_path: Path) -> None:
    own = "fields:\n  problem: {label: 问题, kind: long_text, required: true}\n"
    campaign = load_campaign(folder(tmp_path, "schema: mine.yaml", mine_yaml=own))
    assert (campaign.schema.name, campaign.schema.keys) == ("mine", ("problem",))


def messages(caught: pytest.ExceptionInfo[RectifyError]) -> tuple[str, str]:
    message = caught.value.message
    return message.zh, message.en


@pytest.mark.parametrize(
    ("yaml", "zh", "en"),
    [
        ("name: 澄湖市".encode("gb18030"), ("campaign.yaml", "UTF-8", "GBK"), ("campaign.yaml", "GBK", "UTF-8")),
        ("name: 澄湖市".encode("utf-16"), ("campaign.yaml", "UTF-16"), ("campaign.yaml", "UTF-16")),
        ("name: 甲\nissuer：乙\n", ("第 2 行", "全角", "issuer: …"), ("line 2", "full-width")),
        ("round:\n  id：2026-11\n", ("第 2 行", "全角"), ("line 2", "full-width")),
        ("round: {id：2026-11, due: 2026-11-25}\n", ("第 1 行", "全角"), ("line 1", "full-width")),
        ("round:\n  id: 2026-11\n  due:\n", ("第 3 行，round.due", "没有内容"), ("line 3, round.due", "nothing is written")),
        ("round: {id: 2026-11, due: ''}\n", ("round.due", "没有内容"), ("round.due", "nothing is written")),
        ("issued: ''\n", ("第 1 行，issued", "没有内容"), ("line 1, issued", "nothing is written")),
        ("name: 甲\nround:\n\tid: 2026-11\n", ("第 3 行", "Tab"), ("line 3", "tab")),
        ("name:\t甲\n", ("第 1 行", "Tab"), ("line 1", "tab")),
        ("[" * 20_000, ("campaign.yaml", "层数太多"), ("campaign.yaml", "nested too deeply")),
        ("\n".join(" " * depth + "a:" for depth in range(900)), ("campaign.yaml", "层数太多"), ("campaign.yaml", "nested")),
        ("- " * 3_000 + "x", ("campaign.yaml", "层数太多"), ("campaign.yaml", "nested too deeply")),
        ("deadlines: {due_soon_days: 99999999999999999999}\n", ("deadlines.due_soon_days", "太大"), ("too large",)),
        (f"deadlines: {{due_soon_days: {'9' * 6000}}}\n", ("deadlines.due_soon_days", "太大"), ("too large",)),
        ("mail: {port: 65536}\n", ("mail.port", "65535"), ("mail.port", "65535")),
        ("bulletin: {red: {overdue_days: 100000000}}\n", ("bulletin.red.overdue_days", "太大"), ("too large",)),
        ("issued: 0001-01-01\n", ("第 1 行，issued", "1990"), ("line 1, issued", "1990")),
        (b"PK\x03\x04" + b"\0" * 50, ("campaign.yaml", "工作簿"), ("campaign.yaml", "workbook")),
    ],
)
def test_mistakes_are_named_as_what_they_are(tmp_path: Path, yaml: str | bytes, zh: tuple[str, ...], en: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, yaml))
    chinese, english = messages(caught)
    assert all(word in chinese for word in zh), chinese
    assert all(word in english for word in en), english
    assert max(len(chinese), len(english)) < 250


@pytest.mark.parametrize("written", ["2026-07-23", "2026/7/23", "2026年7月23日", "'2026.07.23'"])
def test_days_are_read_as_people_write_them(tmp_path: Path, written: str) -> None:
    assert load_campaign(folder(tmp_path, f"issued: {written}\n")).issued == date(2026, 7, 23)


CHINESE = (
    "编号,单位名称,简称,曾用名,邮箱,联络员,电话,是否报送,备注\n"
    "U1,市水务局,水务局、水利局,市水利局,a@b.cn,柳青禾,0571,是,已核\nU2,市城管局,,,,,,否,\n"
)
READ = (
    Unit("U1", "市水务局", ("水务局", "水利局"), ("市水利局",), "a@b.cn", "柳青禾", "0571", reports=True),
    Unit("U2", "市城管局", reports=False),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_roster_is_read_as_excel_saves_it(tmp_path: Path, encoding: str, delimiter: str, line_end: str) -> None:
    content = CHINESE.replace(",", delimiter).replace("\n", line_end).encode(encoding)
    assert load_campaign(folder(tmp_path, "units: units.csv", units_csv=content)).units == READ


def test_blank_lines_quotes_and_line_breaks_in_cells(tmp_path: Path) -> None:
    csv = '\n\nname,aliases,phone\n"市水务局","水务局\n水利局，市水利","0571\n8810"\n\n"市""扫黄打非""办",扫黄办,\n'
    units = load_campaign(folder(tmp_path, "units: units.csv", units_csv=csv)).units
    assert [(unit.name, unit.aliases, unit.phone) for unit in units] == [
        ("市水务局", ("水务局", "水利局", "市水利"), "05718810"),
        ('市"扫黄打非"办', ("扫黄办",), ""),
    ]


ROSTER = "id,name,aliases\n" + "".join(f"U{number},{number}号水务所,{number}所\n" for number in range(1, 29))


@pytest.mark.parametrize("column", ["id", "name", "aliases"])
@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize("row", [1, 14, 28])
def test_a_quotation_mark_without_its_counterpart_swallows_nothing(tmp_path: Path, column: str, where: str, row: int) -> None:
    cells = {"id": f"U{row}", "name": f"{row}号水务所", "aliases": f"{row}所"}
    wrong = {**cells, column: f'"{cells[column]}' if where == "before" else f'{cells[column]}"'}
    csv = ROSTER.replace(",".join(cells.values()) + "\n", ",".join(wrong.values()) + "\n")
    assert csv.count('"') == 1
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=csv))
    chinese, english = messages(caught)
    assert f"units.csv 第 {row + 1} 行" in chinese
    assert f"units.csv line {row + 1}" in english


def test_two_quotation_marks_lines_apart_swallow_nothing(tmp_path: Path) -> None:
    csv = ROSTER.replace("U5,5号", 'U5,"5号').replace("9所\n", '9所"\n', 1)
    with pytest.raises(RectifyError, match="第 6 行"):
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=csv))


@pytest.mark.parametrize(
    ("csv", "zh", "en"),
    [
        (
            "编号,单位名称\n1,市水务局\n1,市城管局\n",
            ("第 3 行", "编号 1", "第 2 行", "市水务局"),
            ("line 3", "line 2", "市水务局"),
        ),
        ("name,aliases\n市水务局,水务\n市城管局,水务\n", ("第 3 行", "“水务”", "第 2 行"), ("line 3", "“水务”", "line 2")),
        ("name,aliases\n市水务局,\n市城管局,市水务局\n", ("第 3 行", "第 2 行"), ("line 3", "line 2")),
        ("name\n市水务局\n 市水务局 \n", ("第 3 行", "两次"), ("line 3", "twice")),
        ("单位名称,是否报送\n市水务局,大概\n", ("第 2 行", "是否报送", "大概"), ("line 2", "大概")),
        ("单位名称,邮编\n市水务局,3100\n", ("第 1 行", "邮编"), ("line 1", "邮编")),
        ("单位名称，邮箱\n市水务局，a@b.cn\n", ("第 1 行", "全角逗号"), ("line 1", "full-width")),
        ("单位名称,名称\n市水务局,水务\n", ("第 1 行", "两次"), ("line 1", "twice")),
        ("编号,单位名称\nU1,\n", ("第 2 行", "单位名称 为空"), ("line 2", "单位名称 is empty")),
    ],
)
def test_a_roster_that_is_not_certain_is_refused(tmp_path: Path, csv: str, zh: tuple[str, ...], en: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=csv))
    chinese, english = messages(caught)
    assert all(word in chinese for word in ("units.csv", *zh)), chinese
    assert all(word in english for word in ("units.csv", *en)), english


def test_a_damaged_character_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    content = CHINESE.encode()
    at = content.index("城管".encode())
    with pytest.raises(RectifyError, match="第 3 行：有损坏的字符"):
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=content[:at] + content[at + 1 :]))


def test_a_workbook_and_an_unknown_encoding_are_refused(tmp_path: Path) -> None:
    for content, said in ((b"PK\x03\x04rest", "另存为"), (b"name\n\xff\xff\xfe\xfe\x81\x20\n", "编码")):
        with pytest.raises(RectifyError, match=said):
            load_campaign(folder(tmp_path, "units: units.csv", units_csv=content))


def test_units_without_numbers_get_numbers_of_their_own(tmp_path: Path) -> None:
    units = load_campaign(folder(tmp_path, "units: units.csv", units_csv="id,name\n,甲局\nU01,乙局\n,丙局\n")).units
    assert len({unit.id for unit in units}) == 3
    assert units[1].id == "U01"


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [
        ("柳青禾 副市长,", "柳青禾", "副市长"),
        ("副市长柳青禾,", "柳青禾", "副市长"),
        ("柳青禾（市水务局局长）,", "柳青禾", "市水务局局长"),
        ("柳青禾 副市长,市政府副市长", "柳青禾", "市政府副市长"),
        ("阿依努尔·买买提,副县长", "阿依努尔·买买提", "副县长"),
        ("Ada Lovelace,Director", "Ada Lovelace", "Director"),
    ],
)
def test_a_post_beside_the_name_is_taken_apart(tmp_path: Path, written: str, name: str, title: str) -> None:
    csv = f"姓名,职务\n{written}\n"
    assert load_campaign(folder(tmp_path, "leaders: leaders.csv", leaders_csv=csv)).leaders == (CampaignLeader(name, title),)


def test_two_leaders_in_one_cell_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"leaders\.csv 第 2 行.*一人一行"):
        load_campaign(folder(tmp_path, "leaders: leaders.csv", leaders_csv="姓名,职务\n柳青禾、汪屿,副市长\n"))


def test_headings_of_other_lists(tmp_path: Path) -> None:
    yaml = "headings: {问题或功能要求: problem, 意见确认: 整改进展}\n"
    schema = load_campaign(folder(tmp_path, yaml)).schema
    assert schema.own_headings == {"问题或功能要求": "problem", "意见确认": "progress"}
    assert [schema.headings[key][0][0] for key in ("问题或功能要求", "意见确认")] == ["problem", "progress"]


def test_a_heading_for_a_field_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"campaign.yaml 第 2 行，headings.意见确认：没有名为“problm”的列.*problem"):
        load_campaign(folder(tmp_path, "name: 甲\nheadings: {意见确认: problm}\n"))


def test_all_names_of_units_reach_the_reader(tmp_path: Path) -> None:
    campaign = load_campaign(folder(tmp_path, "units: units.csv\n", units_csv=UNITS))
    assert campaign.unit_keys == {"市水务局", "水务局", "水利局", "市水利局", "市城管局"}


def test_the_example_of_the_page_on_other_lists(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "any-list.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert load_campaign(folder(tmp_path, example)).schema.own_headings == {"问题或功能要求": "problem", "意见确认": "progress"}
