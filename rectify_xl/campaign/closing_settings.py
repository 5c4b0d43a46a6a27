"""``closing:`` and ``acceptance:`` of campaign.yaml - how a task is closed: its steps and its public notice; ``extension:``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from rectify_xl.campaign.closing_steps import STEP_NAMES
from rectify_xl.campaign.material_settings import Materials, read_materials
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node
    from rectify_xl.common.workdays import Unit

_LONGEST_DAYS = 3_650
_LONGEST_WORKING_DAYS = 750  # three years


@dataclass(frozen=True, slots=True, repr=False)
class NoticeRules(ShortRepr):
    """``closing.notice``: how long a task's public notice runs, and what it says of itself.

    ``days``: how many; ``unit``: ``working`` or ``calendar`` days; ``count_first_day``: whether the first day counts; ``medium``:
    where it is published; ``objections_to`` and ``phone``: who takes objections.
    """

    days: int = 10
    unit: Unit = "working"
    count_first_day: bool = True
    medium: str = ""
    objections_to: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Closing(ShortRepr):
    """``closing:``.

    ``steps``: in their order, each one of :data:`~rectify_xl.campaign.closing_steps.STEP_NAMES`; ``within_days``: how many days
    after its completion a task should be struck off, None where nothing is set; ``materials``: what its dossier takes.
    """

    steps: tuple[str, ...] = ("accept", "notice", "close")
    notice: NoticeRules = field(default_factory=NoticeRules)
    within_days: int | None = None
    materials: Materials = field(default_factory=Materials)


@dataclass(frozen=True, slots=True, repr=False)
class ExtensionRules(ShortRepr):
    """``extension:``.

    ``ask_before_working_days``: how long before a task is due a unit has to ask; ``requires``: what a request has to say.
    """

    ask_before_working_days: int = 0
    requires: tuple[str, ...] = ("reason", "new_date")


def read_extension(node: Node) -> ExtensionRules:
    """The section of campaign.yaml.

    Raises:
        RectifyError: as :func:`read_closing`.
    """
    table = node.table({"ask_before_working_days", "requires"})
    usual = ExtensionRules()
    days, wanted = table.get("ask_before_working_days"), table.get("requires")
    return ExtensionRules(
        days.whole(0, _LONGEST_WORKING_DAYS) if days else usual.ask_before_working_days,
        tuple(item.one_of(usual.requires) for item in wanted.items()) if wanted else usual.requires,
    )


def read_closing(top: Mapping[str, Node]) -> Closing:
    """The two sections of campaign.yaml. ``acceptance.publicity_working_days`` is ``closing.notice.days`` by its older name.

    Raises:
        RectifyError: a key is unknown or a value is wrong; the message names file, line and key.
    """
    known = {"steps", "notice", "within_days", "materials", "materials_folder"}
    table = top["closing"].table(known) if "closing" in top else {}
    older = top["acceptance"].table({"publicity_working_days"}) if "acceptance" in top else {}
    return Closing(
        steps=_steps(table["steps"]) if "steps" in table else Closing().steps,
        notice=_notice(table.get("notice"), older.get("publicity_working_days")),
        within_days=table["within_days"].whole(0, _LONGEST_DAYS) if "within_days" in table else None,
        materials=read_materials(table),
    )


def _steps(node: Node) -> tuple[str, ...]:
    """Every step once, strike-off among them; only filing comes after it."""
    steps: list[str] = []
    for item in node.items():
        step = item.one_of(tuple(STEP_NAMES))
        if step in steps:
            raise item.error(f"步骤 {step} 写了两次", f"the step {step} is there twice")
        if "close" in steps and step != "file":
            raise item.error(
                f"步骤 {step} 在销号（close）之后；销号后只能有归档（file）", f"{step} comes after close; only file may"
            )
        steps.append(step)
    if "close" not in steps:
        raise node.error("步骤里没有销号（close）", "there is no strike-off (close) among the steps")
    return tuple(steps)


def _notice(node: Node | None, older: Node | None) -> NoticeRules:
    words = ("medium", "objections_to", "phone")
    table = node.table({"days", "unit", "count_first_day", *words}) if node else {}
    usual = NoticeRules()
    unit = cast("Unit", table["unit"].one_of(("working", "calendar"))) if "unit" in table else usual.unit
    longest = _LONGEST_WORKING_DAYS if unit == "working" else _LONGEST_DAYS
    days = table["days"].whole(0, longest) if "days" in table else None
    before = older.whole(0, longest) if older else None
    if older and unit == "calendar":
        raise older.error(
            "closing.notice.unit 为 calendar（自然日），请删去这一项，天数写在 closing.notice.days",
            "closing.notice.unit is calendar; delete this one and write the days into closing.notice.days",
        )
    if older and days is not None and before != days:
        raise older.error(
            f"与 closing.notice.days（{days}）是同一项设置，两处不一样；请只留一处",
            f"is the same setting as closing.notice.days ({days}) and says otherwise; keep one of them",
        )
    given = days if days is not None else before
    return NoticeRules(
        days=usual.days if given is None else given,
        unit=unit,
        count_first_day=table["count_first_day"].yes_or_no() if "count_first_day" in table else usual.count_first_day,
        **{key: table[key].text() for key in words if key in table},
    )
