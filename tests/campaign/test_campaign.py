"""campaign.yaml, units.csv and leaders.csv: what they set, and errors that name file, line and key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import Campaign, CampaignLeader, DeadlineRules, Mail, RuleChoice, Unit, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

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
