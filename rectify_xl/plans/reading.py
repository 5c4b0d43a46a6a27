"""read_plan(): a document becomes a plan, in a worker process with limits on memory and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.arguments import normalise_path
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.workers.pool import Pool
from rectify_xl.workers.process import Failure, Job

if TYPE_CHECKING:
    from rectify_xl.campaign.arguments import PathLike
    from rectify_xl.plans.model import Plan

_WORKER = "rectify_xl.plans.worker"
# Processor time, as for a list; a plan of 100 pages takes 3 s.
_SECONDS = 14.0
_REASONS = {
    "time": Text("读取时间过长，已中止", "reading it takes too long"),
    "memory": Text("读取时内存不足", "reading it takes too much memory"),
    "ended": Text("读取时超出内存或时间限制，已中止", "reading it took too much memory or time"),
}


def read_plan(path: PathLike) -> Plan:
    """The tasks of a published plan, with where each field stands and what is in doubt.

    A document without tasks comes back without tasks, and says why in ``doubts``; nothing is guessed from prose.

    Args:
        path: a .docx, .txt, .html, .pdf with text, or a workbook.

    Raises:
        RectifyError: the file does not exist, cannot be read, is encrypted or too large, or holds no text.
        TypeError: the argument is no path.
    """
    plan = normalise_path(path, "path")
    if not plan.is_file():
        raise RectifyError(f"{plan}: 没有这个文件；请检查路径", f"{plan}: there is no such file; check the path")
    with Pool(_WORKER, None, processes=1) as pool:
        (answer,) = pool.answers([Job(str(plan.resolve()), _SECONDS)])
    if isinstance(answer, Failure):
        if answer.kind == "error":
            raise RectifyError(
                f"{plan}: 读取程序出错（{answer.detail}），请把这个文件发给软件维护者",
                f"{plan}: the reader failed ({answer.detail}); send this file to the maintainers",
            )
        answer = _REASONS[answer.kind]
    if isinstance(answer, Text):
        raise RectifyError(f"{plan}: 不能导入：{answer.zh}", f"{plan}: cannot be imported: {answer.en}")
    found: Plan = answer
    return found
