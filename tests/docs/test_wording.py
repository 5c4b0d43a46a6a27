"""What clerks read carries Chinese punctuation: a half-width comma between Chinese words looks careless on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rectify_xl.rules import Rule, catalogue
from rectify_xl.schema.loading import load_schema

ROOT = Path(__file__).resolve().parents[2]
HALF_WIDTH = re.compile("[\u4e00-\u9fff\u201d\u300b][,;!?:][\u4e00-\u9fff\u201c\u300a]|[\u4e00-\u9fff]\\([\u4e00-\u9fff]")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def careless(text: str) -> list[str]:
    return [text[max(0, found.start() - 10) : found.end() + 10] for found in HALF_WIDTH.finditer(text)]


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.slug)
def test_rules(rule: Rule) -> None:
    message, doc = rule.message["zh"], rule.doc["zh"]
    before_the_examples = doc.partition("\u9519\u4f8b\uff1a")[0]
    assert careless(message) + careless(before_the_examples) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "schemas").glob("*.yaml")))
def test_hints(name: str) -> None:
    schema = load_schema(name)
    assert [found for field in schema.fields for found in careless(field.hint["zh"]) + careless(field.label["zh"])] == []


@pytest.mark.parametrize(
    "page", [ROOT / "README.zh-CN.md", *sorted((ROOT / "templates" / "mail").glob("*.zh.*"))], ids=lambda page: page.name
)
def test_pages(page: Path) -> None:
    assert careless(CODE.sub("", page.read_text("utf-8"))) == []
