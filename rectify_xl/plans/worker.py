"""A worker process that reads plans: ``python -m rectify_xl.plans.worker``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.intake.refusal import OUT_OF_MEMORY, Refused
from rectify_xl.plans.files import read_source
from rectify_xl.plans.parse import parse_source
from rectify_xl.provenance.stamp import KIND, OWN_KINDS
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.plans.model import Plan

_OWN = Text(
    "这是本软件生成的总台账、报告或清单，不是方案；总台账可以直接派发（dispatch），或作汇总的底稿（merge --base）",
    "it is a master, a report or a list of ours and no plan; a master can be dispatched as it is, or be the --base of a merge",
)
_PASSWORD = Text("加了密码；请打开文件、去掉密码，另存后再导入", "it has a password; open it, take the password off, and save it")


def read_file(path: Path) -> Plan | Text:
    """The plan in a file, or why it cannot be used. Raises nothing that a file can cause."""
    try:
        source = read_source(path)
        if read_marks(path.read_bytes()).properties.get(KIND, "") in OWN_KINDS:
            return _OWN
        return parse_source(source, path.name)
    except Refused as refusal:
        return _PASSWORD if refusal.slug == "encrypted-file" else refusal.reason
    except OSError as error:
        return Text(f"无法打开（{os_reason(error).zh}）", f"it cannot be opened ({os_reason(error).en})")
    except RecursionError:
        return Text("内容嵌套过深", "its contents are nested too deeply")
    except MemoryError:
        return OUT_OF_MEMORY


def prepare(_: None) -> Callable[[str], Plan | Text]:
    """The function that reads a plan, given its path."""
    return lambda path: read_file(Path(path))


if __name__ == "__main__":
    run(prepare)
