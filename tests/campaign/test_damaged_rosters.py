"""Rosters that a disk or a program has damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.errors import RectifyError
from tests.campaign.test_campaign import CHINESE, folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("place", ["水务局", "U1", "a@b.cn", ",是", "编号", "市城管局"])
@pytest.mark.parametrize("zeros", [1, 4096])
def test_zero_bytes_are_named_with_their_line(tmp_path: Path, encoding: str, place: str, zeros: int) -> None:
    """They are what a full disk or a pulled stick leaves, and no sign of an encoding."""
    damaged = CHINESE.replace(place, place[0] + "\0" * zeros + place[1:], 1)
    with pytest.raises(RectifyError) as caught:
        load_campaign(folder(tmp_path, "units: units.csv", units_csv=damaged.encode(encoding)))
    line = damaged[: damaged.index("\0")].count("\n") + 1
    assert f"units.csv 第 {line} 行：有看不见的空字符（NUL）" in caught.value.message.zh
