"""Two units on one task of which one is taken up by the other: neither its line nor its side of a conflict is the office's."""

from __future__ import annotations

from rectify_xl.campaign.settings import Unit
from tests.rounds.in_memory import HOUSING, WATER, a_list, merged

ONE = (Unit(id="1", name=WATER, former_names=(HOUSING,)), Unit(id="3", name="市农业农村局"))
ROW = {"task_id": 5, "problem": "应急物资账实不符", "lead_unit": f"{WATER}、{HOUSING}", "status": "整改中"}


def test_the_next_word_of_the_one_unit_replaces_the_lines_of_both() -> None:
    base = merged([a_list(WATER, [{**ROW, "progress": "盘点过半"}]), a_list(HOUSING, [{**ROW, "progress": "本队盘点完"}])])
    after = merged([a_list(WATER, [{**ROW, "progress": "盘点完毕"}])], base, "2026-12", units=ONE)
    assert (after.tasks[0].values["progress"], after.conflicts) == ("盘点完毕", ())


def test_its_new_word_stands_in_a_conflict_for_both() -> None:
    coop = {**ROW, "lead_unit": HOUSING, "coop_units": "市农业农村局"}
    base = merged([a_list(HOUSING, [{**coop, "percent": 0.5}]), a_list("市农业农村局", [{**coop, "percent": 0.2}])])
    lists = [a_list(WATER, [{**coop, "percent": 0.8}]), a_list("市农业农村局", [{**coop, "percent": 0.3}])]
    (conflict,) = merged(lists, base, "2026-12", units=ONE).conflicts
    assert sorted((side.unit, side.value) for side in conflict.sides) == [("市农业农村局", "30%"), (WATER, "80%")]
