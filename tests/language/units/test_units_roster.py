from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.language.units import Roster, RosterUnit, parse_units
from rectify_xl.language.units.lexicon import former, key, lexicon, spellings
from rectify_xl.language.units.places import covered, kind_of
from tests.support.counts import count

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def roster() -> Roster:
    units = [(*row, "", "")[:4] for row in rows("roster.tsv")]
    return Roster(RosterUnit(i, n, tuple(filter(None, a.split("|"))), tuple(filter(None, f.split("|")))) for i, n, a, f in units)


ROSTER = roster()


@pytest.mark.parametrize(("name", "on", "unit", "how", "suggestion", "members"), rows("match_cases.tsv"))
def test_match(name: str, on: str, unit: str, how: str, suggestion: str, members: str) -> None:
    match = ROSTER.match(name, on=date.fromisoformat(on) if on else None)
    found = (
        match.unit.id if match.unit else "-",
        match.how,
        match.suggestion.id if match.suggestion else "-",
        ",".join(unit.id for unit in match.members) or "-",
    )
    assert found == (unit, how, suggestion, members)


@pytest.mark.parametrize(("text", "units"), rows("find_cases.tsv"))
def test_find_in_free_text(text: str, units: str) -> None:
    assert (",".join(unit.id for unit in ROSTER.find_in(text)) or "-") == units


def test_empty_roster() -> None:
    empty = Roster(())
    assert empty.match("市水利局").how == "none"
    assert empty.find_in("市水利局、各县区") == ()


def test_first_of_two_units_with_one_name_counts() -> None:
    two = Roster([RosterUnit("1", "市水利局"), RosterUnit("2", "市水利局")])
    match = two.match("市水利局")
    assert match.unit
    assert match.unit.id == "1"
    assert [unit.name for unit in two.units] == ["市水利局", "市水利局"]


def test_bracketed_roster_name() -> None:
    both = Roster([RosterUnit("1", "市林业局(市公园城市局)")])
    assert [both.match(name).how for name in ("市林业局", "市公园城市局", "市林业局(市公园城市局)")] == [
        "exact",
        "alias",
        "exact",
    ]
    assert both.find_in("市公园城市局台账")


COUNTY = [
    RosterUnit(name, name)
    for name in (
        "县水利局", "县住房和城乡建设局", "澜屏县交通运输局", "澜屏县人民政府办公室", "东岭镇", "南沟乡人民政府",
        "西街街道办事处",
    )
]  # fmt: skip
AT_HOME = Roster(COUNTY, home=("澜屏县整改工作领导小组办公室", ""))


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("澜屏县水利局", "县水利局"),
        ("澜屏县住建局", "县住房和城乡建设局"),
        ("县交通局", "澜屏县交通运输局"),
        ("县政府办公室", "澜屏县人民政府办公室"),
    ],
)
def test_the_campaigns_own_place_may_be_written_or_not(name: str, unit: str) -> None:
    known, elsewhere = AT_HOME.match(name), Roster(COUNTY).match(name)
    assert (known.how, known.unit and known.unit.name) == ("alias", unit)
    assert (elsewhere.how, elsewhere.suggestion and elsewhere.suggestion.name) == ("none", unit)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("水利局", "县水利局"),
        ("住建局", "县住房和城乡建设局"),
        ("雾川县水利局", "县水利局"),
        ("霁州市水利局", None),
        ("教育局", None),
    ],
)
def test_a_name_without_its_place_or_of_another_is_only_suggested(name: str, suggestion: str | None) -> None:
    match = AT_HOME.match(name)
    assert (match.how, match.unit) == ("none", None)
    assert (match.suggestion and match.suggestion.name) == suggestion


def test_two_that_could_be_meant_are_not_suggested() -> None:
    both = Roster([RosterUnit("1", "市水利局"), RosterUnit("2", "澜屏县水利局")])
    assert both.match("水利局").suggestion is None


