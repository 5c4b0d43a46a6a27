"""units.csv and leaders.csv -> the units and the leaders of a campaign."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from rectify_xl.campaign.csv_table import Row, read_rows
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Column -> other headings that it may have.
_UNIT_COLUMNS = {
    "id": ("编号", "序号", "单位编号", "代码", "单位代码"),
    "name": ("单位名称", "单位", "名称", "单位全称", "全称"),
    "aliases": ("简称", "别称", "别名", "单位简称", "其他名称", "alias", "short name"),
    "former_names": ("曾用名", "原名", "原名称", "曾用名称", "原单位名称", "former name"),
    "email": ("邮箱", "电子邮箱", "邮箱地址", "邮件", "电子邮件", "e-mail", "mail"),
    "liaison": ("联络员", "联系人", "联络人", "contact"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "telephone"),
    "reports": ("是否报送", "报送", "是否需要报送", "是否需报送", "需报送"),
}
_LEADER_COLUMNS = {
    "name": ("姓名", "领导姓名", "责任领导", "领导"),
    "title": ("职务", "职务名称", "职位"),
    "unit": ("单位", "所在单位", "工作单位", "单位名称", "分管单位"),
}
_YES = frozenset({"yes", "y", "是", "1", "true", "√", "✓", "✔", "报送", "报", "需要", "需报送"})
_NO = frozenset({"no", "n", "否", "0", "false", "×", "✗", "x", "不报送", "不报", "不需要", "无需报送", ""})


@dataclass(frozen=True, slots=True, repr=False)
class Unit(ShortRepr):
    """One row of units.csv. ``reports`` is None where the file has no such column."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    email: str = ""
    liaison: str = ""
    phone: str = ""
    reports: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CampaignLeader(ShortRepr):
    """One row of leaders.csv."""

    name: str
    title: str = ""
    unit: str = ""


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units, in the order of the file. One without an id gets U and its place.

    Raises:
        RectifyError: the file is wrong, or two units share an id, a name or a short name.
        OSError: it cannot be opened.
    """
    rows = read_rows(path, _UNIT_COLUMNS)
    _check_ids(rows)
    _check_names(rows)
    given = {row.get("id") for row in rows}
    free = (made for number in count(1) if (made := f"U{number:02d}") not in given)
    return tuple(_unit(row, row.get("id") or _free_id(row, given, free)) for row in rows)


def _free_id(row: Row, given: set[str], free: Iterable[str]) -> str:
    """U with the place in the file, or the first number that no other unit bears."""
    wanted = f"U{row.line - 1:02d}"
    made = wanted if wanted not in given else next(iter(free))
    given.add(made)
    return made


def _unit(row: Row, number: str) -> Unit:
    return Unit(
        id=number,
        name=row.get("name"),
        aliases=row.several("aliases"),
        former_names=row.several("former_names"),
        email="|".join(part.strip() for part in row.cells.get("email", "").replace("；", "|").replace(";", "|").split("|")),
        liaison=row.get("liaison"),
        phone=row.get("phone"),
        reports=_reports(row) if "reports" in row.cells else None,
    )


def _reports(row: Row) -> bool:
    answer = unicodedata.normalize("NFKC", row.get("reports")).casefold()
    if answer not in _YES | _NO:
        heading, said = row.heading("reports"), row.get("reports")
        raise row.error(
            f"{heading} 只能写 yes 或 no（是 或 否），不能写“{said}”", f"{heading} must be yes or no (是 or 否), not “{said}”"
        )
    return answer in _YES


def _check_ids(rows: Iterable[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        number = row.get("id")
        if number and number in seen:
            other = seen[number]
            raise row.error(
                f"编号 {number} 在第 {other.line} 行已经给了“{other.get('name')}”；请给“{row.get('name')}”换一个编号",
                f"the id {number} was given to “{other.get('name')}” in line {other.line}; give “{row.get('name')}” another one",
            )
        seen[number] = row


def _check_names(rows: Iterable[Row]) -> None:
    """See that every name and short name means one unit. A former name may be that of several: bodies are split up."""
    seen: dict[str, Row] = {}
    rows = list(rows)
    for row in rows:
        name = row.get("name")
        if (other := seen.get(_key(name))) is not None:
            raise row.error(
                f"单位“{name}”出现了两次（另见第 {other.line} 行），请删去一行",
                f"the unit “{name}” is there twice (see line {other.line}); delete one of the lines",
            )
        seen[_key(name)] = row
    for row in rows:
        for alias in row.several("aliases"):
            other = seen.setdefault(_key(alias), row)
            if other is not row:
                raise row.error(
                    f"简称“{alias}”在第 {other.line} 行已经指“{other.get('name')}”，分不清是哪个单位；请从其中一行删去",
                    f"“{alias}” already means “{other.get('name')}” in line {other.line}; take it out of one of the lines",
                )


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def read_leaders(path: Path) -> tuple[CampaignLeader, ...]:
    """The leaders, in the order of the file; a post that stands beside the name in one cell is taken apart.

    Raises:
        RectifyError: the file is wrong, or a cell names several people.
        OSError: it cannot be opened.
    """
    return tuple(_leader(row) for row in read_rows(path, _LEADER_COLUMNS))


def _leader(row: Row) -> CampaignLeader:
    from rectify_xl.language.leaders import parse_leaders  # noqa: PLC0415 - most campaigns have no such list

    name, title = row.get("name"), row.get("title")
    found = [leader for leader in parse_leaders(name) if leader.name]
    if len(found) > 1:
        people = [leader.name for leader in found]
        raise row.error(
            f"一格里写了 {len(people)} 个人（{'、'.join(people)}）；请一人一行",
            f"a cell names {len(people)} people; use one line for each",
        )
    if found and found[0].titles:
        name, title = found[0].name, title or "、".join(found[0].titles)
    return CampaignLeader(name, title, row.get("unit"))
