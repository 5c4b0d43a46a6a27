"""Sections of a cell: labels and headings before a list (牵头单位:, 【配合】), and brackets that continue the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders.names import is_name, name_and_post
from rectify_xl.language.leaders.vocabulary import SHORT_POST
from rectify_xl.language.units import vocabulary as v
from rectify_xl.language.units.mask import MASK
from rectify_xl.language.units.split import is_complete

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_LABEL = HanPattern(
    rf"(?:(?<=[\s、,;。/])|^){v.LABEL_BEFORE}(?:(?P<lead>{v.LABEL_LEAD})|(?P<cooperating>{v.LABEL_COOP})|(?P<duty>{v.LABEL_RESPONSIBLE})|(?P<neutral>{v.LABEL_NEUTRAL}))"
    rf"{v.LABEL_AFTER}(?:{v.LABEL_NOUN}{MASK}?\s*(?:(?:为|是)?\s*:|为|是|\s+|(?=[\u4e00-\u9fff]{{2}}))|{v.LABEL_PLACES}?\s*:)"
    rf"|(?P<other>{v.OTHER_LABEL})"
)

# 【牵头】甲局、乙局【配合】丙局: headings rather than brackets, where the cell begins with one
_HEADING = HanPattern(r"[【〔]((?:牵头|配合|责任|主办|协办|参与)(?:责任)?)(?:单位|部门)?[】〕](?=[\u4e00-\u9fff])")
# (牵头单位)甲局;(配合单位)乙局、丙局: the same in brackets that say 单位
_BRACKET_HEADING = HanPattern(
    r"(?:^|(?<=[;。\n]))\s*[(]((?:牵头|配合|责任|主办|协办|参与)(?:责任)?)(?:单位|部门)[)]\s*(?=[\u4e00-\u9fff])"
)
_CONTACT = HanPattern(
    r"[(\[【〔](?:[\d\s—-]{6,}(?=[)\]】〕])|[\u4e00-\u9fff]{2,4}[,、:\s]*(?:电话|手机)?[:\s]*(?=1\d{10}|0\d{2,3}-?\d{7}|\d{7,8}(?!\d))|联系人|联络员|联系电话|电话|手机|(?:第一|直接|具体|主要|整改)?责任(?:人|领导)"
    r"|(?:主要|分管|具体)?负责人|(?:分管|包抓|包保|牵头|主要)领导|副?组长单位|成员单位|[A-Z]类|(?:主体|属地|行业|监管|直接|领导|综合|业务|技术)+(?:责任|监管|管理|主管|指导|支撑)"
    r"|\d{4}年[^()]{0,12}(?:前|底|末|完成)|\d{1,2}月[^()]{0,4}(?:前|底|完成)|[\u4e00-\u9fff]{2}(?:保障|审批|指导|支持|监督|协调|督促)(?=[)\]】〕])|以下[简统]?称|简称|(?:整改|责任|实施)主体|(?:主要|次要|全部)责任(?=[)\]】〕])|(?:主体|属地|行业|监管|综合|业务|兜底)(?=[)\]】〕])|排名不分先后|下同|(?:以[上下]|)(?:均|)按照?(?:各自)?(?:职责|职能|分工))"
    r"[^()\[\]【】〔〕]*[)\]】〕]"
)
# 县住建局 桑以宁, 县住建局(桑以宁), 县住建局-桑以宁, 县住建局局长桑岚: a person beside the body;
# a place of three characters ends otherwise
_PERSON = HanPattern(
    rf"(?<={v.LAST_OF_BODY})(?:[(\[【〔](?P<inside>[\u4e00-\u9fff]{{3}})[)\]】〕]"
    rf"|(?:(?P<posted>{SHORT_POST}[\u4e00-\u9fff]{{2,3}})|\s*[—–-]+\s*(?P<dashed>[\u4e00-\u9fff]{{2,3}}))(?=\s*(?:$|[;,。、\n]))"
    r"|(?:\s+|\s*/\s*)(?P<name>[\u4e00-\u9fff]{2,3}(?<![屯庄湾河桥店沟坪岭坡塘滩口寨垭港闸堰矿场路巷]))(?=\s*(?:$|[;,。\n]|\+?\d{3})))"
)
# 县水利局2026年11月底前、县住建局12月10日前完成: until when, behind each body
_DAY = HanPattern(
    rf"(?<={v.LAST_OF_BODY})\s*[:于在]?(?:(?:20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}[日号]|[底末]|[上中下]旬|份|)|(?:20\d\d|[今明])?年(?:[底末内]|[上下]半年|第?[一二三四]季度[底末]?))"
    r"(?:之前|以前|前|)(?:完成|整改到位|办结)?(?:整改)?(?=\s*(?:$|[;,。、\n]))"
)
# 县水利局(李海)、县住建局(桑岚): two characters in brackets are people where the cell has several such
_SHORT_PEOPLE = HanPattern(rf"(?<={v.LAST_OF_BODY})[(\[【〔]([\u4e00-\u9fff]{{2}})[)\]】〕]")
# 县住建局(局长桑岚), 县住建局(桑以宁、骆闻笙): several people, or one with a post
_PEOPLE = HanPattern(rf"(?<={v.LAST_OF_BODY})[(\[【〔](?P<inside>[\u4e00-\u9fff、,;\s]{{4,40}})[)\]】〕]")
_PEOPLE_MARK = HanPattern(r"[、,;\s]+")
_POST_AND_NAME = HanPattern(rf"^{SHORT_POST}([\u4e00-\u9fff]{{2,4}})$")
# 甲局、乙局(甲局牵头), 甲局、乙局,由甲局牵头,其他单位配合: one of the list is named again as its lead
_NAMED_AGAIN = HanPattern(
    r"(?P<open>[(\[【〔]|[,;。])(?:由|以)?(?:(?P<label>牵头(?:单位|部门)?:))?(?P<name>[\u4e00-\u9fff]{2,20}?)"
    r"(?(label)|(?:作?为|是|负责)?(?:总?牵头|主办)(?:单位|部门|负责|协调|抓总)?)"
    r"(?P<others>[、,;]其[他余它](?:各?(?:单位|部门))?(?:负责|予以)?(?:配合|协助|协办))?[)\]】〕]?[。;.]*$"
)
_LABEL_OF_BODY = HanPattern(rf"^((?!第)[\u4e00-\u9fff]{{2,16}}{v.LAST_OF_BODY}{MASK}*):(?=.)")
_OWN_SECTION = HanPattern(r"^(?![省市县区])[\u4e00-\u9fff]{1,8}[科股室]$")
_TOPIC = HanPattern(v.TOPIC_START)
_ANY_ROLE = HanPattern(r"牵头|配合|主办|协办|参与|协助|责任单位|负责")
_PROSE_LEAD = HanPattern(r"牵头|主办(?!单位)|主责(?!单位)")
_EDGES = " \n:;,、。."
_NOBODY = v.NOTHING - v.UNDECIDED
_LONG_NAME = 3
_TAIL = 60  # characters at the end of a cell in which a unit can be named again
# Brackets that go on with the list: 县水利局(会同县财政局), 县水利局牵头(县财政局配合)
_ASIDE_WITH = HanPattern(r"[(\[【〔]((?:会同|联合|协同)[^()\[\]【】〔〕]{2,})[)\]】〕]")
_ASIDE = HanPattern(rf"[(\[【〔]([^()\[\]【】〔〕]+{v.BODY_END}(?:负责)?(?:配合|协助|协办|参与))[)\]】〕]")
# 甲局:牵头;乙局—配合: the mark stands for nothing
_LABEL_WORDS = (
    r"(?:^|(?<=[,;、。\s]))(?:[市县区省]级)?(?:牵头|主责|主办|责任|配合|协办|协同|参与|落实|实施)(?:责任)?(?:单位|部门)"
)
# 牵头单位(市水利局), 配合单位——市财政局: labels without a colon
_LABELLED_BRACKET = HanPattern(rf"({_LABEL_WORDS})\s*[(\[【〔]((?:[^()\[\]【】〔〕]|[(][^()]*[)]){{3,}})[)\]】〕](?!\s*:)")
# 牵头(市水利局),配合(市财政局): the same without 单位
_ROLE_BRACKET = HanPattern(
    r"(?:^|(?<=[,;、。\s]))(牵头|主办|配合|协办)\s*[(\[【〔]((?:[^()\[\]【】〔〕]|[(][^()]*[)]){3,})[)\]】〕](?!\s*:)"
)
# 牵头市水利局;配合市财政局: the words head the two lists
_BARE_ROLES = HanPattern(r"牵头([省市县区州各][^:;,。\n]{2,})[;,。\n]\s*配合([省市县区州各][^:;,。\n]{2,})[。;]?")
# 责任单位(牵头):市水利局: the bracket says of what role
_LABEL_OF_ROLE = HanPattern(r"(?:责任|整改|承办)?(?:单位|部门)\s*[(](牵头|主办|主责|配合|协办)(?:单位|部门)?[)]\s*:")
_LABELLED_DASH = HanPattern(
    rf"({_LABEL_WORDS}|(?:^|(?<=[,;。\s]))(?:牵头|责任|配合|主办|协办|协助|参与))\s*[—–\-→]+\s*(?=[\u4e00-\u9fff])"
)
_MARKED_ROLE = HanPattern(
    r"(?<=[\u4e00-\u9fff)])\s*[:\-—–→=]+\s*(?=(?:牵头|配合|参与|协助|负责|落实)(?:单位|部门)?\s*(?:$|[;,。、\n])"
    r"|(?:牵头|配合|负责)(?!单位|部门|人|领导|同志))"
)


def with_lead_marked(text: str) -> str:
    """The text with (牵头) behind the unit of a list that the end of the text names again as its lead."""
    tail = max(0, len(text) - _TAIL)
    role = max(text.rfind("牵头", tail), text.rfind("主办", tail))
    mark = max(text.rfind(sign, 0, role) for sign in "([【〔,;。") if role > 0 else -1
    # most cells are told here: what follows the mark stands nowhere before it
    if mark < 0 or (mark + 1 < role and text.find(text[mark + 2 : mark + 4], 0, mark) < 0):
        return text
    again = _NAMED_AGAIN.search(text, tail)
    if not again or (again["label"] and again["open"][0] not in "([【〔"):
        return text
    listed = text[: again.start()]
    if _ANY_ROLE.search(listed):
        return text
    units = [unit for unit in _PEOPLE_MARK.split(listed) if unit]
    found = [unit for unit in units if unit == again["name"] or (unit[1:] == again["name"] and unit[0] in "省市县区州")]
    if len(units) == 1 or len(found) != 1:
        return text
    if again["others"]:
        return f"{found[0]}牵头,{'、'.join(unit for unit in units if unit != found[0])}配合"
    at = listed.find(found[0]) + len(found[0])
    return f"{listed[:at]}(牵头){listed[at:]}"


def take_asides(text: str) -> tuple[str, list[str]]:
    """The text without what stands beside the bodies and names none (whom to call, what an office watches over), and that."""
    taken = _CONTACT.findall(text)
    text = _CONTACT.sub("", text)
    if "月" in text or "年" in text:
        taken += _DAY.findall(text)
        text = _DAY.sub("", text)
    if any(sign in text for sign in "([【〔"):
        short = _SHORT_PEOPLE.findall(text)
        if len(short) > 1 and all(_is_person(name) and not _TOPIC.match(name) for name in short):
            taken += short
            text = _SHORT_PEOPLE.sub("", text)
        for beside in reversed([match for match in _PEOPLE.finditer(text) if _are_people(match["inside"])]):
            text = text[: beside.start()] + text[beside.end() :]
            taken.append(beside[0])
    people = [(match, person) for match in _PERSON.finditer(text) if (person := _person(match))]
    # two characters may be a place, unless a post or a dash stands before them, or the cell names people beside its other bodies
    if not any(match["posted"] or match["dashed"] or len(person) == _LONG_NAME for match, person in people):
        return text, taken
    for match, _ in reversed(people):
        text = text[: match.start()] + text[match.end() :]
    return text, [*taken, *(person for _, person in people)]


def _person(match: re.Match[str]) -> str:
    """Who stands beside a body; nothing where it is nobody."""
    found: str = match["inside"] or match["name"] or match["dashed"] or match["posted"]
    post = _POST_AND_NAME.match(found) if match["posted"] else None
    return found if _is_person(post[1] if post else found) else ""


def _are_people(inside: str) -> bool:
    parts = [part for part in _PEOPLE_MARK.split(inside) if part]
    posted = [_POST_AND_NAME.match(part) for part in parts]
    return all(
        is_name(post[1]) if post else bool(name_and_post(part)) or (len(part) == _LONG_NAME and _is_person(part))
        for part, post in zip(parts, posted, strict=True)
    )


def _is_person(name: str) -> bool:
    return is_name(name) and not is_complete(name)


def without_asides(text: str) -> str:
    """The text with the brackets opened that go on with the list or head it, without marks before roles."""
    if text.startswith("牵头") and (bare := _BARE_ROLES.fullmatch(text)):
        text = f"牵头单位:{bare[1]}\n配合单位:{bare[2]}"
    text = _ROLE_BRACKET.sub(r"\n\1单位:\2\n", _LABEL_OF_ROLE.sub(r"\1单位:", text))
    text = _LABELLED_BRACKET.sub(r"\n\1:\2\n", _LABELLED_DASH.sub(r"\1:", _MARKED_ROLE.sub("", text)))
    if _HEADING.match(text.strip()):
        text = _HEADING.sub(r"\n\1单位:", text)
    if _BRACKET_HEADING.match(text):
        text = _BRACKET_HEADING.sub(r"\n\1单位:", text)
    return _ASIDE.sub(r",\1,", _ASIDE_WITH.sub(r"\1,", text))


def says_who_leads(label: str | None, body: str) -> bool:
    """Whether a section names who leads; 牵头单位:/ names nobody."""
    return (label == "lead" and body.strip(_EDGES) not in _NOBODY) or bool(_PROSE_LEAD.search(body))


def sections(text: str) -> Iterator[tuple[str | None, str]]:
    """(label group or None, the text up to the next label)."""
    at, label = 0, None
    for match in _LABEL.finditer(text):
        if text[at : match.start()].strip() or label:
            yield label, text[at : match.start()]
        at, label = match.end(), match.lastgroup
    yield label, text[at:]


def body_before_colon(piece: str) -> tuple[str, str, bool]:
    """The body that a colon stands behind (市水利局:李明), "" without one; what stands behind that, and whether it is a section.

    县住建局:建管股 names the bureau and no unit beside it.
    """
    found = _LABEL_OF_BODY.match(piece)
    body, rest = (found[1], piece[found.end() :]) if found else ("", piece)
    return body, rest, bool(_OWN_SECTION.match(rest)) and not _OWN_SECTION.match(body)
