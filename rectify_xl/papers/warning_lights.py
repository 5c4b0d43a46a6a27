"""What the papers say of the lights that ``lights:`` of the campaign gives: sections of the bulletin, words beside a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.light_settings import FORECASTS, PACES
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.lights import forecast_of, is_at_risk, light_name
from rectify_xl.papers.explained import why_not_every_lead
from rectify_xl.papers.facts import by_lead, days_late, doubts_among
from rectify_xl.papers.fill import BULLETIN, Template
from rectify_xl.papers.words import counted, numeral, plain, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.campaign.light_settings import Colour, LightCondition
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.filling import Filling
    from rectify_xl.papers.ranking import Standing


def light_sections(facts: Facts, ranking: Sequence[Standing]) -> Filling:
    """The sections of the bulletin, one per colour that warns; empty where the campaign has no lights."""
    lights, say = facts.master.lights, facts.say
    shown = [colour for colour in lights.colours if colour != "green"]
    idle = sorted(facts.missing - {one.count.name for one in ranking})
    sections = []
    for at, colour in enumerate(shown, 1):
        tasks = [task for task, lit in lights.lit if lit.light == colour]
        listed = [one for one in ranking if one.light == colour]
        units = [(one.count.name, _why(facts, one)) for one in listed]
        if facts.campaign.papers.not_reported == colour:
            units += [(unit, say("未报送整改进展情况", "no report on the progress")) for unit in idle]
        rows = [{"序号": number, "名称": plain(unit), "情况": why} for number, (unit, why) in enumerate(units, 1)]
        sections.append({
            "序号": numeral(at, facts.lang), "名称": say(f"{light_name(colour, 'zh')}色", light_name(colour, "en").capitalize()),
            "条件": conditions_in_words(facts, colour), "项数": len(tasks),
            "存疑": doubts_among(facts, (task for task in tasks if task.timing.flag == "overdue")),
            "单位": rows, "单位数": len(rows), "说明": why_not_every_lead(facts, tasks, listed, ranking),
        })  # fmt: skip
    return {
        "预警灯": sections,
        "预警灯注": _note(facts, shown),
        "即将到期序号": numeral(len(shown) + 1 if shown else 3, facts.lang),
        "预判序号": numeral(len(shown) + 2 if shown else 4, facts.lang),
        **_forecasts(facts),
    }


def template_checks(facts: Facts) -> Iterator[Text]:
    """What somebody should know of the office's own template of the bulletin: whether it knows of the lights."""
    campaign = facts.campaign
    if campaign.lights is not None and Template(BULLETIN.in_language(facts.lang), campaign.folder).lacks("预警灯"):
        yield Text(
            "活动文件夹 templates 中的通报模板没有“预警灯”一段，预警仍按红、黄两色的措辞；请照着软件自带的模板加上",
            "the bulletin template in templates of the campaign folder has no section 预警灯, so its warnings are worded for"
            " red and yellow; add it as in the template that ships with the program",
        )


def _why(facts: Facts, one: Standing) -> str:
    """The tasks of a unit by colour."""
    found: dict[Colour, list[TaskRecord]] = {}
    for task, lit in facts.master.lights.lit:
        if one.count.name in facts.lead(task):
            found.setdefault(lit.light, []).append(task)
    said = [
        facts.say(f"{light_name(colour, 'zh')}灯", f"{light_name(colour, 'en')} ")
        + counted((task.values.get("task_id") for task in tasks), facts.lang)
        for colour, tasks in found.items()
    ]
    if one.count.name in facts.missing and facts.campaign.papers.not_reported != "none":
        said.append(facts.say("未报送整改进展情况", "no report on the progress"))
    return facts.say("，", "; ").join(said)


def conditions_in_words(facts: Facts, colour: Colour) -> str:
    """What gives a task a colour: 逾期1天以上，或预计不能按期."""
    said = [_in_words(one).in_language(facts.lang) for one in facts.master.lights.conditions if one.light == colour]
    return facts.say("，或", ", or ").join(said)


