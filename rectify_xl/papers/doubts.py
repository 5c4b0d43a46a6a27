"""What a clerk should see to before a paper is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.naming import WRONG_NAME
from rectify_xl.papers.words import counted, day, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.papers.facts import Facts


def doubts(facts: Facts) -> Iterator[str]:
    """One sentence each."""
    campaign = facts.campaign
    if not campaign.issuer:
        yield "没有发文机关名称，落款写作“（发文机关）”；请用 --campaign 指定活动文件夹，并在 campaign.yaml 写上 issuer"
    if not campaign.units:
        yield "没有单位名册，单位名称没有统一；请用 --campaign 指定活动文件夹"
    wrong = facts.led.get(WRONG_NAME.zh)
    if wrong:
        ids = counted(task.values.get("task_id") for task in wrong)
        yield f"牵头单位名称有误的任务{ids}，没有计入任何单位；请先在总台账中改正"
    unlisted = [plain(count.name) for count in facts.units if facts.standing(count.name) == "unlisted"]
    if unlisted:
        yield f"牵头单位不在单位名册中，没有参加排名：{'、'.join(unlisted)}；请改正总台账，或补进 units.csv"
    until, official = facts.reply_by()
    if not official:
        yield f"放假安排还没有公布到 {day(until)}，答复期限按周一至周五计算"
