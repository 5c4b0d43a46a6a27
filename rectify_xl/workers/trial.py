"""One request tried in a limited process, before this process does the same."""

from __future__ import annotations

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.workers.pool import Pool
from rectify_xl.workers.process import Failure, Job

_SECONDS = 5.0
_REASONS = {
    "time": Text("用时过长（可能是没有尽头的循环）", "it takes too long (maybe a loop without an end)"),
    "memory": Text("占用内存过多", "it takes too much memory"),
    "ended": Text("占用内存过多，或程序中止", "it takes too much memory, or the program ended over it"),
}
_OTHERWISE = Text("程序出错", "the program fails")


def check_harmless(module: str, request: object, what: Text) -> None:
    """See that a request neither takes long nor fills the memory; its result, and an error that it raises, are not asked.

    Args:
        module: a worker's module.
        request: what is tried.
        what: its subject, for the message.

    Raises:
        RectifyError: it does.
    """
    with Pool(module, None, processes=1) as pool:
        (answer,) = pool.answers([Job(request, _SECONDS)])
    if isinstance(answer, Failure):
        why = _REASONS.get(answer.kind, _OTHERWISE)
        raise RectifyError(
            f"{what.zh}填写时{why.zh}；请对照软件自带的模板检查循环和重复的内容",
            f"{what.en} cannot be filled: {why.en}; compare its loops with the template that ships with the program",
        )
