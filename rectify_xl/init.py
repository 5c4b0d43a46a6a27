"""A new campaign folder to start from."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rectify_xl.model import RectifyError
from rectify_xl.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


def make_campaign_folder(folder: Path) -> tuple[Path, ...]:
    """Copy the commented campaign.yaml, units.csv and leaders.csv into ``folder`` and return their paths.

    Raises:
        RectifyError: one of the files is already there; nothing is overwritten.
    """
    sources = sorted(resource("templates", "campaign").iterdir())
    targets = tuple(folder / source.name for source in sources)
    for target in targets:
        if target.exists():
            message = f"{target} 已经存在,没有改动任何文件;请换一个文件夹"
            raise RectifyError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for source, target in zip(sources, targets, strict=True):
        shutil.copyfile(source, target)
    return targets
