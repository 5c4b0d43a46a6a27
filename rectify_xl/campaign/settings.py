"""campaign.yaml, units.csv and leaders.csv -> Campaign, with errors that name file, line and key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rectify_xl.campaign.closing_settings import Closing, ExtensionRules, NoticeRules, read_closing, read_extension
from rectify_xl.campaign.closing_steps import with_steps
from rectify_xl.campaign.holidays import read_holidays
from rectify_xl.campaign.light_settings import LightCondition, read_lights
from rectify_xl.campaign.lookback_settings import LookbackRules, read_lookback
from rectify_xl.campaign.mail_settings import Mail, read_mail
from rectify_xl.campaign.material_settings import Materials
from rectify_xl.campaign.paper_settings import PaperRules, read_papers
from rectify_xl.campaign.reporting_settings import ReportingRules, read_reporting
from rectify_xl.campaign.rosters import CampaignLeader, Unit, read_leaders, read_units
from rectify_xl.campaign.round_settings import read_round
from rectify_xl.campaign.rule_settings import RuleChoice, Silence, read_rules, with_roster
from rectify_xl.campaign.schema_settings import AUTO, SchemaChoice
from rectify_xl.campaign.warning_settings import WarningRules, read_warnings
from rectify_xl.campaign.yaml_nodes import Node, read_nodes
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import heading_key, text_key
from rectify_xl.common.workdays import LastDay, WorkCalendar
from rectify_xl.schema.loading import load_schema, shipped_schemas

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from rectify_xl.language.deadline import DeadlineOptions
    from rectify_xl.language.units import Roster
    from rectify_xl.schema.schema import Schema

CAMPAIGN_FILE = "campaign.yaml"
T = TypeVar("T")
__all__ = [
    "CAMPAIGN_FILE",
    "Campaign",
    "CampaignLeader",
    "Closing",
    "DeadlineRules",
    "ExtensionRules",
    "LightCondition",
    "LookbackRules",
    "Mail",
    "Materials",
    "NoticeRules",
    "PaperRules",
    "ReportingRules",
    "RuleChoice",
    "Silence",
    "Unit",
    "WarningRules",
    "load_campaign",
]  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class DeadlineRules(ShortRepr):
    """The plan's own rules for deadlines (``deadlines:``). Absent dates leave such phrases undated."""

    immediate: date | None = None
    long_term: date | None = None
    nodes: tuple[date, ...] = ()
    due_soon_days: int = 30
    period_before: str | None = None
    events: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Campaign(ShortRepr):
    """A campaign's settings; ``Campaign()`` holds the defaults every command runs on without a folder.

    ``schema_choice`` is there where ``schema: auto`` leaves the choice to the files; ``schema`` is then the one that stands
    until it is made. ``lights`` is None where nothing is set; the papers then know red and yellow by ``papers`` alone.
    """

    name: str = ""
    issuer: str = ""
    issued: date | None = None
    schema: Schema = field(default_factory=load_schema)
    units: tuple[Unit, ...] = ()
    leaders: tuple[CampaignLeader, ...] = ()
    deadlines: DeadlineRules = field(default_factory=DeadlineRules)
    round_id: str = ""
    round_due: date | None = None
    round_resend_by: date | None = None  # by which a list with faults is sent again
    reporting: ReportingRules = field(default_factory=ReportingRules)
    closing: Closing = field(default_factory=Closing)
    extension: ExtensionRules = field(default_factory=ExtensionRules)
    lookback: LookbackRules = field(default_factory=LookbackRules)
    warnings: WarningRules = field(default_factory=WarningRules)
    lights: tuple[LightCondition, ...] | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rules: RuleChoice = field(default_factory=RuleChoice)
    mail: Mail = field(default_factory=Mail)
    papers: PaperRules = field(default_factory=PaperRules)
    own_files: frozenset[Path] = frozenset()
    folder: Path | None = field(default=None, compare=False, repr=False)  # that it was read from; its history is kept there
    schema_choice: SchemaChoice | None = None

    @property
    def stages(self) -> tuple[int, ...]:
        """The days ahead of which a task is warned of, the longest first."""
        longest = self.deadlines.due_soon_days
        return (longest, *(days for days in self.warnings.before_days if days < longest))

    @cached_property
    def roster(self) -> Roster:
        """The units as the language floor matches them."""
        # Loaded when asked for: the workers can start to read in the meantime.
        from rectify_xl.language.units import Roster, RosterUnit  # noqa: PLC0415

        units = [RosterUnit(unit.id, unit.name, unit.aliases, unit.former_names) for unit in self.units]
        return Roster(units, home=(self.name, self.issuer))

    @cached_property
    def deadline_options(self) -> DeadlineOptions:
        """How the campaign wants deadlines read."""
        from rectify_xl.language.deadline import DeadlineOptions  # noqa: PLC0415 - as above

        return DeadlineOptions(
            period_before=self.deadlines.period_before,  # type: ignore[arg-type]  # checked when it was loaded
            events=dict(self.deadlines.events),
            durations_decided=self.issued is not None,
            issue_is_anchor=self.issued is not None,
        )

    @property
    def publicity_working_days(self) -> int:
        """How many days a public notice runs, by the older name of the setting."""
        return self.closing.notice.days

    def notice_end(self, first: date) -> LastDay:
        """The last day of a public notice that begins on ``first``."""
        notice = self.closing.notice
        return self.calendar.last_day(first, notice.days, notice.unit, count_first=notice.count_first_day)

    @cached_property
    def unit_keys(self) -> frozenset[str]:
        """The comparison keys of all names that units go by, as the reader knows units by them."""
        names = (name for unit in self.units for name in (unit.name, *unit.aliases, *unit.former_names))
        return frozenset(map(text_key, names))

    @cached_property
    def unit_by_name(self) -> dict[str, Unit]:
        """Roster name -> Unit."""
        return {unit.name: unit for unit in self.units}


