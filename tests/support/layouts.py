"""Hypothesis: task lists as offices lay them out, each with what a right reading must give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from rectify_xl.common.addresses import a1
from rectify_xl.intake.grid import Merge
from rectify_xl.schema.loading import load_schema
from tests.support.workbooks import Layout

SCHEMA = load_schema()
ALWAYS = ("problem", "leader", "lead_unit", "deadline")
SOMETIMES = (
    "task_id",
    "category",
    "target",
    "measures",
    "status",
    "progress",
    "percent",
    "completed_on",
    "evidence",
    "remark",
    "phone",
)
ALIASES = {
    known.key: [
        heading
        for heading in (known.label["zh"], *known.aliases)
        # A heading of two fields is decided by content, which has its own tests.
        if sum(heading in (other.label["zh"], *other.aliases) for other in SCHEMA.fields) == 1
    ]
    for known in SCHEMA.fields
}
TITLES = (
    ["澄湖市整改任务清单"],
    ["附件2", "澄湖市贯彻落实督察反馈意见整改任务清单"],
    ["澄湖市整改任务清单", "填报单位:澄湖市水务局        填报日期:2026年11月5日"],
    ["", "澄湖市整改进展情况", "", "填报单位(盖章):澄湖市水务局"],
    [],
)
GROUPS = ("基本情况一栏", "工作要求一栏", "有关方面一栏", "其他事项一栏")
SECTIONS = ("一、河湖类({}项)", "二、矿山类", "(三)扬尘类", "河湖治理方面", "第一部分 矿山类")
FOOTERS = ("填表人:柳青禾      审核人:方竹", "注:本表每月25日前报送。", "合计", "单位负责人(签字):", "以下空白")
VAGUE = "尽快完成"


@dataclass(frozen=True)
class Expected:
    """One task row: its values, the cells where they stand, and the first row of its task."""

    row: int
    values: dict[str, Any]
    cells: dict[str, str]
    part_of: int | None


@dataclass
class Made:
    """A list while it is drawn."""

    columns: dict[str, int]
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    expected: list[Expected] = field(default_factory=list)
    row: int = 0
    header_row: int = 0
    section: tuple[str, str] | None = None
    count: int = 0

    @property
    def layout(self) -> Layout:
        """The list as a sheet."""
        return Layout(self.cells, tuple(self.merges), frozenset(self.hidden))

    @property
    def left(self) -> int:
        """The first column of the table."""
        return min(self.columns.values())

    @property
    def right(self) -> int:
        """The last column of the table."""
        return max(self.columns.values())

    def across(self, text: str, *, merged: bool) -> None:
        """A line of text over the table."""
        self.row += 1
        if text:
            self.cells[self.row, self.left] = text
            if merged:
                self.merges.append(Merge(self.row, self.left, self.row, self.right))


def value_of(key: str, count: int, part: int, draw: st.DrawFn) -> Any:
    """A value that stands nowhere else in the list."""
    if key in ("percent", "completed_on", "status"):
        many = {"percent": count / 1000, "completed_on": date(2026, 1, 1) + timedelta(days=count), "status": "整改中"}
        return many[key]
    if key == "deadline":
        return draw(st.sampled_from([f"2027年{count % 12 + 1}月底前", date(2027, 1, 1) + timedelta(days=count), VAGUE]))
    if key == "leader":
        return draw(st.sampled_from([f"柳青禾 第{count}副局长", None, "/"]))
    return f"{SCHEMA[key].label['en']}之{count}点{part}" + draw(st.sampled_from(["", " ", "\n第二行"]))


def add_header(made: Made, headings: dict[str, str], style: str, groups: list[tuple[int, int]]) -> None:
    """One header row, or two with groups merged across; other headings are merged downwards or stand in one of the rows."""
    made.row += 1
    top = made.row
    if not groups:
        for key, column in made.columns.items():
            made.cells[top, column] = headings[key]
        return
    made.row += 1
    grouped = {column for first, last in groups for column in range(first, last + 1)}
    for name, (first, last) in zip(GROUPS, groups, strict=False):
        made.cells[top, first] = name
        made.merges.append(Merge(top, first, top, last))
    for key, column in made.columns.items():
        upper = column not in grouped and style != "lower"
        made.cells[top if upper else top + 1, column] = headings[key]
        if upper and style == "merged":
            made.merges.append(Merge(top, column, top + 1, column))


def add_task(made: Made, draw: st.DrawFn) -> None:
    """A task in one row or several, its parts merged, or left blank under the first."""
    parts = draw(st.sampled_from([1, 1, 1, 1, 2, 3]))
    how = draw(st.sampled_from(["merged", "blank"])) if parts > 1 else "single"
    made.count += 1
    first = made.row + 1
    once = {"task_id", "problem", "category"} | draw(st.sets(st.sampled_from([*ALWAYS[1:], "remark", "status", "target"])))
    # Something of every part stands in its own row.
    once -= {"measures", "lead_unit"}
    for part in range(parts):
        made.row += 1
        for key, column in made.columns.items():
            if key == "task_id":
                value: Any = made.count
            else:
                value = value_of(key, made.count, part, draw)
            if key == "category" and made.section:
                value = None
            own = key not in once and (how == "merged" or key in ("measures", "lead_unit", "deadline"))
            if (part == 0 or own) and value is not None:
                made.cells[made.row, column] = value
    if how == "merged":
        for key in sorted(once & set(made.columns)):
            made.merges.append(Merge(first, made.columns[key], made.row, made.columns[key]))
    made.hidden |= {made.row} if draw(st.integers(0, 9)) == 0 else set()
    for row in range(first, made.row + 1):
        made.expected.append(expect(made, first, row, how, once))


def shows(value: Any) -> bool:
    """Whether a cell says anything."""
    return value not in (None, "/")


def expect(made: Made, first: int, row: int, how: str, once: set[str]) -> Expected:
    """What a reading of this row must give."""
    values, cells = {}, {}
    for key, column in made.columns.items():
        at = (first, column) if how == "merged" and key in once else (row, column)
        told = key in ("target", "measures", "progress", "evidence")
        if how == "blank" and row > first and not told and not shows(made.cells.get(at)):
            above = next((task for task in reversed(made.expected) if task.row == row - 1), None)
            assert above
            values[key], cells[key] = above.values[key], above.cells[key]
            continue
        values[key] = made.cells.get(at) if shows(made.cells.get(at)) else None
        cells[key] = a1(*at)
    if made.section and values.get("category") is None:
        values["category"], cells["category"] = made.section
    part_of = None if how == "single" else first
    if how == "blank" and row == first:
        part_of = None
    return Expected(row, values, cells, part_of)


def add_section(made: Made, draw: st.DrawFn) -> None:
    """A heading row inside the table."""
    text = draw(st.sampled_from(SECTIONS)).format(draw(st.integers(1, 9)))
    merged = made.right - made.left >= 2 and (draw(st.booleans()) or text[0] == "河")
    if merged or text[0] != "河":
        made.across(text, merged=merged)
        name = text.removeprefix("一、").removeprefix("二、").removeprefix("第一部分 ")
        made.section = (name, a1(made.row, made.left))


@st.composite
def task_lists(draw: st.DrawFn) -> Made:
    """A list with a header, tasks, and all that stands around and between them."""
    keys = draw(st.permutations([*ALWAYS, *draw(st.lists(st.sampled_from(SOMETIMES), unique=True, max_size=8))]))
    left = draw(st.integers(1, 4))
    made = Made({key: left + place for place, key in enumerate(keys)})
    headings = {key: draw(st.sampled_from(ALIASES[key])) for key in keys}
    for key, heading in headings.items():
        shape = draw(st.sampled_from(["{}", "{}", "{} ", "*{}", "{}\n(必填)"]))
        headings[key] = shape.format(heading if draw(st.booleans()) else f"{heading[:2]}\n{heading[2:]}")
    made.row = draw(st.integers(0, 3))
    for line in draw(st.sampled_from(TITLES)):
        made.across(line, merged=draw(st.booleans()))
    groups = []
    if draw(st.booleans()) and len(keys) >= 5:
        starts = draw(st.sampled_from([[0], [1], [0, 2], [1, 3]]))
        groups = [(left + start, left + start + 1) for start in starts]
    style = draw(st.sampled_from(["merged", "upper", "lower"]))
    add_header(made, headings, style, groups)
    made.header_row = made.row
    for _ in range(draw(st.integers(1, 6))):
        match draw(st.sampled_from(["task", "task", "task", "section", "blank", "header", "total"])):
            case "section":
                add_section(made, draw)
            case "blank":
                made.row += draw(st.integers(1, 3))
            case "header" if len(groups) != 1 or style == "merged":
                add_header(made, headings, style, groups)
            case "total":
                made.across("合计", merged=draw(st.booleans()))
            case _:
                add_task(made, draw)
    add_task(made, draw)
    for line in draw(st.lists(st.sampled_from(FOOTERS), max_size=3)):
        made.row += draw(st.integers(0, 1))
        made.across(line, merged=draw(st.booleans()))
    return made
