"""What a plan says of itself: title, issuer, number and date, how many tasks it declares, its attachments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.units import is_unit_name
from rectify_xl.plans.numbering import enumerator, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.plans.document import Line

_NUMBER = r"\d{1,4}|[一二三四五六七八九十百]{1,5}"
_DOC_NO = LazyPattern(
    r"^\s*[（(]?(?P<no>[\u4e00-\u9fff]{1,12}\s*[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号)[)）]?\s*$"
)
_DAY = LazyPattern(
    r"^\s*[（(]?(?P<text>(?P<y>(?:19|20)\d\d|[二〇零○Ｏ一二三四五六七八九]{4})\s*年\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)\s*(?:印发|发布|发)?[)）]?\s*$"
)
_KINDS = (
    r"(?:整改(?:实施|工作)?方案|实施方案|工作方案|整改计划|方案|(?:整改)?(?:任务|措施|问题)+(?:整改)?(?:措施)?(?:清单|台账|台帐|分解表?|一览表|汇总表|任务表)"
    r"|清单|台账|任务分解|(?:任务|措施|整改|推进|计划|责任|明细|一览|分解)表|(?:任务|责任)书|(?:整改|督办|交办)(?:通知书?|函|单)|(?:完成)?情况的?公示|公示|公开(?:情况)?(?:\([^()]{1,8}\))?|的报告|通报)"
)
_TITLE_END = LazyPattern(rf"{_KINDS}[”\"]?(?:\([^()]{{1,12}}\))?$")
_ISSUED = LazyPattern(r"关于(?:印发|发布|转发)(?:《(?P<a>[^》]{6,90})》|(?P<b>[^《》]{6,90}?(?:方案|清单|台账|计划|办法)))的通知")
_SENTENCE = LazyPattern(r"[。；;！？]|[:：]$")
_ORGANISATION = LazyPattern(
    r"^(?:中共)?[\u4e00-\u9fff]{2,30}(?:委员会|委|人民政府|政府|办公室|办公厅|管委会|领导小组|指挥部|局|厅|办|县委|市委|区委|省委|党工委|街道办事处|公司|集团)$"
)
_INSPECTOR = LazyPattern(
    r"(?P<who>(?:中央|国家|省委省政府|省委|省级|市委|自治区党委|自治区|省)第[一二三四五六七八九十]{1,2}[^,，。;；\s]{0,16}?(?:督察|巡视|巡察|督导|考核)组)"
)
_PERIOD = LazyPattern(
    r"(?P<text>(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?:至|到|—|-|~)(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日)[,，]?[^。]{0,40}?(?:督察组|巡视组|巡察组|检查组|督导组)"
)
_FEEDBACK = LazyPattern(r"(?P<text>(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日)(?:(?!月\d)[^。;；\n]){0,60}?反馈")
_ATTACHMENT = LazyPattern(r"^\s*附件?\s*(?:[一二三四五六七八九十\d]{0,2})\s*[:：]\s*(?P<title>\S.*)$")
_NAMED = LazyPattern(r"(?P<all>(?:《[^》]{2,80}?(?:清单|任务分解|台账|任务表|分解表)》[、和及与]?)+)\s*[（(](?:详?见|附)")
_BOOK = LazyPattern(r"《([^》]+)》")
_COUNTS = tuple(
    (LazyPattern(pattern), strong)
    for pattern, strong in (
        (rf"整改任务(?:[^。;；\n]{{0,6}}?(?P<aspects>{_NUMBER})个?方面)?[,，]?\s*(?:共|合计|计)?\s*(?P<n>{_NUMBER})项", True),
        (rf"(?P<n>{_NUMBER})项(?:具体)?(?:整改)?(?:任务|措施任务)", True),
        (rf"(?P<aspects>{_NUMBER})个?方面[的]?(?:共)?(?:{_NUMBER}项)?(?P<n>{_NUMBER})个(?:具体)?问题", True),
        (
            (rf"(?:共|合计|梳理出?|归纳(?:整理)?(?:出|为)?|分解(?:为|出)?|反馈(?:的)?|发现(?:的)?|针对(?:反馈的)?|指出[^。;；\n]{{0,8}}?|排查)"
            rf"[^。;；,，\n]{{0,10}}?(?P<n>{_NUMBER})(?:项|个|条)(?:整改|反馈|具体|突出|重点|主要)?(?:问题|任务|隐患|事项|意见)?"
            r"(?=[,，。;；、)）]|$|如下|分解|整改|的|制定|提出|逐|研究|形成|分别|现)"),
            False,
        ),
        (rf"(?:隐患|问题|任务)\s*(?P<n>{_NUMBER})(?:项|个|条)", False),
        (rf"对\s*(?P<n>{_NUMBER})项任务", False),
        (rf"^\s*(?:共|合计|共计)(?:有)?\s*(?P<n>{_NUMBER})[处件](?=[。;；]|$)", False),
    )
)  # fmt: skip
_NOT_COUNTED = LazyPattern(
    r"第[一二三四五六七八九十\d]+[项个条]|信访|举报|群众|典型案例|线索|案件|转办|交办(?:的)?\d|已(?:完成|整改)|强化措施|个方面的?问题|截至|制度"
)
_ASPECTS = LazyPattern(rf"(?P<n>{_NUMBER})个?方面(?:的|存在的)?(?:\S{{0,4}}?)?(?:问题|\d)")
_CATEGORY_COUNT = LazyPattern(rf"[（(](?:共)?(?P<n>{_NUMBER})[项个条][)）]\s*$")
_WEB = LazyPattern(r"^(?:最新|(?:20\d\d)年?最新)")
_NO_TITLE = LazyPattern(
    r"^(?:附[件表录]?|目录)\s*[\d一二三四五六七八九十]{0,2}(?:-\d{1,2})?$|.*[:>|]|^(?:抄送|主送|来源|时间|发布)"
)
_ONE_TASK = LazyPattern(
    rf"第(?P<n>{_NUMBER})[项号个](?:[督巡]察)?(?:反馈)?(?:整改)?(?:任务|问题)|(?:整改任务|反馈问题|整改问题)(?:第|编号)?(?P<m>{_NUMBER})(?![\d年月项个条])"
)
_HEAD = 14
_LONGEST_TITLE_LINE = 60
_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the lines it stands in."""

    text: str
    lines: tuple[int, ...]


