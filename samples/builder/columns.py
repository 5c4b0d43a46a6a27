"""The headings units use, paired with field keys."""

from __future__ import annotations

Columns = tuple[tuple[str, str], ...]

FULL: Columns = (
    ("序号", "task_id"),
    ("反馈问题", "problem"),
    ("整改目标", "target"),
    ("整改措施", "measures"),
    ("责任领导", "leader"),
    ("牵头单位", "lead_unit"),
    ("配合单位", "coop_units"),
    ("整改时限", "deadline"),
    ("整改状态", "status"),
    ("整改进展", "progress"),
    ("完成率", "percent"),
    ("实际完成日期", "completed_on"),
    ("佐证材料", "evidence"),
    ("备注", "remark"),
)
GROUPED: Columns = (
    ("任务编号", "task_id"),
    ("问题类别", "category"),
    ("问题描述", "problem"),
    ("整改目标", "target"),
    ("整改措施", "measures"),
    ("责任领导", "leader"),
    ("牵头单位", "lead_unit"),
    ("配合单位", "coop_units"),
    ("整改时限", "deadline"),
    ("整改状态", "status"),
    ("整改进展", "progress"),
    ("完成率", "percent"),
)
HOUSING: Columns = (
    ("编号", "task_id"),
    ("方面", "category"),
    ("督察反馈问题", "problem"),
    ("目标任务", "target"),
    ("整改举措", "measures"),
    ("牵头领导", "leader"),
    ("责任单位", "units"),
    ("办结时限", "deadline"),
    ("进展状态", "status"),
    ("目前进展", "progress"),
    ("完成比例", "percent"),
)
PLAIN: Columns = (
    ("问题编号", "task_id"),
    ("存在问题", "problem"),
    ("整改目标", "target"),
    ("整改措施", "measures"),
    ("责任领导", "leader"),
    ("责任单位", "units"),
    ("完成时限", "deadline"),
    ("状态", "status"),
    ("进展情况", "progress"),
)
INDUSTRY: Columns = (*PLAIN, ("完成百分比", "percent"))
COUNTY: Columns = (*PLAIN, ("完成日期", "completed_on"), ("证明材料", "evidence"))
SHUFFLED: Columns = (
    ("序号", "task_id"),
    ("整改期限", "deadline"),
    ("状态", "status"),
    ("反馈意见", "problem"),
    ("重点措施", "measures"),
    ("目标", "target"),
    ("整改责任单位", "lead_unit"),
    ("协办单位", "coop_units"),
    ("包抓领导", "leader"),
    ("整改情况", "progress"),
)
PARTS: Columns = (
    ("任务序号", "task_id"),
    ("问题分类", "category"),
    ("具体问题", "problem"),
    ("整改目标", "target"),
    ("整改措施", "measures"),
    ("责任人", "leader"),
    ("主责单位", "lead_unit"),
    ("计划完成时间", "deadline"),
    ("整改状态", "status"),
    ("目前进展", "progress"),
    ("实际完成时间", "completed_on"),
    ("印证材料", "evidence"),
)
DISTRICT: Columns = (
    ("序号", "task_id"),
    ("整改任务", "problem"),
    ("整改目标", "target"),
    ("整改措施", "measures"),
    ("责任领导", "leader"),
    ("牵头单位", "lead_unit"),
    ("参与单位", "coop_units"),
    ("时限要求", "deadline"),
    ("整改状态", "status"),
    ("整改进展", "progress"),
)
WITHOUT_LEADER: Columns = tuple(pair for pair in DISTRICT if pair[1] != "leader")
ZONE: Columns = (
    *FULL[:11],
    ("整改难度", "difficulty"),
    ("佐证材料", "evidence"),
    ("备注", "remark"),
    ("备注", "remark_again"),
)
TRADE: Columns = tuple(pair for pair in FULL if pair[1] != "completed_on")
POLICE: Columns = (*DISTRICT, ("佐证材料", "evidence"))
LEDGER: Columns = (
    *FULL[:13],
    ("验收日期", "accepted_on"),
    ("公示开始", "publicity_start"),
    ("公示结束", "publicity_end"),
    ("销号日期", "closed_on"),
)
