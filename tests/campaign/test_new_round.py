"""A round begins: two values of campaign.yaml change and nothing else does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rectify_xl.campaign.new_round import NewRound, begin_round
from rectify_xl.campaign.round_settings import check_round_id
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from tests.support.commands import run

if TYPE_CHECKING:
    from pathlib import Path

DUE = date(2026, 12, 25)
OLD = date(2026, 11, 25)


def written(path: Path, text: str, round_id: str = "2026-12") -> str:
    """The text of campaign.yaml after the round has begun."""
    file = path / "campaign.yaml"
    file.write_bytes(text.encode())
    begin_round(path, round_id, DUE)
    campaign = load_campaign(path)
    assert (campaign.round_id, campaign.round_due) == (round_id, DUE)
    return file.read_bytes().decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("round: {id: 2026-11, due: 2026-11-25}  # 本轮\n", "round: {id: 2026-12, due: 2026-12-25}  # 本轮\n"),
        (
            "round:\r\n  id: 2026-11     # 编号\r\n\r\n  due: 2026-11-25 # 截止\r\n",
            "round:\r\n  id: 2026-12     # 编号\r\n\r\n  due: 2026-12-25 # 截止\r\n",
        ),
        ("round:\n  due: '2026-11-25'\n  id: \"2026-11\"\n", "round:\n  due: 2026-12-25\n  id: 2026-12\n"),
        ("round:\n    due: 2026-11-25\n", "round:\n    id: 2026-12\n    due: 2026-12-25\n"),
        ("round: {due: 2026-11-25}\n", "round: {id: 2026-12, due: 2026-12-25}\n"),
        ("round:\n  id:\n  due: 2026-11-25\n", "round:\n  id: 2026-12\n  due: 2026-12-25\n"),
        ("round:   # 未定\n", "round: {id: 2026-12, due: 2026-12-25}   # 未定\n"),
        ("round: ~\n", "round: {id: 2026-12, due: 2026-12-25}\n"),
        ("round: {}\n", "round: {id: 2026-12, due: 2026-12-25}\n"),
        ("# 未完", "# 未完\nround: {id: 2026-12, due: 2026-12-25}\n"),
        ("\r\n", "\r\nround: {id: 2026-12, due: 2026-12-25}\r\n"),
    ],
)
def test_only_the_two_values_change(tmp_path: Path, old: str, new: str) -> None:
    head = "\ufeff# 说明\nname:   某市整改   # 名称\n"
    assert written(tmp_path, head + old) == head + new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "round: {id: 2026-11, due: 2026-11-25, resend_by: 2026-11-30}  # 本轮\n",
            "round: {id: 2026-12, due: 2026-12-25, resend_by: }  # 本轮\n",
        ),
        (
            "round:\n  resend_by: 2026-11-30 # 补报\n  id: '2026-11'\n",
            "round:\n  due: 2026-12-25\n  resend_by:  # 补报\n  id: 2026-12\n",
        ),
        ("round: {id: 2026-12, resend_by: 2026-12-30}\n", "round: {due: 2026-12-25, id: 2026-12, resend_by: 2026-12-30}\n"),
    ],
)
def test_the_day_for_sending_again_ends_with_its_round(tmp_path: Path, old: str, new: str) -> None:
    head = "name: ''\n"
    assert written(tmp_path, head + old) == head + new


def test_the_command_says_that_the_day_for_sending_again_is_gone(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("round: {id: 2026-11, due: 2026-11-25, resend_by: 2026-11-30}\n", "utf-8")
    words = ("round", "2026-12", "--due", "2026-12-25", "--campaign", tmp_path, "--as-of", "2026-12-01")
    assert "上一轮的重新报送日期（round.resend_by，2026-11-30）已清空。" in run(*words).stdout
    assert "resend_by" not in run(*words).stdout


def test_the_campaign_file_of_init_keeps_every_comment(tmp_path: Path) -> None:
    old = resource("templates", "campaign").joinpath("campaign.yaml").read_text("utf-8")
    for name in ("units.csv", "leaders.csv"):
        (tmp_path / name).write_bytes(resource("templates", "campaign").joinpath(name).read_bytes())
    changed = [pair for pair in zip(old.splitlines(), written(tmp_path, old).splitlines(), strict=True) if pair[0] != pair[1]]
    assert [new.split("#")[0].strip() for _, new in changed] == ["id: 2026-12", "due: 2026-12-25"]
    assert all(old.partition("#")[2] == new.partition("#")[2] for old, new in changed)


@example("=")
@example("2026-13-45")
@given(st.text(st.characters(codec="utf-8"), max_size=45))
def test_an_id_is_read_back_as_it_was_given_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        name = check_round_id(text)
    except RectifyError:
        return
    folder = tmp_path_factory.mktemp("campaign")
    (folder / name).mkdir()
    assert [path.name for path in folder.iterdir()] == [name]
    new = written(folder, "name: 某市\nround: {id: 1, due: 2026-11-25}\n", name)
    assert yaml.safe_load(new).keys() == {"name", "round"}


@pytest.mark.parametrize(
    "text", ["", " ", ".", "..", "a/b", "a\\b", "con", "一" * 41, "2026:12", "a\nb", "a\u200bb", ".hidden", "x."]
)
def test_ids_that_no_folder_may_bear_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 某市\n", "utf-8")
    with pytest.raises(RectifyError, match="轮次编号"):
        begin_round(tmp_path, text, DUE)
    assert (tmp_path / "campaign.yaml").read_text("utf-8") == "name: 某市\n"


@pytest.mark.parametrize(
    "text",
    [
        "{name: 某市}",  # nothing can be added at its end
        "name: 某市\n...\n",
        "issuer: &x 2026-11\nround: {id: *x, due: 2026-11-25}\n",  # would change the issuer
        "round:\n  due: 2026-11-25\n  id: >-\n    2026\n    11\nname: 某市\n",
    ],
)
def test_what_cannot_be_edited_surely_is_left_alone_with_advice(tmp_path: Path, text: str) -> None:
    file = tmp_path / "campaign.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(RectifyError, match="写成一行 round"):
        begin_round(file, "2026-12", DUE)
    assert file.read_text("utf-8") == text


def test_a_file_saved_by_somebody_else_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "campaign.yaml"
    file.write_text("name: 某市\n", "utf-8")

    def saved_meanwhile(target: Path, write: object, verify: object, *, suffix: str) -> None:  # noqa: ARG001
        file.write_text("name: 某县\n", "utf-8")
        verify(tmp_path / "campaign.yaml")  # type: ignore[operator]

    monkeypatch.setattr("rectify_xl.campaign.new_round.replace_file", saved_meanwhile)
    with pytest.raises(RectifyError, match="刚刚被别人改动"):
        begin_round(tmp_path, "2026-12", DUE)
    assert file.read_text("utf-8") == "name: 某县\n"


def test_what_was_before_is_told(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 某市\nround: {id: 2026-11, due: 2026-11-25}\n", "utf-8")
    assert begin_round(tmp_path, "2026-12", DUE) == NewRound("2026-12", DUE, "2026-11", OLD)
    result = run("round", "--due", "2027年1月25日", "--campaign", tmp_path, "--as-of", "2027-01-02")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "第 2027-01 轮开始，报送截止日期 2027-01-25（上一轮是 2026-12，截止日期 2026-12-25）。\n"


def test_a_first_round_tells_of_none_before(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 某市\n", "utf-8")
    result = run("round", "2026-12", "--due", "2026-12-25", "--campaign", tmp_path, "--as-of", "2026-12-02")
    assert result.stdout == "第 2026-12 轮开始，报送截止日期 2026-12-25。\n"


def test_the_command_says_what_to_check(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 某市\n", "utf-8")
    (tmp_path / "rounds" / "第2轮").mkdir(parents=True)
    first = run("round", "第2轮", "--due", "2026-11-25", "--campaign", tmp_path, "--as-of", "2026-11-26", "--lang", "en")
    assert first.exit_code == 0
    assert "Round 第2轮 begins" in first.stdout
    assert ("has been before" in first.stderr, "has passed already" in first.stderr) == (True, True)
    again = run("round", "第2轮", "--due", "2026-11-28", "--campaign", tmp_path, "--as-of", "2026-11-26")
    assert (again.stdout, again.stderr) == ("轮次仍是 第2轮；报送截止日期 2026-11-28（原为 2026-11-25）。\n", "")
    for wrong in (("round", "--campaign", tmp_path), ("round", "../x", "--due", "2026-12-01", "--campaign", tmp_path)):
        assert run(*wrong).exit_code == 2


def test_a_round_in_the_settings_that_no_folder_may_bear_is_told_and_can_be_replaced(tmp_path: Path) -> None:
    file = tmp_path / "campaign.yaml"
    file.write_text("name: 某市\nround:\n  id: 2026/12\n  due: 2026-12-25\n", "utf-8")
    with pytest.raises(RectifyError, match=r"campaign\.yaml.*3.*id.*“2026/12”不能作轮次编号"):
        load_campaign(tmp_path)
    assert begin_round(tmp_path, "2026-12", DUE).old_id == "2026/12"
    assert load_campaign(file).round_id == "2026-12"
