"""Whatever a unit writes, a terminal shows it and does nothing else."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.common.visible import escaped_json, visible_text, whole_characters, without_hidden


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("市水利局，整改“尽快”！\t第二列\n", "市水利局，整改“尽快”！\t第二列\n"),
        ("\x1b]0;题目\x07", "<U+001B>]0;题目<U+0007>"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\rb", "a<U+000D>b"),
        ("财政\u202e局\u2066", "财政<U+202E>局<U+2066>"),
        ("市\u200b水\ufeff局", "市<U+200B>水<U+FEFF>局"),
        ("半\ud800个", "半<U+D800>个"),
        ("行\u2028段\u2029", "行<U+2028>段<U+2029>"),
        ("\U000e0041", "<U+E0041>"),
        ("\ufdd0甲\uffff\U0001fffe", "<U+FDD0>甲<U+FFFF><U+1FFFE>"),
        ("李\u3164四\u115f\u034f", "李<U+3164>四<U+115F><U+034F>"),
        ("𠮷\ue863é①", "𠮷\ue863é①"),
    ],
)
def test_hidden_characters_are_shown_and_others_stay(text: str, shown: str) -> None:
    assert visible_text(text) == shown


def test_papers_and_mails_leave_hidden_characters_out() -> None:
    assert without_hidden("已\u202e成完\u202c，市\u200b水\u3164局\n") == "已成完，市水局\n"
    assert without_hidden("a\u202eb", "_") == "a_b"


def test_a_cell_cannot_pretend_to_be_a_line_of_the_report() -> None:
    assert visible_text("尽快\n错误 0 个\t", one_line=True) == "尽快⏎错误 0 个 "


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    assert all(unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or one in "\n\t" for one in visible_text(text))


@given(st.text(), st.booleans())
def test_json_means_the_same_and_hides_nothing(text: str, ascii_only: bool) -> None:
    written = escaped_json(json.dumps({"值": text}, ensure_ascii=False), ascii_only=ascii_only)
    assert json.loads(written) == {"值": text}
    assert written == visible_text(written)
    assert not ascii_only or written.isascii()


@pytest.mark.parametrize(("text", "whole"), [("\ud842\udfb7", "𠮷"), ("a\ud800b", "a\ufffdb"), ("\udfb7\ud842", "\ufffd\ufffd")])
def test_halves_are_joined_or_replaced(text: str, whole: str) -> None:
    assert whole_characters(text) == whole