@pytest.mark.parametrize(
    "name",
    [
        "各乡镇(街道)", "各乡(镇)人民政府", "各乡镇人民政府(街道办事处)", "各乡镇人民政府、街道办事处", "各有关乡镇、街道办事处",
        "各乡(镇)人民政府、街道办事处", "街道办事处",
    ],
)  # fmt: skip
def test_what_covers_the_towns(name: str) -> None:
    match = AT_HOME.match(name)
    assert [unit.name for unit in match.members] == ["东岭镇", "南沟乡人民政府", "西街街道办事处"]


def test_zones_and_towns_behind_the_government_are_covered_too() -> None:
    assert covered("各县区人民政府、街道办事处") >= {"county", "district", "town"}
    assert covered("各乡镇人民政府、管委会") == {"town", "zone"}


def test_reforms_in_a_row() -> None:
    now = Roster([RosterUnit("1", "市农业农村局")])
    assert now.match("市扶贫办", on=date(2025, 6, 1)).how == "former"
    assert now.match("市乡村振兴局", on=date(2022, 6, 1)).how == "exact"


def test_bodies_that_only_look_alike() -> None:
    for pair in lexicon().not_same:
        one, other = sorted(pair)
        assert key(f"市{one}") != key(f"市{other}")


def test_every_dated_row_has_its_source() -> None:
    for steps in lexicon().renamed.values():
        for step in steps:
            assert step.since <= step.settled
            assert step.source


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("市国资委", "市国有资产监督管理委员会"), ("经开区管委会", "经济技术开发区管理委员会"), ("县市监局", "县市场监督管理局"),
        ("市城管执法局", "市城市管理行政执法局"), ("市政务服务局", "市政务服务管理局"),
    ],
)  # fmt: skip
def test_short_and_full_names_have_one_key(short: str, full: str) -> None:
    assert key(short) == key(full)


def test_a_body_is_renamed_once_whatever_its_spelling() -> None:
    assert (
        [new for new, _ in former("市经济和信息化委员会")] == [new for new, _ in former("市经信委")] == [key("市工业和信息化局")]
    )


def test_keys() -> None:
    assert key("省人社厅") == key("省人力资源和社会保障厅")
    assert key("雾川县市场监管局") == key("雾川县市场监督管理局") != key("澜屏县市场监管局")
    assert "市发改委" in spellings("市发展和改革委员会")
    assert spellings("市水利局") == ()
    assert former("市水利局") == ()


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("各县区", {"county", "district", "city", "zone"}),
        ("各设区市政府", {"city"}),
        ("各市、州人民政府", {"city", "prefecture"}),
        ("各盟市", {"city", "prefecture"}),
        ("各旗县市区人民政府", {"county", "district", "city", "zone"}),
        ("各乡镇、街道办事处", {"town"}),
        ("各县区纪委监委", set()),
        ("市直各部门", set()),
        ("各部门", set()),
    ],
)
def test_covered(name: str, kinds: set[str]) -> None:
    assert covered(name) == kinds


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("雾川县", "county"),
        ("高新区管委会", "zone"),
        ("雾川社区", None),
        ("市水利局", None),
        ("雾川州", "prefecture"),
        ("雾川街道办事处", "town"),
        ("", None),
    ],
)
def test_kind(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_every_gold_style_cell_is_known_to_its_roster() -> None:
    units = parse_units("市住建局、城管局牵头,雾川县人民政府、各区(功能区)人民政府(管委会)配合")
    assert [ROSTER.match(name).how for name in units.names] == ["alias", "alias", "exact", "none"]


@settings(max_examples=count(50, 1000), deadline=None)
@given(st.text(max_size=30))
def test_any_name_and_text(text: str) -> None:
    match = ROSTER.match(text)
    assert (match.unit is None) == (match.how == "none")
    assert set(ROSTER.find_in(text)) <= set(ROSTER.units)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("柏诸区", "柏渚区"),
        ("柏诸区人民政府", "柏渚区"),
        ("青堂县", "青棠县"),
        ("南城区", None),
        ("柏渚市", None),
        ("桐渚区", None),
    ],
)
def test_a_misspelt_place_is_suggested(name: str, suggestion: str | None) -> None:
    roster = Roster([RosterUnit(place, place) for place in ("柏渚区", "青棠县", "东城区", "桐溪区")])
    found = roster.match(name).suggestion
    assert (found and found.name) == suggestion
