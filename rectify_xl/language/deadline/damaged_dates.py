"""Damaged dates with one likely reading: 20259月底前 lost its 年, 2025年l2月底 has a letter, 2025年6.30 mixes marks."""

from __future__ import annotations

from typing import Final

from rectify_xl.language.deadline.normalize import normalize
from rectify_xl.language.deadline.tokens import tokenize
from rectify_xl.language.han_pattern import HanPattern

_LETTERS: Final = str.maketrans("lI|oO", "11100")
_MONTH: Final = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_PARTS: Final = HanPattern(rf"(?P<year>20[0-9]{{2}})?年?\s*(?P<month>{_MONTH})(?:月|(?![0-9]))(?P<rest>.*)")
_MARKED: Final = HanPattern(r"(?P<year>20[0-9]{2})[年./ -](?P<month>[0-9]{1,2})[./ -](?P<day>[0-9]{1,2})[日号]?(?P<rest>[^0-9]*)")
_YEAR_LAST: Final = HanPattern(r"(?P<one>[0-9]{1,2})[./-](?P<other>[0-9]{1,2})[./-](?P<year>20[0-9]{2})(?P<rest>[^0-9]*)")
_LOOKALIKE_YEAR: Final = HanPattern(r"(?<=^20[0-9]{2})[手牛午]")
_LOOKALIKE_DAY: Final = HanPattern(r"(?<=[0-9])[目曰]")
_LOOKALIKE_MONTH: Final = HanPattern(r"(?<=[0-9])[与用丹目曰日](?=[底末])")
_STRAY_MARK: Final = HanPattern(r"(?<=[0-9])[.,、](?=月)|(?<=月)[.,、](?=[0-9])")
_LOOKALIKE_END: Final = HanPattern(r"(?<=年)[低未](?=前|之前|以前)")
_MARKED_WORDS: Final = HanPattern(
    r"(?P<year>20[0-9]{2})年(?P<month>[一二三四五六七八九十]+)[./-](?P<day>[一二三四五六七八九十]+)[日号]?(?P<rest>.*)"
)
_MONTHS: Final = 12


def repair_date(damaged: str) -> str:
    """Return the likely text of one damaged date (``2025年9月底前``), or an empty string where none is likely."""
    if marked := _MARKED.fullmatch(damaged):
        return f"{marked['year']}年{int(marked['month'])}月{int(marked['day'])}日{marked['rest']}"
    if last := _YEAR_LAST.fullmatch(damaged):
        month, day = sorted((int(last["one"]), int(last["other"])), key=lambda figure: figure > _MONTHS)
        return f"{last['year']}年{month}月{day}日{last['rest']}"
    if words := _MARKED_WORDS.fullmatch(damaged):
        return f"{words['year']}年{words['month']}月{words['day']}日{words['rest']}"
    if _LOOKALIKE_END.search(damaged):
        return _LOOKALIKE_END.sub("底", damaged)
    damaged = _STRAY_MARK.sub("", damaged)
    damaged = _LOOKALIKE_DAY.sub("日", _LOOKALIKE_MONTH.sub("月", _LOOKALIKE_YEAR.sub("年", damaged)))
    parts = _PARTS.fullmatch(damaged.translate(_LETTERS))
    if parts is None:
        return ""
    year = f"{parts['year']}年" if parts["year"] else ""
    return f"{year}{parts['month'].removeprefix('0')}月{parts['rest']}"


def repair_deadline(text: str) -> str | None:
    """Return a deadline's text with its damaged dates repaired, for a person to confirm; ``None`` where nothing is to repair.

    Only what is damaged changes. The result is a suggestion: :func:`parse_deadline` never takes it by itself.
    """
    normal = normalize(text)
    parts: list[str] = []
    at = 0
    for token in tokenize(normal.text):
        likely = repair_date(token.text) if token.kind == "damaged" else ""
        if likely:
            start, end = normal.span(token.start, token.end)
            parts += [text[at:start], likely]
            at = end
    return "".join([*parts, text[at:]]) if parts else None