def find_doc_no(lines: Sequence[Line]) -> str:
    """The document's own number: on a line of its own near the top; one in a sentence is another document's."""
    for line in [line for line in lines if not line.is_blank][:_HEAD]:
        found = _DOC_NO.match(line.text)
        if found:
            return re.sub(r"\s", "", found["no"])
    return ""


def find_issued(lines: Sequence[Line]) -> tuple[str, str]:
    """(title of the notice, title of what it issues); empty where there is none."""
    shown = [line.text.strip() for line in lines if not line.is_blank][: 2 * _HEAD]
    for at in range(len(shown)):
        for count in range(1, _TITLE_LINES + 1):
            joined = "".join(shown[at : at + count])
            found = _ISSUED.search(joined)
            if found and len(joined) <= 2 * _LONGEST_TITLE_LINE + 20 and joined.endswith("通知"):
                start = joined.index("关于")
                return joined[start:], found["a"] or found["b"]
    return "", ""


def find_title(lines: Sequence[Line], page_title: str) -> str:
    """The plan's title; empty where no line is one."""
    issued = find_issued(lines)[1]
    if issued:
        return issued
    candidates = [title.text for title in _titles(lines)]
    if not candidates:
        return page_title if is_title(page_title) else ""
    plain = [_WEB.sub("", text) for text in candidates]
    most = Counter(plain)
    plans = [text for text in plain if text.endswith("方案")]
    return max(plans or plain, key=lambda text: (most[text] > 1, -plain.index(text)))


def find_list_title(lines: Sequence[Line], title: str) -> str:
    """The title of the list in the plan, where it has one of its own."""
    found = [one.text for one in _titles(lines) if one.text != title and re.search(r"清单|台账|分解|一览表", one.text)]
    return found[-1] if found else ""


def _titles(lines: Sequence[Line]) -> list[Title]:
    """Titles on one line or split over a few: short, without the end of a sentence, ending as titles do."""
    shown = [(at, line.folded.strip(), line.text.strip()) for at, line in enumerate(lines) if not line.is_blank]
    found: list[Title] = []
    skip = -1
    for first, (_, folded, _text) in enumerate(shown):
        if first <= skip or not _may_begin(folded):
            continue
        for count in range(1, _TITLE_LINES + 1):
            part = shown[first : first + count]
            if len(part) < count or any(len(one[1]) > _LONGEST_TITLE_LINE or _SENTENCE.search(one[1]) for one in part):
                break
            if count > 1 and not _may_begin(part[-1][1]):
                break
            joined = "".join(one[2] for one in part)
            if count > 1 and any(" " in one[1] for one in part):
                break
            if is_title("".join(one[1] for one in part)):
                found.append(Title(joined, tuple(one[0] for one in part)))
                skip = first + count - 1
                break
    return found


def _may_begin(folded: str) -> bool:
    no_title = (_ATTACHMENT, _DOC_NO, _DAY, _NO_TITLE)
    return enumerator(folded) is None and not any(pattern.match(folded) for pattern in no_title)


def is_title(folded: str) -> bool:
    """Whether a line ends as titles of plans and lists do."""
    return 6 <= len(folded) <= 100 and bool(_TITLE_END.search(folded)) and not _SENTENCE.search(folded)  # noqa: PLR2004


