"""Every text that people read exists in Chinese and in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[2] / "rectify_xl"
CHINESE = re.compile("[\u4e00-\u9fff]")
# Calls that take a text in both languages, and keywords that hold one of the two.
PAIRS = {
    "Text", "localise", "say", "RectifyError", "UsageError", "error", "_error", "_line_error", "option", "argument", "command",
    "phrases", "_failure",
}  # fmt: skip
# Words that are data of the office's own language, not sentences: what lists, papers and names are recognised or filled by.
DATA = {
    "papers/bulletin.py", "papers/cards.py", "papers/life.py", "papers/filling.py",  # names of templates' variables
    "papers/notice.py", "papers/publicity.py", "papers/dossier.py", "papers/warning_lights.py",  # as above
    "campaign/light_settings.py",  # what an office may write instead of our words
    # names of materials, and how their absence is worded
    "papers/materials.py", "papers/evidence.py", "campaign/material_settings.py",
    "papers/words.py",  # numerals, and the words at which a title may be broken
    "papers/fill.py",  # the variables 标题 and 名称
    "campaign/rosters.py", "campaign/holidays.py",  # headings and answers of rosters and of days off
    "campaign/csv_table.py",  # headings that are ignored, punctuation
    "campaign/yaml_nodes.py",  # full-width punctuation
    "common/text_keys.py", "common/days.py",  # spellings
    "common/lookalikes.py",  # radicals and their characters
    "common/os_reasons.py",  # the English of it is the system's own
    "cli/demo.py",  # names of the sample's files
    "provenance/remarks.py",  # how our own marks are recognised
}  # fmt: skip
ROOMS = ("cli", "console", "mail", "papers", "campaign", "common", "provenance")


def texts_in_one_language(path: Path) -> Iterator[str]:
    """Chinese literals outside of docstrings, of pairs and of tables with the keys zh and en."""
    tree = ast.parse(path.read_text("utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
            above = []
            at: ast.AST = node
            while at in parents:
                at = parents[at]
                above.append(at)
            if not (isinstance(above[0], ast.Expr) or any(map(is_pair, above)) or beside_english(above)):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value[:30]}"


def is_pair(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in PAIRS
    if isinstance(node, ast.Dict):
        return {"zh", "en"} <= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return False


def beside_english(above: list[ast.AST]) -> bool:
    """``zh = …`` in a function that has ``en``, or hands ``zh`` on to :func:`localise`."""
    scope = next((outer for outer in above if isinstance(outer, ast.FunctionDef)), None)
    used = {name.id for name in ast.walk(scope) if isinstance(name, ast.Name)} if scope else set()
    assigned = {name.id for at in above if isinstance(at, ast.Assign) for name in ast.walk(at) if isinstance(name, ast.Name)}
    return "zh" in assigned and bool({"en", "localise"} & used)


@pytest.mark.parametrize("room", ROOMS)
def test_no_text_is_left_in_one_language(room: str) -> None:
    files = [path for path in sorted((PACKAGE / room).rglob("*.py")) if path.relative_to(PACKAGE).as_posix() not in DATA]
    assert [found for path in files for found in texts_in_one_language(path)] == []


COMMANDS = ["", *main.list_commands(None)]  # type: ignore[arg-type]
# What is quoted in a page of the other language: names of files, days as they may be written.
QUOTED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|各县区|“[^”]*”")


def page(command: str, *words: str, **environment: str) -> str:
    before, after = (list(words), []) if words and words[0] == "before" else ([], list(words))
    line = [*before[1:], *([command] if command else []), *after, "--help"]
    result = CliRunner().invoke(main, line, prog_name="rectify-xl", env={"RECTIFY_XL_LANG": "", **environment})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_of_help_is_in_one_language(command: str) -> None:
    chinese, english = page(command), page(command, "--lang", "en")
    assert not CHINESE.search(QUOTED.sub("", english))
    # Three words in a row are a sentence; options, names and units of the other language stand alone.
    sentences = re.findall(r"[A-Za-z]{2,}(?:,? [A-Za-z]{2,}){2,}", re.sub(r"[-\w./|]*[-_./|][-\w./|]*", "", chinese))
    assert sentences == []
    assert len(re.findall(r"^  -", chinese, re.MULTILINE)) == len(re.findall(r"^  -", english, re.MULTILINE))


@pytest.mark.parametrize("command", ["merge", "send", "explain"])
def test_the_language_is_found_wherever_it_stands(command: str) -> None:
    english = page(command, "--lang", "en")
    assert page(command, "before", "--lang", "en") == page(command, "before", "--lang=en") == english
    assert page(command, RECTIFY_XL_LANG="en") == english
    assert page(command, "--lang", "zh", RECTIFY_XL_LANG="en") == page(command)


WRONG = {
    ("merge", "x", "--foo"): ("没有 --foo 这个选项", "no option --foo"),
    ("merge",): ("缺少参数 文件或文件夹", "missing argument PATH"),
    ("merge", "x"): ("缺少选项 -o/--output", "missing option -o/--output"),
    ("merge", "x", "-o"): ("选项 -o 后面缺少内容", "option -o needs a value"),
    ("merge", "x", "--bsae", "y"): ("没有 --bsae 这个选项（最接近的是 --base）", "no option --bsae (did you mean --base?)"),
    ("merge", "x", "--nope"): ("没有 --nope 这个选项\n", "no option --nope\n"),
    ("explain", "-o"): ("没有 -o 这个选项\n", "no option -o\n"),
    ("mrge",): ("没有 mrge 这个命令（最接近的是 merge）", "no command mrge (did you mean merge?)"),
    ("validate", "x", "--format", "txt"): ("“txt”不能用（最接近的是 text）", "“txt” cannot be used (did you mean text?)"),
    ("validate", "x", "--as-of", "2026-2-30"): ("没有 2026-2-30 这一天", "no such day as 2026-2-30"),
    ("validate", "x", "--fix=1"): ("选项 --fix 后面不能写值", "option --fix takes no value"),
    ("validate", "x", "--unsafe"): ("须与 --fix 一起使用", "go together with --fix"),
    ("template", "-o", "x.xlsx", "--rows", "many"): ("1 到 5000 的整数", "whole number from 1 to 5000"),
    ("explain", "a", "b"): ("多出的参数：b", "unexpected arguments: b"),
    ("validate", "nowhere-at-all"): ("没有这个文件或文件夹", "no such file or folder"),
    ("notice", "x", "-o", "y.docx"): ("请用 --unit 给出一个单位", "name one unit with --unit"),
    ("send",): ("请加 --campaign 活动文件夹", "add --campaign with its folder"),
    ("deadline", "尽快", "--lang", "fr"): ("“fr”不能用；可用：zh、en", "“fr” cannot be used; choose from zh, en"),
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_mistakes_are_said_in_the_language_of_the_run(words: tuple[str, ...]) -> None:
    for lang, said in zip(("zh", "en"), WRONG[words], strict=True):
        result = CliRunner().invoke(main, list(words), prog_name="rectify-xl", env={"RECTIFY_XL_LANG": lang})
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr
        if lang == "en":
            assert not CHINESE.search(result.stderr)


def test_a_language_that_there_is_not() -> None:
    result = CliRunner().invoke(main, ["explain"], prog_name="rectify-xl", env={"RECTIFY_XL_LANG": "fr"})
    assert (result.exit_code, "RECTIFY_XL_LANG" in result.stderr) == (2, True)


def test_explain_finds_rules_by_words() -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["explain", *words], prog_name="rectify-xl")
        return result.exit_code, result.output

    code, listed = run("时限")
    assert code == 0
    assert {"vague-deadline", "missing-deadline"} <= {line.split()[1] for line in listed.splitlines()[2:]}
    assert run("时限含糊")[1].startswith("D502 vague-deadline")
    assert run("D502") == run("vague-deadline")
    code, refused = run("期限不清")
    assert (code, "最接近的是" in refused) == (2, True)
