"""What a clerk should see to before a paper is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.closing import closing_faults
from rectify_xl.common.i18n import Text
from rectify_xl.papers.words import BLANK, counted, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts


def signing_checks(facts: Facts) -> Iterator[Text]:
    """One sentence each."""
    campaign = facts.campaign
    if not campaign.issuer:
        yield Text(
            "没有发文机关名称，落款写作“（发文机关）”；请用 --campaign 指定活动文件夹，并在 campaign.yaml 写上 issuer",
            "no issuing office is named, so “(issuing office)” stands below the paper; use --campaign and write issuer into"
            " campaign.yaml",
        )
    if not campaign.units:
        yield Text(
            "没有单位名册，单位名称没有统一；请用 --campaign 指定活动文件夹，并在 campaign.yaml 写上 units",
            "there is no roster, so spellings of one unit are not joined; use --campaign and write units into campaign.yaml",
        )
    wrong = [task.values.get("task_id") for task in facts.led.get(facts.wrong_unit, ())]
    if wrong:
        yield Text(
            f"牵头单位名称有误的任务{counted(wrong)}，没有计入任何单位；请先在总台账中改正",
            f"tasks with a wrong lead unit, counted for no unit: {counted(wrong, 'en')}; mend them in the master first",
        )
    unlisted = [plain(count.name) for count in facts.units if facts.standing(count.name) == "unlisted"]
    if unlisted:
        yield Text(
            f"牵头单位不在单位名册中，没有参加排名：{'、'.join(unlisted)}；请改正总台账，或补进 units.csv",
            f"lead units that the roster does not have and that are not ranked: {', '.join(unlisted)};"
            " mend the master, or add them to units.csv",
        )
    reply = facts.reply_by()
    if reply.day is None:
        yield Text(
            f"{reply.year} 年放假安排尚未收录，答复期限没有推算，印成“{BLANK.zh}”；请填写，或补充 holidays.csv"
            "（campaign.yaml 的 calendar）",
            f"the holidays of {reply.year} are not known, so the day by which units answer stands as “{BLANK.en}”: fill it in,"
            " or add holidays.csv (calendar of campaign.yaml)",
        )


def days_out_of_order(facts: Facts, task: TaskRecord) -> Iterator[Text]:
    """What the rules of closing hold against the days that a paper on one task prints."""
    schema = facts.campaign.schema
    struck_off_by = facts.as_of if task.state and task.state.struck_off else None
    for fault in closing_faults(facts.campaign, task.values, struck_off_by, facts.as_of):
        if fault.undated or fault.before is None or fault.kind not in ("order", "early", "future"):
            continue
        label, other = schema[fault.field].label, schema[fault.other].label
        if fault.kind == "future":
            yield Text(
                f"{label['zh']} {fault.day} 在统计日期 {fault.before} 之后，请先核对总台账",
                f"{label['en']} {fault.day} lies after the as-of date {fault.before}; check the master first",
            )
        elif fault.kind == "early":
            yield Text(
                f"{label['zh']} {fault.day} 早于公示末日 {fault.before}，请先核对总台账",
                f"{label['en']} {fault.day} lies before the notice's last day, {fault.before}; check the master first",
            )
        else:
            yield Text(
                f"{label['zh']} {fault.day} 早于{other['zh']} {fault.before}，请先核对总台账",
                f"{label['en']} {fault.day} lies before {other['en']} {fault.before}; check the master first",
            )
