"""``schema: auto``: one schema per run by the files, told once, and kept by the master that was made with it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl import RectifyError, dispatch, load_campaign, merge, read_master, summarize, validate, write_master
from rectify_xl.campaign.schema_choice import chosen_by_files, chosen_by_master, fitting
from rectify_xl.campaign.schema_settings import SchemaChoice
from rectify_xl.campaign.settings import Campaign
from rectify_xl.schema.loading import load_schema, shipped_schemas
from rectify_xl.template import make_template

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign as Settings
    from rectify_xl.ledger.master import Master

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
AS_OF = date(2026, 11, 21)
NAMES = [schema.name for schema in shipped_schemas()]


def campaign_in(folder: Path, *, of: str = "city", schema: str = "auto") -> Settings:
    """The sample campaign with another line ``schema:``."""
    shutil.copytree(SAMPLES / of, folder, ignore=shutil.ignore_patterns("submissions"))
    file = folder / "campaign.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("schema:")]
    file.write_text("\n".join([*lines, f"schema: {schema}", ""]), "utf-8")
    return load_campaign(folder)


def told(master: Master) -> list[tuple[str, str]]:
    """The findings about the choice."""
    return [(one.slug, one.file) for one in master.findings if one.slug in {"schema-chosen", "other-schema"}]


def test_hazard_ledgers_are_read_as_with_their_schema_named(tmp_path: Path) -> None:
    lists = [SAMPLES / "hazards" / "submissions"]
    named = merge(lists, campaign=SAMPLES / "hazards", as_of=AS_OF, workers=1)
    auto = merge(lists, campaign=campaign_in(tmp_path / "auto", of="hazards"), as_of=AS_OF, workers=1)
    assert auto.campaign.schema.name == "hazard_list"
    assert [task.values for task in auto.tasks] == [task.values for task in named.tasks]
    assert told(auto) == [("schema-chosen", "")]


def test_an_ordinary_folder_is_read_as_before(tmp_path: Path) -> None:
    files = sorted((SAMPLES / "city" / "submissions").glob("市[公农商]*"))
    campaign = campaign_in(tmp_path / "auto")
    before = validate(files, campaign=replace(campaign, schema_choice=None), as_of=AS_OF, workers=1)
    after = validate(files, campaign=campaign, as_of=AS_OF, workers=1)
    assert before.campaign.schema.name == after.campaign.schema.name == "task_list"
    assert [one.message for one in after.findings if one.slug != "schema-chosen"] == [one.message for one in before.findings]


def test_a_mixed_folder_is_one_master_which_every_later_step_reads_alike(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    shutil.copytree(SAMPLES / "hazards" / "submissions", lists)
    stray = next((SAMPLES / "city" / "submissions").glob("市商务局*"))
    copies = sorted(lists.iterdir())
    for number in range(2 - len(copies)):
        shutil.copy(copies[0], lists / f"{number}{copies[0].suffix}")
    shutil.copy(stray, lists)
    campaign = campaign_in(tmp_path / "auto", of="hazards")
    master = merge([lists], campaign=campaign, as_of=AS_OF, workers=1)
    assert master.campaign.schema.name == "hazard_list"
    assert sorted(told(master)) == [("other-schema", stray.name), ("schema-chosen", "")]
    target = tmp_path / "master.xlsx"
    write_master(master, target)
    later = [
        read_master(target),
        read_master(target, campaign=campaign),
        summarize(target, campaign=campaign, as_of=AS_OF),
        summarize(target),
    ]
    assert {one.campaign.schema.name for one in later} == {"hazard_list"}
    assert [len(one.tasks) for one in later] == [len(master.tasks)] * len(later)
    write_master(later[2], tmp_path / "again.xlsx")
    assert read_master(tmp_path / "again.xlsx").campaign.schema.name == "hazard_list"
    # Next round the master decides, whatever most of the files are.
    kept = merge([stray], campaign=campaign, as_of=AS_OF, base=target, workers=1)
    assert kept.campaign.schema.name == "hazard_list"
    assert sorted(told(kept)) == [("other-schema", stray.name), ("schema-chosen", "")]
    assert any("沿用上一轮总台账" in one.message for one in kept.findings if one.slug == "schema-chosen")
    dispatch(target, tmp_path / "out", campaign=campaign, as_of=AS_OF)
    assert any((tmp_path / "out").iterdir())


def test_a_template_cannot_be_chosen_by_files_that_are_yet_to_come(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "auto")
    with pytest.raises(RectifyError, match="--schema"):
        make_template(campaign, made_on=AS_OF)
    chosen = chosen_by_master(campaign, "hazard_list")
    assert make_template(chosen, made_on=AS_OF).campaign.schema.name == "hazard_list"


def test_headings_belong_to_one_schema(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("schema: auto\nheadings: {隐患: problem}\n", "utf-8")
    with pytest.raises(RectifyError, match=r"campaign.yaml.*hazard_list"):
        load_campaign(tmp_path)


def test_a_campaign_that_names_its_schema_keeps_it() -> None:
    campaign = Campaign(schema=load_schema("acceptance_ledger"))
    assert chosen_by_files(campaign, [{"hazard_list": 20}]) is campaign
    assert chosen_by_master(campaign, "hazard_list") is campaign


SCORES = st.lists(st.one_of(st.just({}), st.fixed_dictionaries({name: st.integers(0, 20) for name in NAMES})), max_size=8)


@given(SCORES)
def test_no_schema_fits_more_files_than_the_chosen_one(files: list[dict[str, int]]) -> None:
    campaign = chosen_by_files(Campaign(schema_choice=SchemaChoice(shipped_schemas())), files)
    count = {name: sum(name in fitting(fits) for fits in files) for name in NAMES}
    assert count[campaign.schema.name] == max(count.values())
    total = {name: sum(fits.get(name, 0) for fits in files) for name in NAMES if count[name] == max(count.values())}
    best = [name for name in NAMES if total.get(name) == max(total.values())]
    assert campaign.schema.name == best[0]
    assert campaign.schema_choice is not None
    assert campaign.schema_choice.by == "files"