def find_issue_date(lines: Sequence[Line]) -> tuple[str, str, int]:
    """(ISO date, as written, index of its line) of the first line that is nothing but a day."""
    for at, line in enumerate(lines):
        found = _DAY.match(line.folded)
        if not found:
            continue
        year = found["y"] if found["y"].isdecimal() else _digits(found["y"])
        month, day = number_of(found["m"]), number_of(found["d"])
        if year and month and day and month <= 12 and day <= 31:  # noqa: PLR2004 - months and days
            return f"{year}-{month:02}-{day:02}", re.sub(r"\s", "", found["text"]), at
    return "", "", -1


def _digits(text: str) -> str:
    return "".join(
        str("〇一二三四五六七八九".find(one.replace("零", "〇").replace("○", "〇").replace("Ｏ", "〇"))) for one in text
    )


def is_signature(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the day under a paper, or who signs above it."""
    if _DAY.match(lines[at].folded):
        return True
    below = next((line for line in lines[at + 1 : at + 4] if not line.is_blank), None)
    return below is not None and bool(_DAY.match(below.folded)) and bool(_organisations(lines[at].text.strip()))


def find_issuers(lines: Sequence[Line], day: int) -> tuple[str, ...]:
    """Who issues it: above the notice's title, else above the date at the end of the notice."""
    shown = [(at, line.text.strip()) for at, line in enumerate(lines) if not line.is_blank]
    head: list[str] = []
    for _, text in shown[:_HEAD]:
        if "关于" in text or _SENTENCE.search(text):
            break
        head += _organisations(text)
    if head:
        return tuple(dict.fromkeys(head))
    if day < 0:
        return ()
    signed: list[str] = []
    for at, text in reversed([one for one in shown if one[0] < day]):
        names = _organisations(text)
        if not names or day - at > 2 * _TITLE_LINES:
            break
        signed = names + signed
    if not signed:  # on some papers the issuer stands under the title, above the date
        return ()
    return tuple(dict.fromkeys(signed))


def _organisations(text: str) -> list[str]:
    parts = text.replace("\u3000", " ").split()
    whole = "".join(parts)
    if len(parts) > 1 and all(_ORGANISATION.match(part) for part in parts):
        return parts
    return [whole] if _ORGANISATION.match(whole) and (is_unit_name(whole) or whole.startswith("中共") or len(whole) <= 24) else []  # noqa: PLR2004


def find_attachments(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """(title, index of the line) of what the plan attaches, by the line that lists it or by a sentence that names it."""
    found: list[tuple[str, int]] = []
    for at, line in enumerate(lines):
        listed = _ATTACHMENT.match(line.text)
        if listed:
            number = enumerator(listed["title"])
            title = listed["title"][number.width if number else 0 :].strip().strip("《》")
            found += [(title, at)] if title else []
            continue
        found += [(title, at) for one in _NAMED.finditer(line.text) for title in _BOOK.findall(one["all"])]
    titles: dict[str, int] = {}
    for title, at in found:
        titles.setdefault(title, at)
    return list(titles.items())


def number_in_title(title: str) -> str:
    """The number of the one task that a notice is about: 第十二项整改任务."""
    found = _ONE_TASK.search(title)
    return (found["n"] or found["m"]) if found else ""


@dataclass(frozen=True, slots=True)
class Declared:
    """How many tasks a document says that it has: in which words, at which line."""

    tasks: int | None = None
    aspects: int | None = None
    text: str = ""
    line: int = -1


def find_declared(lines: Sequence[Line]) -> Declared:
    """The declared number of tasks: that of tasks before that of problems."""
    best: Declared | None = None
    strong_found = False
    aspects = None
    for at, line in enumerate(lines):
        folded = line.folded
        for clause in re.finditer(r"[^。;；\n]+[。;；]?", folded):
            text = clause[0]
            if aspects is None and (found := _ASPECTS.search(text)):
                aspects = number_of(found["n"])
            for pattern, strong in _COUNTS:
                found = pattern.search(text)
                if not found or _NOT_COUNTED.search(text[max(0, found.start() - 6) : found.end() + 4]):
                    continue
                count = number_of(found["n"])
                if not count or _in_progress(text, found.start()):
                    continue
                if best is None or (strong and not strong_found):
                    best = Declared(count, None, text.strip(), at)
                    strong_found = strong
                break
    if best is None:
        return Declared(aspects=aspects)
    return Declared(best.tasks, aspects, best.text, best.line)


def _in_progress(text: str, at: int) -> bool:
    """已完成整改23项 counts what was done, 每季度1项 a rate."""
    return bool(re.search(r"已|完成了|每|第$|其中|前$|截至|截止", text[max(0, at - 8) : at + 2]))


def category_count(text: str) -> int | None:
    """The number that a category's heading declares: 责任落实不够(13项)."""
    found = _CATEGORY_COUNT.search(text)
    return number_of(found["n"]) if found else None


def find_inspection(text: str) -> tuple[str, str, str]:
    """(inspection team, its period, day of the feedback), as written."""
    who, period, feedback = (pattern.search(text) for pattern in (_INSPECTOR, _PERIOD, _FEEDBACK))
    return who["who"] if who else "", period["text"] if period else "", feedback["text"] if feedback else ""
