"""What a merge with a campaign folder leaves in its history."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.errors import RectifyError
from rectify_xl.history import last_deadlines, life_of, read_past, recording
from rectify_xl.history.database import FILE
from rectify_xl.history.rebuilding import write_rebuilt
from rectify_xl.ledger.records import ChangeRecord
from tests.history.conftest import check_consistent, digest, write, write_lists
from tests.history.index import ask, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow


def change(key: str, old: str, new: str, round_id: str = "2026-11") -> ChangeRecord:
    return ChangeRecord("1", "status", old, new, "甲.xlsx!任务清单!H4", round_id, key=key, unit="市水务局", outcome="reported")


def test_files_records_and_index(folder: Path, masters: list[Master]) -> None:
    master = folder / "总台账.xlsx"
    assert write(folder, masters[0]) == ()
    first = master.read_bytes()
    assert write(folder, masters[1], base=master) == ()
    assert check_consistent(folder) == 2
    rounds = folder / "rounds" / "2026-11"
    assert rows_of(folder / FILE, "files") == [
        (1, "submission", "市林业局.xlsx", digest(folder / "in" / "市林业局.xlsx"), "市林业局"),
        (1, "submission", "市水务局.xlsx", digest(folder / "in" / "市水务局.xlsx"), "市水务局"),
        (1, "master", "总台账.xlsx", read_past(folder).entries[0].master_sha256, ""),
        (2, "base", "总台账.xlsx", read_past(folder).entries[0].master_sha256, ""),
        (2, "submission", "市林业局.xlsx", digest(folder / "in" / "市林业局.xlsx"), "市林业局"),
        (2, "submission", "市水务局.xlsx", digest(folder / "in" / "市水务局.xlsx"), "市水务局"),
        (2, "master", "总台账.xlsx", digest(master), ""),
    ]
    assert {path.name for path in rounds.iterdir()} == {
        "0001.json", "0002.json", *(sha for (sha,) in ask(folder / FILE, "SELECT sha256 FROM files")),
    }  # fmt: skip
    assert read_past(folder).master("2026-11/1") == first
    assert read_past(folder).master("2026-11") == master.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_only_its_owner_reads_it(folder: Path, masters: list[Master]) -> None:
    write(folder, masters[0])
    for path in [folder / "rounds", *(folder / "rounds").rglob("*"), folder / FILE, folder / f"{FILE}.lock"]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_index_is_made_anew_from_the_records(folder: Path, masters: list[Master]) -> None:
    write(folder, masters[0])
    write(folder, masters[1])
    tables = {table: rows_of(folder / FILE, table) for table in ("rounds", "files", "tasks", "reports", "changes")}
    for spoil in ("gone", "damaged", "other", "ahead"):
        if spoil == "gone":
            (folder / FILE).unlink()
        elif spoil == "damaged":
            (folder / FILE).write_bytes(b"not a database at all" * 100)
        elif spoil == "other":
            ask(folder / FILE, "PRAGMA user_version = 99")
        else:
            (folder / "rounds/2026-11/0003.json").write_bytes((folder / "rounds/2026-11/0002.json").read_bytes().replace(
                b'"serial":2', b'"serial":3'))  # fmt: skip
            read_past(folder)
            (folder / "rounds/2026-11/0003.json").unlink()
        assert read_past(folder).notes == ()
        assert {table: rows_of(folder / FILE, table) for table in tables} == tables


def test_changes_of_a_round_are_kept_once(folder: Path, masters: list[Master]) -> None:
    one, two = change("T0001", "未启动", "整改中"), change("T0001", "整改中", "已完成")
    write(folder, replace(masters[0], changes=(change("T0001", "", "未启动", "2026-10"), one)))
    write(folder, replace(masters[1], changes=(change("T0001", "", "未启动", "2026-10"), one, two)))
    assert [row[5:8] for row in rows_of(folder / FILE, "changes")] == [
        ("未启动", "整改中", "reported"), ("整改中", "已完成", "reported"),
    ]  # fmt: skip
    assert [len(moment.changes) for moment in life_of(read_past(folder), "T0001").moments] == [1, 1]


def test_the_life_of_a_task_has_the_cell_of_each_report(folder: Path, masters: list[Master]) -> None:
    write(folder, masters[0])
    assert read_past(folder).schema == masters[0].campaign.schema.name
    by_number, by_key = (life_of(read_past(folder), name) for name in ("2", "T0001"))
    found = {life.task_id: life for life in (by_number, by_key)}["2"] if by_key.task_id == "2" else by_number
    (moment,) = found.moments
    (report,) = moment.reports
    assert (report.unit, report.file, report.sheet, report.cell, report.status) == (
        "市林业局", "市林业局.xlsx", "任务清单", "A4", "整改中",
    )  # fmt: skip
    assert json.loads(json.dumps(found.to_dict()))["life"][0]["reports"][0]["cell"] == "A4"
    with pytest.raises(RectifyError, match="历史中没有任务"):
        life_of(read_past(folder), "T9999")


def test_past_masters_that_are_not_there(folder: Path, masters: list[Master]) -> None:
    with pytest.raises(RectifyError, match="还没有存过"):
        read_past(folder).master("2026-11")
    write(folder, masters[0])
    past = read_past(folder)
    for wanted in ("2026-11/2", "2026-11/0"):
        with pytest.raises(RectifyError, match="只汇总过 1 次"):
            past.master(wanted)
    with pytest.raises(RectifyError, match="有 2026-11"):
        past.master("2026-10")
    with pytest.raises(RectifyError, match="已有这个文件"):
        write_rebuilt(past, "2026-11", folder / "总台账.xlsx")
    write_rebuilt(past, "2026-11", folder / "取出.xlsx")
    assert digest(folder / "取出.xlsx") == past.entries[0].master_sha256
    (folder / "rounds/2026-11" / past.entries[0].master_sha256).write_bytes(b"x")
    with pytest.raises(RectifyError, match="已损坏"):
        past.master("2026-11")
    write(folder, masters[0])  # the same bytes again: what was damaged is mended
    assert past.master("2026-11") == (folder / "总台账.xlsx").read_bytes()
    with pytest.raises(RectifyError, match="没有这个活动文件夹"):
        read_past(folder / "没有")


def test_a_list_or_a_base_that_changes_meanwhile_stops_the_merge(folder: Path, masters: list[Master]) -> None:
    master = folder / "总台账.xlsx"
    write(folder, masters[0])
    old = master.read_bytes()
    with recording(folder) as history:
        history.made_of([folder / "in"], master)
        master.write_bytes(old + b"\0")
        with pytest.raises(RectifyError, match="汇总过程中被改动"):
            history.before_replacing(masters[1], master)(folder / "in" / "市水务局.xlsx")
    write_lists(folder, progress="改过")
    with pytest.raises(RectifyError, match="被改动或移走"):
        write(folder, masters[1])
    assert len(read_past(folder).entries) == 1


def test_a_damaged_record_is_named_and_nothing_is_merged(folder: Path, masters: list[Master]) -> None:
    write(folder, masters[0])
    record = folder / "rounds/2026-11/0001.json"
    good = record.read_text("utf-8")
    for bad in (
        "{", "[]", '{"version":1}', good.replace('"rows":[[', '"rows":[["x",', 1), "[" * 100_000, "\0", "\udcff",
        good.replace('"round_id":"2026-11"', '"round_id":["2026-11"]'), good.replace('"serial":1', '"serial":"1"'),
        good.replace('"master":"', '"master":"\\u0000'), good.replace('"T0001"', '{"a":1}'),
    ):  # fmt: skip
        assert bad != good
        record.write_bytes(bad.encode("utf-8", "surrogateescape"))
        with pytest.raises(RectifyError, match=r"0001\.json: 历史记录损坏"):
            read_past(folder)
    record.write_text(good.replace('"version":1', '"version":2'), "utf-8")
    with pytest.raises(RectifyError, match="更新版本"):
        read_past(folder)


def test_the_last_deadlines_are_those_that_were_written(folder: Path, masters: list[Master]) -> None:
    master = folder / "总台账.xlsx"
    assert last_deadlines(None, master) == {}
    assert last_deadlines(folder, master) == {}
    write(folder, masters[0])
    moved = tuple(replace(task, values={**task.values, "deadline": "长期坚持"}) for task in masters[1].tasks)
    write(folder, replace(masters[1], tasks=moved), output=folder / "另一份.xlsx")
    assert set(last_deadlines(folder, master).values()) == {"2026年12月31日前"}
    assert set(last_deadlines(folder, folder / "另一份.xlsx").values()) == {"长期坚持"}
    assert set(last_deadlines(folder, folder / "改了名.xlsx").values()) == {"长期坚持"}
    write(folder, replace(masters[1], tasks=moved))  # a late file of the same round, the office having worked on meanwhile
    assert set(last_deadlines(folder, master, "2026-11").values()) == {"2026年12月31日前"}
    assert set(last_deadlines(folder, master, "2026-12").values()) == {"长期坚持"}


def test_rounds_without_an_id_go_by_their_day(folder: Path, masters: list[Master]) -> None:
    one = replace(masters[0], campaign=replace(masters[0].campaign, round_id=""))
    write(folder, one)
    assert list(read_past(folder).rounds) == ["2026-11-21"]
    assert read_past(folder).to_dict()["rounds"][0]["merges"][0]["tasks"] == 2
