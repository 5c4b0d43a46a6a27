"""docs/plans.md: its plan is imported, its commands are run, and what it says of them is what they do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.ledger.reading import read_master
from tests.support.filled import fill_in

if TYPE_CHECKING:
    from pytest import MonkeyPatch  # noqa: PT013 - for its type

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plans.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_is_followed(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan, said = blocks("text")
    Path("整改方案.txt").write_text(plan, "utf-8")
    for line in blocks("")[0].splitlines():
        program, *words = shlex.split(line)
        assert program == "rectify-xl"
        as_of = [] if words[0] in ("import", "round") else ["--as-of", "2026-04-20"]
        if words[0] == "merge":
            for name in ("市水利局", "市财政局"):
                fill_in(Path("下发") / f"{name}.xlsx", f"{name}已开展排查整改。")
            Path("报送件").mkdir()
            for name in ("市水利局", "市财政局"):
                (Path("下发") / f"{name}.xlsx").rename(Path("报送件") / f"{name}.xlsx")
        done = CliRunner().invoke(main, [*words, *as_of], prog_name=program)
        assert done.exit_code in (0, 1), done.output
        if words[0] == "import":
            assert done.stdout.startswith(said)
            assert done.exit_code == 0
    settings = load_campaign(Path("活动"))
    assert (settings.name, settings.issuer, str(settings.issued)) == (
        "青屿市水安全专项督察反馈意见整改",
        "青屿市人民政府",
        "2026-03-05",
    )
    assert (str(settings.deadlines.immediate), list(map(str, settings.deadlines.nodes))) == (
        "2026-05-31",
        ["2026-12-31", "2027-12-31"],
    )
    assert [unit.name for unit in settings.units] == ["市水利局", "市应急管理局", "市农业农村局", "市财政局"]
    assert "市水利局,,,,,,yes,牵头2项" in Path("活动/units.csv").read_text("utf-8-sig")
    assert [leader.name for leader in settings.leaders] == ["陆遥"]
    master = read_master(Path("总台账.xlsx"), campaign=settings)
    progress = [(task.key, task.values["task_id"], str(task.values["progress"])) for task in master.tasks]
    assert progress[0] == ("T0001", "1", "市水利局已开展排查整改。")
    assert progress[1][:2] == ("T0002", "2")
    assert "市财政局已开展排查整改。" in progress[1][2]
    assert master.missing_units == ("市应急管理局", "市农业农村局")
    assert Path("通报.docx").is_file()
