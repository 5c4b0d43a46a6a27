"""Mails, previews and past masters are readable by their owner alone, whatever the umask."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from rectify_xl.mail.outbox import open_outbox
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions are of another kind there")


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_outbox(tmp_path: Path) -> None:
    with open_outbox(tmp_path) as outbox:
        assert mode(outbox.path) == 0o600
    outbox.path.chmod(0o644)  # as earlier versions left it
    with open_outbox(tmp_path):
        assert mode(outbox.path) == 0o600


def test_past_masters_of_a_campaign_folder(tmp_path: Path) -> None:
    for day in ("尽快", "2026年12月31日前"):
        write_list(tmp_path / "in" / "a.xlsx", [{"deadline": day}], unit="市水务局")
        backup = write_master(merge([tmp_path / "in"], workers=1), tmp_path / "m.xlsx", backup_dir=tmp_path / "rounds")
    assert backup is not None
    assert (mode(backup.parent), mode(backup)) == (0o700, 0o600)
