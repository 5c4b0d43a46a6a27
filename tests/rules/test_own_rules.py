"""Rules of other packages: docs/own-rules.md followed to the letter, and broken packages refused by name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import Campaign, RuleChoice
from rectify_xl.common.errors import RectifyError
from rectify_xl.rules.registry import catalogue
from rectify_xl.workflow.validate import validate
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "own-rules"
RULE = (EXAMPLE / "office_rules" / "evidence_without_number.py").read_text("utf-8")
COLUMNS = (*CLEAN, "佐证材料")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example package, installed by pip into a folder of its own."""
    target = tmp_path_factory.mktemp("own-rules") / "site"
    offline = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", "-q", *offline, "--target", str(target), str(EXAMPLE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A folder with a list of two tasks, the second without a document number, and a campaign."""
    rows = [{"佐证材料": "清淤验收单（云水函〔2026〕18号）"}, {"task_id": 2, "problem": "南渠淤积", "佐证材料": "清淤验收单"}]
    write_list(tmp_path / "in" / "a.xlsx", rows, keys=COLUMNS)
    (tmp_path / "campaign.yaml").write_text("name: 某市整改\n", "utf-8")
    return tmp_path


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    environment = {**outer, "PYTHONPATH": os.pathsep.join((str(installed), str(ROOT))), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rectify_xl", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def found(installed: Path, folder: Path, settings: str = "") -> list[dict[str, object]]:
    (folder / "campaign.yaml").write_text(f"name: 某市整改\n{settings}", "utf-8")
    done = run(installed, folder, "validate", "in", "--campaign", ".", "--as-of", "2026-11-21", "--format", "json")
    assert not done.stderr
    return [finding for finding in json.loads(done.stdout)["findings"] if finding["code"].startswith("ZG")]


def test_an_installed_rule_runs_like_any_other(installed: Path, campaign: Path) -> None:
    (finding,) = found(installed, campaign)
    assert (finding["code"], finding["slug"], finding["severity"]) == ("ZG101", "evidence-without-number", "warning")
    assert (finding["cell"], finding["field"], finding["value"]) == ("I5", "evidence", "清淤验收单")
    assert finding["message"] == "佐证材料“清淤验收单”没有文号；请补写文号"


@pytest.mark.parametrize(
    ("settings", "levels"),
    [
        ("rules: {ignore: [ZG]}", []),
        ("rules: {select: [L]}", []),
        ("rules: {select: [ZG101]}", ["warning"]),
        ("rules: {severity: {evidence-without-number: error}}", ["error"]),
        ("rules: {options: {ZG101: {enough: [验收单]}}}", []),
        ('rules: {silence: [{rule: ZG101, task: "2", reason: 补报中}]}', []),
    ],
)
def test_a_campaign_turns_it_like_any_other(installed: Path, campaign: Path, settings: str, levels: list[str]) -> None:
    assert [finding["severity"] for finding in found(installed, campaign, settings)] == levels


def test_it_is_explained_listed_merged_and_told_in_the_template(installed: Path, campaign: Path) -> None:
    explained = run(installed, campaign, "explain", "evidence-without-number").stdout
    assert explained.startswith("ZG101 evidence-without-number · 提醒 · 来自规则包 office-rules 1.0\n")
    assert "enough: [现场照片]" in explained
    assert run(installed, campaign, "explain").stdout.splitlines()[-1].startswith("ZG101  evidence-without-number")
    sarif = run(installed, campaign, "validate", "in", "--format", "sarif", "--as-of", "2026-11-21").stdout
    (result,) = [one for one in json.loads(sarif)["runs"][0]["results"] if one["ruleId"] == "evidence-without-number"]
    assert result["properties"]["family"] == "ZG"
    merged = run(installed, campaign, "merge", "in", "-o", "m.xlsx", "--as-of", "2026-11-21")
    assert (campaign / "m.xlsx").is_file(), merged.stderr
    template = run(installed, campaign, "template", "-o", "t.xlsx")
    assert template.returncode == 0, template.stderr


def test_without_the_package_it_is_unknown(campaign: Path) -> None:
    done = run(ROOT, campaign, "explain", "evidence-without-number")
    assert done.returncode == 2
    assert "没有名为 evidence-without-number 的规则" in done.stderr


def test_the_test_of_the_example_passes(installed: Path, tmp_path: Path) -> None:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    environment = {**outer, "PYTHONPATH": os.pathsep.join((str(installed), str(ROOT)))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLE / "test_office_rules.py")]
    done = subprocess.run(
        [*command, "-c", os.devnull, f"--rootdir={tmp_path}"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_the_page_shows_what_the_example_holds() -> None:
    page = (ROOT / "docs" / "own-rules.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert "\n".join(line.strip() for line in block.splitlines()) in (EXAMPLE / "pyproject.toml").read_text("utf-8")
    for name in re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.(?:py|toml))`", page):
        assert (EXAMPLE / name).is_file(), name


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path in which packages are installed by hand; the catalogue is loaded anew."""
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    before = set(sys.modules)
    catalogue.cache_clear()
    yield tmp_path / "site"
    catalogue.cache_clear()
    for name in set(sys.modules) - before:
        del sys.modules[name]


def install(site: Path, name: str, text: str, *, module: str = "", point: str = "") -> None:
    """A package of one module, as pip leaves it behind."""
    package = name.replace("-", "_")
    (site / package).mkdir(parents=True)
    (site / package / "__init__.py").write_text("", "utf-8")
    (site / package / f"{module or 'sand_cover'}.py").write_text(text, "utf-8")
    info = site / f"{package}-2.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[rectify_xl.rules]\nmine = {point or package}\n", "utf-8")


def test_packages_may_be_a_module_or_hold_folders(site: Path) -> None:
    install(site, "one-module", RULE, point="one_module.sand_cover")
    install(site, "with-folders", RULE.replace("ZG101", "AB200"), module="dust_net")
    (site / "with_folders" / "water").mkdir()
    (site / "with_folders" / "_shared.py").write_text("raise SystemExit", "utf-8")
    (site / "with_folders" / "water" / "__init__.py").write_text("", "utf-8")
    (site / "with_folders" / "water" / "silt_depth.py").write_text(RULE.replace("ZG101", "AB201"), "utf-8")
    added = [(rule.code, rule.slug, rule.package) for rule in catalogue() if rule.package]
    assert added == [
        ("AB200", "dust-net", "with-folders 2.1"),
        ("AB201", "silt-depth", "with-folders 2.1"),
        ("ZG101", "sand-cover", "one-module 2.1"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("import re\n", "import no_such_module\n", "无法导入（ModuleNotFoundError: No module named 'no_such_module'）"),
        ("import re\n", "raise SystemExit(0)\n", "无法导入（SystemExit: 0）"),
        ("import re\n", "import re(\n", "无法导入（SyntaxError"),
        ("CODE = ", "KODE = ", "模块 {0}.sand_cover：缺少 CODE；"),
        ('"ZG101"', "101", "模块 {0}.sand_cover：CODE 的写法不对；"),
        ('"ZG101"', '"P690"', "CODE“P690”应为两到四个大写字母加三位数字"),
        ("Severity.WARNING", '"warning"', "SEVERITY 的写法不对"),
        ('fields("evidence")', '("evidence",)', "FIELDS 的写法不对"),
        ('"en": "The', '"de": "The', "MESSAGE 的写法不对"),
        ("“{value}”没有", "“{value没有", "MESSAGE 的花括号不成对"),
        ("为什么：", "理由：", "ZH 应有标题和四个部分：查什么、为什么、错例、正例"),
        ("Wrong:\n    南河清淤验收单\n", "", "模块说明（docstring） 应有标题和四个部分"),
        ("*, enough: tuple[str, ...]", "*, words: tuple[str, ...]", "check 的关键字参数应与 OPTIONS 一致（enough）"),
        ('Option(("现场照片",), "哪些材料不需要文号", "what needs no document number")', "3", "OPTIONS 的写法不对"),
        ("def check(", "def examine(", "缺少 check"),
    ],
)
def test_a_broken_package_is_refused_in_one_sentence(site: Path, old: str, new: str, said: str) -> None:
    assert old in RULE
    install(site, "broken-rules", RULE.replace(old, new))
    with pytest.raises(RectifyError) as refused:
        catalogue()
    message = str(refused.value)
    assert message.startswith("规则包 broken-rules 2.1 不能使用：")
    assert said.format("broken_rules") in message
    assert message.endswith("请联系提供者修正，或先卸载（pip uninstall broken-rules）")
    assert "\n" not in message
    assert refused.value.message.en.startswith("The rule package broken-rules 2.1 cannot be used: ")


def test_a_package_without_rules_is_refused(site: Path) -> None:
    install(site, "empty-rules", "", module="_nothing")
    with pytest.raises(RectifyError, match=r"规则包 empty-rules 2\.1 不能使用：empty_rules 里没有规则模块"):
        catalogue()


def test_an_entry_point_to_something_else_is_refused(site: Path) -> None:
    install(site, "function-rules", RULE, point="function_rules.sand_cover:check")
    with pytest.raises(
        RectifyError, match=r"规则包 function-rules 2\.1 不能使用：function_rules\.sand_cover:check 里没有规则模块"
    ):
        catalogue()


def test_a_slug_of_ours_is_taken(site: Path) -> None:
    install(site, "taken-slug", RULE, module="vague_deadline")
    with pytest.raises(
        RectifyError, match=r"规则包 taken-slug .*规则名 vague-deadline 与 rectify_xl 的规则 D502 vague-deadline 重复"
    ):
        catalogue()


def test_two_packages_with_one_code_are_refused(site: Path) -> None:
    install(site, "first-rules", RULE)
    install(site, "second-rules", RULE, module="dust_net")
    with pytest.raises(
        RectifyError, match=r"规则包 second-rules .*规则编号 ZG101 与 first-rules 2\.1 的规则 ZG101 sand-cover 重复"
    ):
        catalogue()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if not NUMBER", "if 1 / 0 and not NUMBER", "规则 sand-cover 运行出错（ZeroDivisionError: division by zero）"),
        ('"evidence")\n', '"evidense")\n', "规则 sand-cover 运行出错（KeyError"),
        ("{label}“{value}”没有", "{label}“{nothing}”没有", "规则 sand-cover 运行出错（KeyError: 'nothing'）"),
    ],
)
def test_a_rule_that_fails_while_it_runs_is_named(site: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RULE
    install(site, "failing-rules", RULE.replace(old, new).replace('texts("evidense")', 'texts("evidence")'))
    path = write_list(tmp_path / "a.xlsx", [{"佐证材料": "验收单"}], keys=COLUMNS)
    with pytest.raises(RectifyError) as refused:
        validate([path], campaign=Campaign())
    assert str(refused.value).startswith("规则包 failing-rules 2.1 不能使用：")
    assert said in str(refused.value)
    assert validate([path], campaign=Campaign(rules=RuleChoice(ignore=("ZG",)))).exit_code == 0


def test_a_command_stops_without_a_traceback(tmp_path: Path, campaign: Path) -> None:
    install(tmp_path / "site", "broken-rules", "import no_such_module\n")
    done = run(tmp_path / "site", campaign, "validate", "in")
    assert done.returncode == 2
    assert "规则包 broken-rules 2.1 不能使用" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
