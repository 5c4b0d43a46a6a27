"""Three months of a task whose measures stand in rows of their own, each with another lead, as files from the plan's list on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import rectify_xl as rx

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

WATER, PARK = "市水务局", "市园林局"
HEADINGS = ("序号", "存在问题", "整改措施", "责任领导", "牵头单位", "配合单位", "整改时限")
ROWS = (
    (1, "石桥河两岸污水直排", "截污纳管", "钟离岳 副市长", WATER, PARK, "2027年6月底前"),
    (None, None, "河道清淤", "钟离岳 副市长", WATER, None, "2027年9月底前"),
    (None, None, "绿化河岸", "钟离岳 副市长", PARK, None, "2027年12月底前"),
)


def campaign(folder: Path, round_id: str) -> Path:
    (folder / "campaign.yaml").write_text(f"name: 澄湖市整改\nunits: units.csv\nround: {{id: {round_id}}}\n", "utf-8")
    (folder / "units.csv").write_text(f"id,name\n1,{WATER}\n2,{PARK}\n", "utf-8")
    return folder


def plan(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["整改任务清单"], HEADINGS, *ROWS):
        book.active.append(row)
    for column in "AB":
        book.active.merge_cells(f"{column}3:{column}5")
    book.save(path)
    return path


def sent(folder: Path, master: Path, day: str) -> Path:
    rx.dispatch(master, folder / day, campaign=folder, as_of=day)
    return folder / day


def rows(path: Path) -> list[dict[str, Any]]:
    head, *found = openpyxl.load_workbook(path)["整改任务清单"].iter_rows(min_row=4, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found if row[head.index("任务标识")]]


def fill(path: Path, said: dict[str, dict[str, Any]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["整改任务清单"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        for heading, value in said.get(sheet.cell(row, columns["整改措施"]).value, {}).items():
            sheet.cell(row, columns[heading]).value = value
    book.save(path)


def merged(folder: Path, lists: Path, base: Path, as_of: str) -> Master:
    master = rx.merge(lists, campaign=folder, base=base, as_of=as_of)
    master.to_excel(folder / "总台账.xlsx")
    return master


def values(master: Master, *keys: str) -> list[Any]:
    (task,) = master.tasks
    return [task.values[key] for key in keys]


def test_each_lead_speaks_of_its_own_parts_month_after_month(tmp_path: Path) -> None:
    folder, ledger = campaign(tmp_path, "2026-10"), tmp_path / "总台账.xlsx"
    # The first month: the units answer in tables of their own, without keys.
    for unit, own in ((WATER, ROWS[:2]), (PARK, [(*ROWS[0][:2], *ROWS[2][2:])])):
        book = openpyxl.Workbook()
        for row in ([f"{unit}整改任务清单"], [*HEADINGS, "整改状态", "整改进展", "完成率"]):
            book.active.append(row)
        for row in own:
            book.active.append([*row, "整改中", f"{row[2]}已开工", 0.1 if unit == WATER else 0.2])
        if unit == WATER:
            book.active.merge_cells("A3:A4")
            book.active.merge_cells("B3:B4")
        (folder / "十月").mkdir(exist_ok=True)
        book.save(folder / "十月" / f"{unit}.xlsx")
    first = merged(folder, folder / "十月", plan(folder / "方案.xlsx"), "2026-10-20")
    assert (first.conflicts, values(first, "status", "percent")) == ((), ["整改中", "10%\n20%"])

    campaign(folder, "2026-11")
    out = sent(folder, ledger, "2026-11-01")
    asked = {
        unit: [(row["任务标识"], row["角色"], row["上期进展"]) for row in rows(out / f"{unit}.xlsx")] for unit in (WATER, PARK)
    }
    assert asked == {
        WATER: [("T0001.1", "牵头", "截污纳管已开工"), ("T0001.2", "牵头", "河道清淤已开工")],
        PARK: [("T0001.1", "配合", None), ("T0001.3", "牵头", "绿化河岸已开工")],
    }
    fill(out / f"{WATER}.xlsx", {"截污纳管": {"整改状态": "已完成", "整改进展": "纳管九公里", "完成率": 1}})
    fill(out / f"{PARK}.xlsx", {"绿化河岸": {"整改进展": "栽树四百株", "完成率": 0.4}})
    second = merged(folder, out, ledger, "2026-11-20")
    assert "conflicting-reports" not in {finding.slug for finding in second.findings}
    assert (second.conflicts, values(second, "status", "percent")) == ((), ["整改中", "100%\n10%\n40%"])
    assert values(second, "progress") == [f"【{PARK}】栽树四百株\n【{WATER}】纳管九公里\n河道清淤已开工"]
    again = rx.merge(out, campaign=folder, base=ledger, as_of="2026-11-20")
    assert (again.tasks, again.conflicts, again.changes) == (second.tasks, (), second.changes)

    campaign(folder, "2026-12")
    out = sent(folder, ledger, "2026-12-01")
    assert [row["整改状态"] for row in rows(out / f"{WATER}.xlsx")] == ["已完成", "整改中"]
    fill(out / f"{WATER}.xlsx", {"河道清淤": {"整改状态": "已完成", "整改进展": "全线清完", "完成率": 1}})
    fill(out / f"{PARK}.xlsx", {"绿化河岸": {"整改状态": "已完成", "整改进展": "全部栽完", "完成率": 1}})
    third = merged(folder, out, ledger, "2026-12-20")
    assert (third.conflicts, values(third, "status", "percent")) == ((), ["已完成", 1])


def test_a_plan_that_names_the_lead_of_each_measure(tmp_path: Path) -> None:
    """The plan document, its list, a month: each unit is asked about what it leads, and no two contradict each other."""
    folder = campaign(tmp_path, "2026-10")
    text = (
        "澄湖市生态环境问题整改方案\n一、石桥河两岸污水直排。\n整改措施：\n1、截污纳管。\n2、绿化河岸。\n3、河道清淤。\n"
        f"责任单位：{WATER}（牵头负责第1、3条）、{PARK}（牵头负责第2条）\n整改时限：2027年6月底前\n"
    )
    (folder / "方案.txt").write_text(text, "utf-8")
    rx.write_tasks(rx.read_plan(folder / "方案.txt"), folder / "清单.xlsx", campaign=folder)
    out = sent(folder, folder / "清单.xlsx", "2026-10-01")
    asked = {unit: [row["整改措施"] for row in rows(out / f"{unit}.xlsx")] for unit in (WATER, PARK)}
    assert asked == {WATER: ["1、截污纳管。", "3、河道清淤。"], PARK: ["2、绿化河岸。"]}
    begun = {"1、截污纳管。": {"整改状态": "整改中", "完成率": 0.3}, "3、河道清淤。": {"整改状态": "整改中", "完成率": 0.1}}
    fill(out / f"{WATER}.xlsx", begun)
    fill(out / f"{PARK}.xlsx", {"2、绿化河岸。": {"整改状态": "已完成", "完成率": 1}})
    master = merged(folder, out, folder / "清单.xlsx", "2026-10-20")
    assert (master.conflicts, master.pending, values(master, "status", "percent")) == ((), (), ["整改中", "30%\n100%\n10%"])
