"""销号进度: how far each task that is done is on the way to being struck off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.closing_steps import DAY_OF, NOTICE_END, STEP_NAMES
from rectify_xl.collection.closing import COMPLETED, REOPENED, closing_progress, steps_of
from rectify_xl.common.i18n import Text, listed
from rectify_xl.ledger.sheets.context import key_column
from rectify_xl.ledger.sheets.entry import MasterSheet
from rectify_xl.ledger.sheets.tables import Column, ListSheet

if TYPE_CHECKING:
    from rectify_xl.collection.closing import Progress
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext

NAME = Text("销号进度", "Closing")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """The task, where it stands and what it takes, and the day of each step."""
    say, schema = context.say, context.schema
    own = (context.column(schema[key]) for key in ("lead_unit", "status", "completed_on") if key in schema)
    return (
        Column(context.label("task_id"), width=8, key="task_id", leads_to="task"),
        Column(context.label("problem"), "long_text", 40, "problem", leads_to="task"),
        *own,
        Column(say("当前步骤", "Step"), width=12, key="step"), Column(say("还缺", "Missing"), width=20, key="missing"),
        Column(say("自何时起", "Since"), "date", 12, "since"), Column(say("下一日期", "Next day"), "date", 12, "until"),
        Column(say("提示", "Note"), "long_text", 30, "note"), Column(say("点位", "Points"), width=12, key="points"),
        *(context.column(schema[key]) for key in _days(context)),
        key_column(context),
    )  # fmt: skip


def _days(context: SheetContext) -> tuple[str, ...]:
    """The fields that hold the days of the steps."""
    steps = steps_of(context.master.campaign)
    keys = (key for step in steps for key in ((DAY_OF[step], NOTICE_END) if step == "notice" else (DAY_OF[step],)))
    return tuple(key for key in keys if key in context.schema)


def render(context: SheetContext) -> ListSheet:
    """The tasks that are done and not struck off: those that have waited too long first, then by the day that counts next."""
    master = context.master
    waiting = [task for task in master.tasks if task.is_closed and not (task.state and task.state.struck_off)]
    judged = [(task, closing_progress(master.campaign, task.values, task.due, master.as_of)) for task in waiting]
    judged.sort(key=lambda one: (-one[1].late, one[1].until or date.max))
    return ListSheet(
        NAME.in_language(context.lang), context.title("销号进度", "Tasks on the way to closing"), columns(context),
        tuple(_row(context, task, progress) for task, progress in judged),
        context.say("没有办结而未销号的任务。", "No task is done and not struck off."), _note(context),
        records=tuple(task for task, _ in judged),
    )  # fmt: skip


def _note(context: SheetContext) -> str:
    """By which steps the tasks are judged."""
    closing = context.master.campaign.closing
    steps = " → ".join(STEP_NAMES[step].in_language(context.lang) for step in steps_of(context.master.campaign))
    days = closing.notice.days
    kind = context.say(*(("个工作日", " working days") if closing.notice.unit == "working" else ("天", " calendar days")))
    within = closing.within_days
    term = "" if within is None else context.say(f"；办结后{within}天内销号", f"; struck off within {within} days of completion")
    notice = context.say(f"；公示{days}{kind}", f"; notice of {days}{kind}") if "notice" in closing.steps else ""
    return context.say(f"步骤：{steps}{notice}{term}", f"Steps: {steps}{notice}{term}")


def _row(context: SheetContext, task: TaskRecord, progress: Progress) -> tuple[Any, ...]:
    own = (task.values.get(key) for key in ("lead_unit", "status", "completed_on") if key in context.schema)
    step = STEP_NAMES[progress.step].in_language(context.lang) if progress.step else context.say("步骤已齐", "all steps done")
    points = context.say(
        f"共{progress.points}处，已销{progress.closed_points}处", f"{progress.closed_points} of {progress.points} struck off"
    )
    return (
        task.values.get("task_id"), task.subject, *own, step,
        listed(context.lang, map(context.label, progress.missing)) or None, progress.since, progress.until,
        "\n".join(_remarks(context, task, progress)) or None, points if progress.points > 1 else None,
        *(task.values.get(key) for key in _days(context)), task.key or None,
    )  # fmt: skip


def _remarks(context: SheetContext, task: TaskRecord, progress: Progress) -> list[str]:
    """What somebody has to do or to know."""
    say, found = context.say, []
    if progress.late:
        found.append(say(f"办结后超过规定期限{progress.late}天未销号", f"{progress.late} days beyond the term for striking off"))
    if progress.unknown_year:
        found.append(say(
            f"{progress.unknown_year}年放假安排尚未收录，公示末日无法推算，请补充 holidays.csv",
            f"the holidays of {progress.unknown_year} are not known, so neither is the notice's last day: add holidays.csv",
        ))  # fmt: skip
    elif progress.step == "notice" and progress.until and not progress.missing:
        begun = say(f"正在公示，{progress.until}期满", f"notice running until {progress.until}")
        found.append(begun if progress.running else say(f"公示{progress.since}开始", f"notice from {progress.since}"))
    elif progress.step == "close" and "notice" in steps_of(context.master.campaign):
        found.append(say("公示期满，可以销号", "the notice has ended; it can be struck off"))
    if not progress.step:
        found.append(say("各步骤日期已齐，请把状态改为销号", "every step has its day; set the status to struck off"))
    reopened, completed = (task.values.get(key) for key in (REOPENED, COMPLETED))
    if isinstance(reopened, date):
        again = not isinstance(completed, date) or completed < reopened
        found.append(say(f"{reopened}反弹过，销号重新办理", f"came back on {reopened}: to be closed anew"))
        found += [say("没有填写反弹以后的完成日期", "no day of completion since")] if again else []
    elif completed is None and "completed_on" in context.schema:
        found.append(say("没有填写完成日期", "no day of completion"))
    if (
        progress.step not in ("apply", "review", "inspect", "accept")
        and not task.values.get("accepted_by")
        and task.values.get("accepted_on")
        and "accepted_by" in context.schema
    ):
        found.append(say("没有填写验收人", "nobody is named as having accepted it"))
    return found


SHEETS = (
    MasterSheet(
        "closing", NAME, Text("办结未销号的任务走到哪一步", "done and not struck off: which step"), 66, render, "tasks",
        identity=("key",),
    ),
)  # fmt: skip
