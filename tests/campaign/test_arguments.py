"""Arguments of the public functions: many shapes are taken, wrong ones are refused before anything is read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import rectify_xl as rx
from rectify_xl.intake import reading as intake
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

DAYS = ("2026-11-21", "2026/11/21", "2026年11月21日", "２０２６年１１月２１日", "20261121")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "活动"
    folder.mkdir()
    (folder / "campaign.yaml").write_text("name: 河湖整改\nunits: units.csv\n", "utf-8")
    (folder / "units.csv").write_text("name\n市水务局\n", "utf-8")
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_list(tmp_path / "in" / "市水务局.xlsx", [{"deadline": "2026年6月底前"}], unit="市水务局")


@pytest.fixture
def master(path: Path, office: Path, tmp_path: Path) -> Path:
    rx.merge(path, campaign=office, as_of="2026-11-21").to_excel(tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def overdue(report: rx.Report) -> list[str]:
    return [finding.slug for finding in report.findings if finding.slug == "overdue"]


@pytest.mark.parametrize("day", [*DAYS, date(2026, 11, 21), datetime(2026, 11, 21, 18, 30), pd.Timestamp(2026, 11, 21)])  # noqa: DTZ001
def test_a_day_is_a_date_or_a_text(path: Path, day: Any) -> None:
    report = rx.validate(path, as_of=day)
    assert (report.as_of, type(report.as_of)) == (date(2026, 11, 21), date)


def test_today_without_a_day(path: Path) -> None:
    before = date.today()  # noqa: DTZ011
    assert before <= rx.validate(path).as_of <= date.today()  # noqa: DTZ011


def test_paths_are_one_or_several_in_any_shape(path: Path) -> None:
    shapes: list[Any] = [path, str(path), [path], (str(path),), iter([path]), path.parent, {path: 1}]
    assert {len(rx.validate(shape, as_of=DAYS[0]).collection) for shape in shapes} == {1}


@pytest.mark.parametrize("shape", [Path, str, lambda folder: folder / "campaign.yaml", rx.load_campaign])
def test_a_campaign_is_a_path_or_a_campaign(path: Path, office: Path, master: Path, shape: Callable[[Path], Any]) -> None:
    campaign = shape(office)
    assert rx.validate(path, campaign=campaign, as_of=DAYS[0]).campaign.name == "河湖整改"
    assert rx.merge(path, campaign=campaign, as_of=DAYS[0]).campaign.name == "河湖整改"
    assert rx.summarize(master, campaign=campaign, as_of=DAYS[1]).as_of == date(2026, 11, 21)
    again = rx.read_master(str(master), campaign=campaign, as_of=DAYS[2])
    assert ([unit.name for unit in again.campaign.units], again.as_of) == (["市水务局"], date(2026, 11, 21))


def test_names_of_rules_are_one_or_several(path: Path) -> None:
    assert overdue(rx.validate(path, as_of=DAYS[0], select="overdue")) == ["overdue"]
    assert overdue(rx.validate(path, as_of=DAYS[0], ignore="overdue")) == []
    assert overdue(rx.validate(path, as_of=DAYS[0], select=["P", "D"], ignore=("P601",))) == []
    (finding,) = rx.validate(path, as_of=DAYS[0], select="overdue", severity={"overdue": "error"}).findings
    assert finding.severity is rx.Severity.ERROR


WRONG: tuple[tuple[dict[str, Any], type[Exception], str], ...] = (
    ({"as_of": "明天"}, rx.RectifyError, "as_of：“明天”不是日期"),
    ({"as_of": "2026-02-30"}, rx.RectifyError, "没有 2026-02-30 这一天"),
    ({"as_of": 20261121}, TypeError, "as_of must be a date"),
    ({"campaign": 3}, TypeError, "campaign must be a Campaign or the path"),
    ({"campaign": "nowhere"}, rx.RectifyError, "找不到活动配置文件"),
    ({"select": "overdoe"}, rx.RectifyError, "overdoe"),
    ({"ignore": ["overdue", "nonsense"]}, rx.RectifyError, "nonsense"),
    ({"select": 601}, TypeError, "select must be a name or several"),
    ({"select": [601]}, TypeError, "select must hold names"),
    ({"severity": {"overdue": "loud"}}, rx.RectifyError, "overdue 的级别不能是 loud"),
    ({"severity": {"overdoe": "error"}}, rx.RectifyError, "overdoe"),
    ({"severity": "error"}, TypeError, "severity must map"),
    ({"lang": "de"}, rx.RectifyError, "lang 不能是 de"),
    ({"workers": 0}, rx.RectifyError, "workers 不能是 0"),
    ({"workers": "two"}, TypeError, "workers must be a whole number"),
    ({"workers": True}, TypeError, "workers must be a whole number"),
)


@pytest.mark.parametrize(("arguments", "error", "message"), WRONG)
def test_wrong_arguments_fail_before_anything_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    monkeypatch.setattr(intake, "collect", lambda *_: pytest.fail("the lists were looked at"))
    with pytest.raises(error, match=message):
        rx.validate(path, **arguments)
    if arguments.keys() <= {"as_of", "campaign", "lang", "workers"}:
        with pytest.raises(error, match=message):
            rx.merge(path, base=path.parent / "nowhere.xlsx", **arguments)


@pytest.mark.parametrize("paths", [None, 7, b"in", [b"in"], [None], [["in"]]])
def test_what_is_no_path_is_a_type_error(paths: Any, path: Path) -> None:
    with pytest.raises(TypeError, match="path"):
        rx.validate(paths)
    with pytest.raises(TypeError, match="path"):
        rx.merge(paths)
    with pytest.raises(TypeError, match="path"):
        rx.annotate(rx.validate(path), paths, path.parent / "out")


def test_no_path_at_all_is_refused() -> None:
    with pytest.raises(rx.RectifyError, match="没有给出文件或文件夹"):
        rx.validate([])


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(rx.RectifyError, match="nowhere"):
        rx.validate(tmp_path / "nowhere")


def test_results_are_not_mistaken_for_one_another(path: Path, master: Path, tmp_path: Path) -> None:
    report, ledger = rx.validate(path), rx.read_master(master)
    wrong: Any
    for wrong in (report, "台账.xlsx", None):
        with pytest.raises(TypeError, match="master must be what merge"):
            rx.write_master(wrong, tmp_path / "x.xlsx")
    for wrong in (ledger, "报告", None):
        with pytest.raises(TypeError, match="report must be what validate"):
            rx.annotate(wrong, path, tmp_path / "out")
        with pytest.raises(TypeError, match="report must be what validate"):
            rx.fix(wrong, path, tmp_path / "out")
    wrong = 7
    with pytest.raises(TypeError, match="path must be a path"):
        rx.write_master(ledger, wrong)
    with pytest.raises(TypeError, match="directory must be a path"):
        rx.fix(report, path, wrong)
    with pytest.raises(TypeError, match="path must be a path"):
        rx.read_master(wrong)
    with pytest.raises(TypeError):
        rx.load_campaign(wrong)
    with pytest.raises(rx.RectifyError, match="lang 不能是"):
        rx.summarize(master, lang="fr")


def test_one_list_is_annotated_and_corrected_by_its_path(path: Path, tmp_path: Path) -> None:
    report = rx.validate(path, as_of=DAYS[0])
    (copy,) = rx.annotate(report, str(path), str(tmp_path / "out"))
    assert copy.path == tmp_path / "out" / path.name
    assert rx.fix(report, path, tmp_path / "fixed").changes == ()


def test_a_deadline_may_hang_on_a_text() -> None:
    assert rx.parse_deadline("6月底前", anchor="2026年1月5日") == rx.parse_deadline("6月底前", anchor=date(2026, 1, 5))
    with pytest.raises(rx.RectifyError, match="不是日期"):
        rx.parse_deadline("6月底前", anchor="开工日")