def load_campaign(path: str | os.PathLike[str]) -> Campaign:
    """Read a campaign folder or its campaign.yaml.

    Raises:
        TypeError: it is no path.
        RectifyError: the file is missing or wrong; the message names file, line, key and the nearest known key.
    """
    return read_campaign(Path(path))


def read_campaign(given: Path, *, any_round: bool = False) -> Campaign:
    """The same; ``any_round``: also with an id of the round that is about to be replaced and would be refused."""
    file = given / CAMPAIGN_FILE if given.is_dir() else given
    if not file.is_file():
        raise RectifyError(
            f"{file}: 找不到活动配置文件；请检查 --campaign，或用 rectify-xl init 新建",
            f"{file}: there is no such campaign file; check --campaign, or make one with rectify-xl init",
        )
    root = read_nodes(file)
    top = root.table({
        "name", "issuer", "issued", "schema", "units", "leaders", "deadlines", "round", "acceptance", "rules", "mail",
        "bulletin", "notice", "headings", "closing", "calendar", "extension", "lookback", "warnings", "lights", "ranking",
        "reporting",
    })  # fmt: skip
    own = {file}
    units: tuple[Unit, ...] = ()
    leaders: tuple[CampaignLeader, ...] = ()
    if "units" in top:
        own.add(file.parent / top["units"].text())
        units = _listed(file.parent, top["units"], read_units)
    if "leaders" in top:
        own.add(file.parent / top["leaders"].text())
        leaders = _listed(file.parent, top["leaders"], read_leaders)
    calendar = WorkCalendar()
    if "calendar" in top:
        own.add(file.parent / top["calendar"].text())
        calendar = _listed(file.parent, top["calendar"], read_holidays)
    closing, warnings = read_closing(top), read_warnings(top)
    issued = _date(top, "issued")
    # The steps of most offices are in the schemas already.
    schema, choice = _schema(top, file.parent, closing.steps if closing.steps != Closing().steps else ())
    if "headings" in top:
        schema = replace(schema, own_headings=_headings(top["headings"], schema))
    return _with_roster(Campaign(
        name=_text(top, "name"),
        issuer=_text(top, "issuer"),
        issued=issued,
        schema=schema,
        units=units,
        leaders=leaders,
        deadlines=_deadlines(top.get("deadlines"), warnings),
        **read_round(top, any_id=any_round),
        reporting=read_reporting(top["reporting"]) if "reporting" in top else ReportingRules(),
        closing=closing,
        extension=read_extension(top["extension"]) if "extension" in top else ExtensionRules(),
        lookback=read_lookback(top["lookback"]) if "lookback" in top else LookbackRules(),
        warnings=warnings,
        lights=read_lights(top["lights"], warnings.before_days, has_issued=bool(issued)) if "lights" in top else None,
        calendar=calendar,
        rules=read_rules(top["rules"]) if "rules" in top else RuleChoice(),
        mail=read_mail(top["mail"]) if "mail" in top else Mail(),
        papers=read_papers(top),
        own_files=frozenset(path.resolve() for path in own),
        folder=file.parent,
        schema_choice=choice,
    ))  # fmt: skip


