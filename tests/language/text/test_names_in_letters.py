"""A name all in letters of any script is a name; beside Chinese characters such letters are text that does not belong there."""

from __future__ import annotations

import pytest

from rectify_xl.language.text import clean_text


def signs(text: str) -> set[str]:
    return {one.kind for one in clean_text(text, name=True).damage}


@pytest.mark.parametrize(
    "text", ["John Smith", "Maintenance", "Иван Петров", "김민준", "さとう けん", "Nguyễn Văn An", "Stores, Bay 4"]
)
def test_names_all_in_letters(text: str) -> None:
    assert "advertising" not in signs(text)


@pytest.mark.parametrize("text", ["市水务局welcome局长", "市Иван水务局", "市水利局 김민준"])
def test_letters_within_a_chinese_name(text: str) -> None:
    assert "advertising" in signs(text)


@pytest.mark.parametrize(("text", "kind"), [("Stores www.bet888.com", "link"), ("Stores 88812345678", "advertising")])
def test_links_and_long_numbers_are_none_of_a_name(text: str, kind: str) -> None:
    assert kind in signs(text)
