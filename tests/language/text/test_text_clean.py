from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.common.visible import is_hidden
from rectify_xl.language.text import clean_text
from tests.support.counts import count

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

CASES = json.loads((Path(__file__).parent / "clean_cases.json").read_text(encoding="utf-8"))
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


@pytest.mark.parametrize(("text", "name", "cleaned", "kinds"), CASES)
def test_case(text: str, name: bool, cleaned: str | None, kinds: list[str] | None) -> None:
    result = clean_text(text, name=name)
    assert result.cleaned == (text if cleaned is None else cleaned)
    if kinds is not None:
        assert [damage.kind for damage in result.damage] == kinds


def test_spans() -> None:
    (traditional, pinyin) = clean_text("环境務(wù)实").damage
    assert (traditional.start, traditional.end, traditional.found, traditional.replacement) == (2, 3, "務", "务")
    assert (pinyin.start, pinyin.end, pinyin.found, pinyin.replacement) == (3, 7, "(wù)", "")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("乾縣環境", "乾县环境"),
        ("徹底瞭解環境問題", "彻底了解环境问题"),
        ("ÊÐË®Àû¾Ö", "市水利局"),
        ("å¸‚æ°´åˆ©å±", "市水利"),
        ("锛銆乱码", "锛銆乱码"),
        ("ÃÃÃб", "ÃÃÃб"),
        ("喆淼\ue123堃", "喆淼\ue123堃"),
        ("café à la carte 5±1℃", "café à la carte 5±1℃"),
        ("甯傛按鍒╁眬?", "市水利局?"),
        ("第XX届、20XX年", "第XX届、20XX年"),
        ("*注:见附件", "*注:见附件"),
    ],
)
def test_repair(text: str, cleaned: str) -> None:
    if text.startswith("乾"):  # mostly Traditional: the reading of 乾 is OpenCC's business
        assert clean_text(text).cleaned.endswith("县环境")
    else:
        assert clean_text(text).cleaned == cleaned


def test_every_hidden_character_is_found_and_removed() -> None:
    """What a terminal is protected from and what a text is cleaned of are one set; line ends are the readers' business."""
    hidden = [one for one in map(chr, range(sys.maxunicode + 1)) if is_hidden(one) and one != "\r"]
    missed = [hex(ord(one)) for one in hidden if clean_text(f"市水{one}务局").cleaned not in ("市水务局", "市水\n务局")]
    assert not missed


def test_hidden_characters_are_found_where_they_stand() -> None:
    first, second, third = clean_text("\u3164市\ufdd0\u2060水务\U0001ffff").damage
    assert [(one.kind, one.start, one.end) for one in (first, second, third)] == [
        ("invisible", 0, 1), ("invisible", 2, 4), ("invisible", 6, 7)]  # fmt: skip


def test_a_separator_of_lines_becomes_a_line_break() -> None:
    assert clean_text("一是淤积\u2028二是\u200b裂缝\u2029").cleaned == "一是淤积\n二是裂缝\n"


def test_nothing_that_chinese_texts_are_written_with_is_hidden() -> None:
    """All of GB 18030's two-byte set, and what office software puts beside it."""
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F)
    written = [one for pair in pairs for one in pair.decode("gb18030", "ignore")]
    shown = [*written, *"㐀𠀀𠮷é①㈠㎡℃ⅷ→▲✔\ufe0f가나다한국어 かなカナ\u3000\u00a0\u2003"]
    assert not [hex(ord(one)) for one in shown if is_hidden(one)]


def test_opencc_waits_until_it_is_needed() -> None:
    code = "import sys; from rectify_xl.language.text import clean_text; clean_text('市水务局'); print('opencc' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared seeds are not here")
def test_seeds() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        kinds = {damage.kind for damage in clean_text(text).damage}
        expected = {"000": {"traditional", "pinyin"}, "003": {"traditional", "pinyin"}, "001": {"censored"}}.get(
            path.name[:3], set()
        )
        assert kinds == expected, path.name


def test_mojibake_goes_before_the_control_codes_in_it() -> None:
    garbled = "渠道淤堵".encode().decode("latin-1")
    found = clean_text(f"东{garbled}")
    assert [damage.kind for damage in found.damage] == ["mojibake"]
    assert found.cleaned == "东渠道淤堵"
    assert [damage.kind for damage in clean_text("渠\x9f道").damage] == ["control"]


@pytest.mark.parametrize(("text", "found"), [("***", "***"), (" **** ", "****"), ("*", None), ("3*4", None), ("**重点**", None)])
def test_a_text_of_stars_alone(text: str, found: str | None) -> None:
    assert [damage.found for damage in clean_text(text).damage] == ([found] if found else [])


ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("市水利局農業環(huán)nóng*×X\ufffd锟斤拷鍙锛Ã¥ä½\u200b\x07\n .,wcom365投注下载"),
)


@settings(max_examples=count(100, 10_000), deadline=None)
@given(st.text(ALPHABET, max_size=60), st.booleans())
def test_spans_tell_the_truth(text: str, name: bool) -> None:
    result = clean_text(text, name=name)
    assert result.original == text
    assert all(text[d.start : d.end] == d.found and d.found for d in result.damage)
    assert [d.start for d in result.damage] == sorted(d.start for d in result.damage)
    if not any(d.replacement is not None for d in result.damage):
        assert result.cleaned == text
