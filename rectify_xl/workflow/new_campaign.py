"""A new campaign folder to start from."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

# Without name and round, which the office has yet to write: `rectify-xl template` makes the round's own.
_TEMPLATE = ("task_list.xlsx", "整改任务清单模板.xlsx")


def make_campaign_folder(folder: Path) -> tuple[Path, ...]:
    """Copy the commented campaign.yaml, units.csv, leaders.csv and a template into ``folder`` and return their paths.

    Raises:
        RectifyError: one of the files is already there; nothing is overwritten.
    """
    sources = {folder / source.name: source for source in sorted(resource("templates", "campaign").iterdir())}
    name, copy = _TEMPLATE
    sources[folder / copy] = resource("templates", name)
    targets = tuple(sources)
    for target in targets:
        if target.exists():
            raise RectifyError(
                f"{target} 已经存在，没有改动任何文件；请换一个文件夹",
                f"{target} exists already, so nothing was changed; choose another folder",
            )
    folder.mkdir(parents=True, exist_ok=True)
    for target, source in sources.items():
        shutil.copyfile(source, target)
    return targets
