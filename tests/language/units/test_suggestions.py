"""Names of two and three characters, one of them mistaken: the name of the roster is suggested, and no other body's."""

from __future__ import annotations

import pytest

from rectify_xl.language.units.suggest import nearest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("鹿呜区", "鹿鸣区"), ("鹿呜县", "鹿鸣县"), ("鹿呜", "鹿鸣"),
        ("水力局", "水利局"), ("信仿局", "信访局"), ("审记局", "审计局"),
        ("文旋局", "文旅局"), ("林叶局", "林业局"), ("市水力局", "市水利局"), ("团诗委", "团市委"),
    ],
)  # fmt: skip
def test_one_mistaken_character(name: str, meant: str) -> None:
    assert nearest(name, ["市生态环境局", meant, "东原区"]) == 1


@pytest.mark.parametrize(
    ("name", "other"), [("东城区", "西城区"), ("农业局", "林业局"), ("鹿鸣区", "鹿鸣县"), ("市委办", "市府办")]
)
def test_another_body_is_not_suggested(name: str, other: str) -> None:
    assert nearest(name, [other]) is None