def _schema(top: Mapping[str, Node], folder: Path, steps: Sequence[str]) -> tuple[Schema, SchemaChoice | None]:
    """``schema:``, by name or path, or left to the files, with columns for the campaign's own steps of closing."""
    name = _text(top, "schema") or "task_list"
    if name == AUTO:
        candidates = tuple(with_steps(schema, steps) for schema in shipped_schemas())
        if "headings" in top:
            known = [one.name for one in candidates]
            raise top["headings"].error(
                f"schema: auto 时列还没有定，不能写 headings；请把 schema 写明为 {'、'.join(known)} 之一",
                f"with schema: auto the columns are not settled yet, so there can be no headings; name one of {', '.join(known)}",
            )
        return candidates[0], SchemaChoice(candidates)
    try:
        return with_steps(load_schema(name, folder), steps), None
    except RectifyError as error:
        raise top["schema"].error(error.message.zh, error.message.en) from error


def _headings(node: Node, schema: Schema) -> dict[str, str]:
    """``headings:``, a mapping of headings to the field that each of them heads, by its key or its label."""
    keys = {known.label[lang]: known.key for known in schema.fields for lang in ("en", "zh")} | {key: key for key in schema.keys}
    found: dict[str, str] = {}
    for heading, item in node.table(None).items():
        if item.text() not in keys:
            near = nearest(item.text(), keys)
            raise item.error(
                f"没有名为“{item.text()}”的列{near.zh}；可用：{'、'.join(schema.keys)}",
                f"there is no field {item.text()}{near.en}; known: {', '.join(schema.keys)}",
            )
        if not heading_key(heading):
            raise item.error("列名里没有文字", "there are no words in the heading")
        found[heading] = keys[item.text()]
    return found


def _listed(folder: Path, node: Node, read: Callable[[Path], T]) -> T:
    """What the file says that a key of campaign.yaml names."""
    path = folder / node.text()
    try:
        return read(path)
    except OSError as error:
        raise node.error(
            f"找不到文件 {path.name}（{os_reason(error).zh}）", f"the file {path.name} is not there ({os_reason(error).en})"
        ) from error


def _with_roster(campaign: Campaign) -> Campaign:
    """The campaign with the units of ``rules.silence`` as its roster names them."""
    if not campaign.units or not any(silence.unit for silence in campaign.rules.silence):
        return campaign
    return replace(campaign, rules=with_roster(campaign.rules, campaign.roster, campaign.issued))


def _text(table: Mapping[str, Node], key: str) -> str:
    return table[key].text() if key in table else ""


def _date(table: Mapping[str, Node], key: str) -> date | None:
    return table[key].date() if key in table else None


def _deadlines(node: Node | None, warnings: WarningRules) -> DeadlineRules:
    """``deadlines:``; of its days ahead the largest stage of ``warnings`` counts, which is the same setting."""
    options: dict[str, Any] = {"due_soon_days": max(warnings.before_days)}
    if node is None:
        return DeadlineRules(**options)
    table = node.table({"immediate", "long_term", "nodes", "due_soon_days", "period_before", "events"})
    if "period_before" in table:
        options["period_before"] = table["period_before"].one_of(("start", "end"))
    if "nodes" in table:
        options["nodes"] = tuple(sorted(filter(None, (item.date() for item in table["nodes"].items()))))
    if "events" in table:
        options["events"] = {key: item.month_day() for key, item in table["events"].table(None).items()}
    return DeadlineRules(_date(table, "immediate"), _date(table, "long_term"), **options)
