"""The pages that a dispatched workbook brings beside its list hold no tasks, in whichever language they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rectify_xl as rx
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_asked_of_a_unit_is_no_list_of_tasks(tmp_path: Path, lang: str) -> None:
    rows = [{}, {"task_id": 2, "problem": "东沟清淤未完成"}]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    campaign = rx.Campaign(name="青禾市整改", round_id="2026-12")
    rx.merge(tmp_path / "a.xlsx", campaign=campaign, as_of="2026-12-25").to_excel(tmp_path / "m.xlsx")
    rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", campaign=campaign, as_of="2026-12-25", lang=lang)
    for submission in rx.validate(tmp_path / "out", campaign=campaign, as_of="2026-12-25").submissions:
        assert [len(table.rows) for table in submission.tables] == [2]
