"""Mask what never splits (brackets, measure numbers, 党委、政府) by single private-use characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.vocabulary import PLACE_CLASS, PLACE_CLASSES

if TYPE_CHECKING:
    import re

FIRST_MASK = 0xF0000  # a plane of private-use characters: no cell holds them
MASK = "[\U000f0000-\U000ffffd]"
GLUE = "\ufff0"
_MASKS = HanPattern(MASK)
_DROPPED = dict.fromkeys((65520, 65521))

_NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LISTED = rf"(?:\({_NUMERAL}\)|{_NUMERAL}\)?)"  # a bracket that begins the whole list, (1、2项), is none of the number's
_MEASURE = HanPattern(rf"{_NUMERAL}|[至到~\-—–]")
_NUMBERS = HanPattern(
    rf"(?:(?:整改)?(?:措施|任务|问题|事项)|第)\s*(?:{_NUMERAL}(?:\s*[、,和及至到~\-—–]\s*{_NUMERAL}){{0,40}}|(?:[、和]?\({_NUMERAL}\)){{1,20}})(?![\d条项款点号个日月年])(?=[由:,;。的\s)\]】〕]|中(?![学心医队专等])|$|整改|落实)|第?{_LISTED}(?:\s*(?:(?:[、,和及至到~\-—–]|第)+|(?<=\))(?=\())\s*{_LISTED}){{0,40}}\s*(?:条|项(?!目)|款|点|号(?:问题|措施|任务)|个问题)(?:整改)?(?:措施|任务|问题|内容)?"
)
_OPEN, _CLOSE = "([【〔{〈《", ")]】〕}〉》"
_END = r"(?=$|[、,;。\s/]|为|是|均|作为|牵头|配合|负责|参与|按|分别|具体|主办|协办|共同|等)"
_TAIL = r"(?:行政公署|公署|党委|党工委|人民政府|政府|管委会|办事处|纪委监委|委)"
_PLACES = rf"(?:(?!高新区|经开区){PLACE_CLASS}+(?:行政公署|公署)?{MASK}?|办事处|管委会)"
_GLUED = (
    HanPattern(
        rf"(?:党委|党工委|党{MASK}委|党组){MASK}?(?:、人大)?(、)(?=(?:人民)?政府(?![办督法金研])|管委会|管理委员会|办事处|行政|人大)"
    ),
    HanPattern(rf"(?:(?<=[县区市旗州盟镇乡])|(?<={MASK}))委{MASK}?(、)(?=(?:人民)?政府(?![办督法金研]))"),
    HanPattern(r"(?P<seat>[省市县区州盟旗])委(、)(?=(?P=seat)(?:人民)?政府(?:督查|信访|接待))"),
    HanPattern(r"(?:部门|机关|委办局|单位)(、)(?=(?:单位|部门|企业|企事业单位|直属机构|直属单位|机构)" + _END + ")"),
    HanPattern(r"(?:^|(?<=[\s、,;。\ufff0]))[省市县区州乡镇](、)(?=[省市县区州盟旗乡镇])"),
    HanPattern(r"(?:中央|国家|[部省]属)(、)(?=[部省市区]属|驻|[部省市]?驻)"),
    HanPattern(
        r"(?<=[\u4e00-\u9fff][^局委办厅部院会府]、)[\u4e00-\u9fff]{2,4}(?P<area>[市县区州])委(、)(?=(?P=area)(?:人民)?政府(?![办督法金研]))"
    ),
)
_EACH = rf"各(?:有关|相关)?{PLACE_CLASS}+"
# 各乡镇人民政府、街道办事处: behind a whole body only what cannot be one body of its own (市政府, 高新区管委会 can)
_MORE_BODIES = rf"(?:{PLACE_CLASSES}+{_TAIL}*|办事处|管委会){MASK}?"
_PLACE_LISTS = (
    HanPattern(
        rf"{_EACH}(?:行政公署|公署)?{MASK}?(?:[、{GLUE}]{_PLACES})*?(、)(?=(?:{_PLACES}{GLUE})*{_PLACES}(?:和?{_TAIL})*{MASK}?{_END})"
    ),
    HanPattern(rf"{_EACH}{MASK}?{_TAIL}(?:{GLUE}?{_TAIL})*{MASK}?(?:{GLUE}{_MORE_BODIES})*(、)(?={_MORE_BODIES}{_END})"),
)


class Masked:
    """A text with its atoms hidden, and the way back."""

    def __init__(self, text: str) -> None:
        """Hides numbers first (第1、8条), then outermost brackets, then glued list marks."""
        self._atoms: list[str] = []
        text = "".join(c for c in text.translate(_DROPPED) if not FIRST_MASK <= ord(c) <= FIRST_MASK + 0xFFFD)
        text = _NUMBERS.sub(lambda m: self._hide(m[0]), text)
        text = self._brackets(text)
        for pattern in _GLUED:
            text = _glue(pattern, text)
        before = ""
        while before != text:
            before = text
            for pattern in _PLACE_LISTS:
                text = _glue(pattern, text)
        self.text = text

    def _hide(self, atom: str) -> str:
        self._atoms.append(atom)
        return chr(FIRST_MASK + len(self._atoms) - 1)

    def _brackets(self, text: str) -> str:
        out: list[str] = []
        stack: list[int] = []
        for char in text:
            out.append(char)
            if char in _OPEN:
                stack.append(len(out) - 1)
            elif char in _CLOSE and stack:
                start = stack.pop()
                if not stack:
                    out[start:] = [self._hide("".join(out[start:]))]
        return "".join(out)

    def show(self, text: str) -> str:
        """The text with all atoms back in place."""
        while _MASKS.search(text):
            text = _MASKS.sub(lambda m: self._atoms[ord(m[0]) - FIRST_MASK], text)
        return text.replace(GLUE, "、")

    def atom(self, char: str) -> str:
        """What one hidden character stands for."""
        return self.show(char)


def _glue(pattern: HanPattern, text: str) -> str:
    def swap(match: re.Match[str]) -> str:
        at = match.start(match.re.groups) - match.start()
        return match[0][:at] + GLUE + match[0][at + 1 :]

    return pattern.sub(swap, text)


def measure_numbers(text: str) -> tuple[int, ...]:
    """The numbers in 第1、8条, 第2-4条, 第一、三项, (一)(三); empty where the text is no such list."""
    numbers: list[int] = []
    through = False
    for match in _MEASURE.finditer(text):
        word = match[0]
        if word in "至到~-—–":
            through = True
            continue
        value = number(word)  # 0 for what is no numeral, as 十十
        start = numbers[-1] + 1 if through and numbers and numbers[-1] < value else value
        numbers.extend(range(start, value + 1))
        through = False
    return tuple(dict.fromkeys(numbers))