def _in_words(one: LightCondition) -> Text:
    parts: list[Text] = []
    if one.overdue_days is not None:
        parts.append(Text(f"逾期{one.overdue_days}天以上", f"overdue by {plural(one.overdue_days, 'day')} or more"))
    if one.due_within_days is not None:
        parts.append(Text(f"{one.due_within_days}天内到期", f"due within {plural(one.due_within_days, 'day')}"))
    if one.pace is not None:
        parts.append(PACES[one.pace])
    if one.forecast is not None:
        parts.append(FORECASTS[one.forecast])
    if one.silent_rounds == 1:
        parts.append(Text("牵头单位本轮未报送", "not reported in this round"))
    elif one.silent_rounds is not None:
        parts.append(Text(f"牵头单位连续{one.silent_rounds}轮未报送", f"not reported in {one.silent_rounds} rounds running"))
    if one.percent_behind is not None:
        parts.append(
            Text(f"完成率落后时间进度{one.percent_behind}个百分点以上", f"{one.percent_behind} percentage points behind")
        )
    if not parts:
        return Text("其他未办结", "all other open tasks")
    return Text("且".join(part.zh for part in parts), " and ".join(part.en for part in parts))


def _note(facts: Facts, colours: Sequence[Colour]) -> str:
    """What the colours of the enclosure mean; a task that meets several conditions bears the first of them."""
    if not colours:
        return ""
    zh = "；".join(f"{light_name(colour, 'zh')}灯为{conditions_in_words(facts, colour)}" for colour in colours)
    en = "; ".join(f"{light_name(colour, 'en')}: {conditions_in_words(facts, colour)}" for colour in colours)
    return facts.say(
        f"注：{zh}。同时符合几条的，按先列的一条。", f"Note: {en}. A task that meets several conditions bears the first of them."
    )


def _forecasts(facts: Facts) -> Filling:
    """The tasks of which their units expect that they will not be in time."""
    tasks, say = facts.master.at_risk, facts.say
    cannot = [task for task in tasks if forecast_of(task) == "cannot"]
    hard = len(tasks) - len(cannot)
    said = [say(f"预计不能按期完成的{len(cannot)}项", f"not expected in time: {len(cannot)}")] if cannot else []
    said += [say(f"按期完成有困难的{hard}项", f"in time at risk: {hard}")] if hard else []
    return {
        "预判": facts.listed(said),
        "预判单位": by_lead(facts, tasks, lambda found: counted((task.values.get("task_id") for task in found), facts.lang)),
    }


def alerted(facts: Facts) -> list[TaskRecord]:
    """The tasks of the enclosure: those with a light, then those overdue, due soon, or not expected in time, each once."""
    lit = (task for task, _ in facts.master.lights.lit)
    several = (*lit, *facts.master.overdue, *facts.master.due_soon, *facts.master.at_risk)
    return list({id(task): task for task in several}.values())


def light_of(facts: Facts, task: TaskRecord) -> str:
    """The colour of a task in a word; nothing where it has none."""
    lit = facts.master.lights.of(task)
    return light_name(lit.light, facts.lang) if lit else ""


def state_of(facts: Facts, task: TaskRecord) -> str:
    """Why somebody is warned of a task: 逾期9天, 剩3天，预计不能按期, 未达到序时进度."""
    return facts.say("，", ", ").join(dict.fromkeys(_states(facts, task)))


def beyond_the_day(facts: Facts, task: TaskRecord) -> str:
    """As :func:`state_of`, without what its days say already."""
    first = next(_days(facts, task), "")
    return facts.say("，", ", ").join(one for one in dict.fromkeys(_states(facts, task)) if one != first)


def _days(facts: Facts, task: TaskRecord) -> Iterator[str]:
    if task.timing.flag == "overdue":
        yield days_late(facts, task)
    elif task.timing.flag == "due-soon":
        yield facts.say(f"剩{task.timing.days}天", f"{plural(task.timing.days, 'day')} left")


def _states(facts: Facts, task: TaskRecord) -> Iterator[str]:
    yield from _days(facts, task)
    if is_at_risk(task):
        yield FORECASTS[forecast_of(task)].in_language(facts.lang)
    lit = facts.master.lights.of(task)
    if lit and lit.is_warning:
        yield from (why.in_language(facts.lang) for why in lit.whys)


def stages_in_words(facts: Facts, tasks: Sequence[TaskRecord]) -> str:
    """How many of the tasks due soon have come to a nearer stage: （其中7天内2项）; nothing where none has."""
    counts = [(days, sum(task.timing.days <= days for task in tasks)) for days in facts.campaign.stages[1:]]
    said = [facts.say(f"{days}天内{count}项", f"{count} within {plural(days, 'day')}") for days, count in counts if count]
    return facts.say(f"（其中{'，'.join(said)}）", f" (of them {', '.join(said)})") if said else ""
