"""The tokenizer: a leader cell as names, posts and ends of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders import vocabulary as t
from rectify_xl.language.leaders.marks import BLANK, ONE_LIST, SPACED, WITHIN_NAME
from rectify_xl.language.leaders.names import is_name, is_stranger, joined_words
from rectify_xl.language.leaders.words import LONGEST, POST, POST_END, ROLE_NOUN, Token, read_word

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_LABELS = HanPattern(rf"{t.FIELD_LABEL}|{t.GROUP_LABEL}")
_GROUP = HanPattern(t.GROUP_PROSE)
_NUMBERED = HanPattern(
    r"(?:(?<=^)|(?<=[\s;,。)]))(?:\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s*"
)
# (1)林岚(2)苏晴: behind a cell that begins so, every such number parts
_COUNTED_LIST = HanPattern(r"^\s*\([1一]\)")
_ANY_NUMBER = HanPattern(r"\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)\s*(?=[\u4e00-\u9fff])")
# ★林岚, 林岚☆: marks that a note below the table explains; * stands for a character of a name
_FOOTNOTE = HanPattern(
    r"(?:^|(?<=[\s;,。、]))[★☆▲△●#]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]{2})[★☆▲△#]+(?=\s*(?:$|[;,。、\n]))"
)
_MAIL = HanPattern(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,40}@[A-Za-z0-9.-]{1,40}")
#: 副局长(空缺), 副县长 待定, 局长空缺: a post that nobody holds
_NOBODY = r"(?:暂?(?:空缺|缺位|未明确|未配备|未任命)|待(?:定|任命|配备|明确|补缺|补充))"
_VACANT = HanPattern(rf"[(\[【〔]\s*{_NOBODY}\s*[)\]】〕]|(?<=[长记任员\s]){_NOBODY}(?=$|[\s;,。、])")
#: 林知远 网格员:苏晚晴: the post heads the name behind it
_HEADED = HanPattern(rf"(?<=[\u4e00-\u9fff)])[^\S\n]+([\u4e00-\u9fff]{{0,8}}{t.POST_END})\s*:\s*(?=[\u4e00-\u9fff]{{2}})")
_PHONE = HanPattern(r"(?:(?:联系|办公|移动|值班|固定)?(?:电话|手机|座机|方式|号码)号?码?)?[::]?\s*" + t.TELEPHONE)
# what stands before its own value, which says itself whether it is a name or a post
_OWN_LABEL = HanPattern(r"(?:^|\n\s*(?=职|行政)|(?<=[\s;,。、(]))(?:姓\s*名|职\s*务|职\s*称|行政职务)\s*:\s*")
# 分管水利, 主持工作: what somebody is in charge of; 分管副县长 and 分管水利的副县长 are posts
_IN_CHARGE = r"(?:协助)?(?:分管|主管|协管|主持)(?![^(),、;]*(?:[长记任理员人]|领导|同志)[、,;)\]】〕])"
# (女,壮族), (兼), (已调离), (正县级) and (牵头) are no posts
_PRIVATE = HanPattern(
    r"[(\[【〔](?:(?:男|女|[\u4e00-\u9fff]{1,6}族|(?:中共)?党员|兼任?|代理?|挂职|[正副][省部厅局地县处科乡股]级"
    r"|已?(?:调离|调走|调任|离任|离职|退休|免职|卸任)|病休|请假|借调|援[藏疆青]|产假|病假|出差|学习|(?:联系|对接)(?:处室|科室|单位|方式)[^()]{0,20}|接任|接替[^()]{2,4}|原任|现任|新任|自?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|到任|任职))[,、;\s]*)+[)\]】〕]"
    rf"|[(\[【〔]{_IN_CHARGE}[^()]{{1,30}}[)\]】〕]"
)
# (女,副市长), (副局长,分管水利): what is private, or what somebody is in charge of, beside the post
_PRIVATE_ITEM = HanPattern(
    r"(?<=[(\[【〔,、;])(?:男|女|[\u4e00-\u9fff]{1,6}族|(?:中共)?党员)[,、;]|[,、;](?:男|女|[\u4e00-\u9fff]{1,6}族|(?:中共)?党员)(?=[)\]】〕])"
    rf"|(?<=[(\[【〔]){_IN_CHARGE}(?:[^(),、;]{{1,20}}(?<![长记任理员人])[,、;])+(?=[^()]*(?:[长记任理员人]|领导)[)\]】〕])"
    rf"|(?<=[\u4e00-\u9fff])[,、;]{_IN_CHARGE}[^()]{{1,20}}(?=[)\]】〕])"
)
_DUTY = HanPattern(
    r"^(?:总?牵头|配合|协助|协同|参与|具体负责|负责|主抓|包抓|[AB][角岗]|主责|负?总责|(?:直接|具体|主要|领导|第一|全面)责任|主|协)(?:领导|负责)?$"
)
# 成立工作专班: nobody yet
_FOUNDING = HanPattern(r"^(?:成立|组建|设立)[\u4e00-\u9fff]*(?:组|专班|机构|指挥部|委员会)$")
_DUTY_ONLY = HanPattern(rf"^{t.DUTY_ONLY}$")
# 负责第1、2项, (第1-3项): which measures a leader answers for
_KIND = r"(?:措施|任务|问题|事项)"
_COUNT = r"[\d一二三四五六七八九十]+"
_ITEM = rf"(?:第|{_KIND})\s*{_COUNT}(?:[、,和及至到~\-—–第]+{_COUNT})*\s*(?:[项条款点个号]{_KIND}?)?"
_ITEMS = HanPattern(
    rf"[(\[【〔](?:(?:负责|牵头|配合)*{_ITEM}[,、;]?)+[)\]】〕]|(?<=负责){_ITEM}|(?<=[\u4e00-\u9fff]:){_ITEM}"
    rf"|(?<=[\u4e00-\u9fff])[(\[【〔]{_COUNT}(?:[、,和及至到~\-—–第]+{_COUNT})*[项条款](?:{_KIND})?[)\]】〕]"
)
_LATIN_NAME = HanPattern(
    rf"(?<![A-Za-z]){t.LATIN_WORD}(?:[^\S\n]{{1,3}}(?:{t.LATIN_WORD}|[A-Z]\.?|de|van|von|bin|al)){{1,3}}(?![A-Za-z])"
)
# 组 长:, 成 员: with blanks inside
_SPREAD_LABEL = HanPattern(r"(?:副\s*)?(?:组\s+长|成\s+员|召\s*集\s+人|责\s*任\s+人)(?=\s*:)")
# the list of units beside the leaders
_UNITS = HanPattern(r"(?:^|(?<=[\s;,。、]))(?:牵头|责任|配合|主责|整改)+(?:单位|部门|科室)\s*:[^;。\s]*")
_CLAUSE = HanPattern(r"([;。\n])|(,)")
_BRACKET = HanPattern(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")

# 西坪镇:林岚: whose person it is; behind a name the body is read as what stands in its brackets
_BODY_END = r"(?:局|委|办|厅|院|处|中心|公司|镇|乡|街道|村|社区|县|区|市|旗|场|厂)"
_BODY_LABEL = HanPattern(
    rf"(?:^|(?<=[\s;,。、]))([\u4e00-\u9fff]{{1,12}}{_BODY_END}) ?: ?([\u4e00-\u9fff]{{2,4}})"
    rf"(?=\s*(?:$|[;,。、\n])|\s[\u4e00-\u9fff]{{1,12}}{_BODY_END} ?:)"
)
# 县水利局(林岚): the same the other way round
_BODY_BRACKET = HanPattern(
    rf"(?:^|(?<=[\s;,。、]))([\u4e00-\u9fff]{{1,12}}{_BODY_END})\(([\u4e00-\u9fff]{{2,3}})\)(?=\s*(?:$|[;,。、\n]))"
)
# most cells are told here
_BODY_OPENS = HanPattern(r"[局委办厅院处心司镇乡道村区县市旗场厂]\([\u4e00-\u9fff]{2,3}\)")
# 西坪镇:镇长林岚: 西坪镇 is no name
_PLACE_LABEL = HanPattern(r"(?:^|(?<=[\s;,。、]))([\u4e00-\u9fff]{2}[镇乡村]) ?: ?(?=副?[镇乡村]长|党委|党组|村?支部|村委)")
# 西坪镇 林岚: the same with a blank between them; 村 ends given names as well
_PLACE_FIRST = HanPattern(
    r"(?:^|(?<=[;,。、\n]))([\u4e00-\u9fff]{2}[镇乡])[^\S\n]+([\u4e00-\u9fff]{2,3})(?=[^\S\n]*(?:$|[;,。、\n]))"
)
_PLACE = HanPattern(r"^[\u4e00-\u9fff]{2}[镇乡村]$")
_DASH = HanPattern(r"(?<=[\u4e00-\u9fff])\s*[:\-—–]+\s*(?=[\u4e00-\u9fffA-Z])")
_CLASS_BRACKET = HanPattern(r"(?<=[省市县区州镇乡街道])[(\[]([县市区州盟旗镇乡街道园场、]+)[)\]]|(?<=党)[(\[]工[)\]](?=委)")
_PLAIN_NAME = HanPattern(r"^[\u4e00-\u9fff]{2,6}$")
_LONG_NAME = HanPattern(r"^(?![各省市县区州盟旗镇乡村]|[有相]关|分管|主要|经济|高新|.*[党委政群团社部网])[\u4e00-\u9fff]{4,6}$")
_OWN_POST = HanPattern(r"^副?[省市县区州盟旗镇乡](?:长|[委党]|人民政府|政府)|^(?:苏木|嘎查)")
_ORGANISATION = HanPattern(r"[省市县区州局委办厅院部府会室处队组镇乡村]$")
# What else a person of two characters belongs to: 检验科 王芳, 一车间 李明.
_SMALLER_BODY = HanPattern(r".[科股站所厂]$|(?:车间|公司|集团|中心|街道)$")
_NAME_AND_POST = 2
_DOTTED = HanPattern(r"[·•・]")
# 县 水 利 局 局 长 刘 强: blanks between all characters of a line part nothing
_SPREAD = HanPattern(r"(?m)^[^\S\n]*[\u4e00-\u9fff](?:[^\S\n]+[\u4e00-\u9fff]){4,}[^\S\n]*$")
_NO_BLANK = HanPattern(r"\s+")
_WIDE = HanPattern(r"[^\S\n]{2,}")
_NAME_FIRST = HanPattern(rf"^([\u4e00-\u9fff]{{2,3}}?)(副?[省市县区州镇乡村].*{t.POST_END})$")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in NFKC."""
    text = _SPREAD.sub(lambda m: _closed_up(m[0].strip()), text)
    text = _LATIN_NAME.sub(lambda m: _NO_BLANK.sub(BLANK, m[0]), _SPREAD_LABEL.sub(lambda m: _NO_BLANK.sub("", m[0]), text))
    text = _ITEMS.sub("", _UNITS.sub("\n", _FOOTNOTE.sub("", text)))
    if _COUNTED_LIST.match(text):
        text = _ANY_NUMBER.sub(";", text)
    text = _PRIVATE.sub(" ", _PRIVATE_ITEM.sub("", _PHONE.sub(" ", _NUMBERED.sub(" ", _OWN_LABEL.sub(" ", text)))))
    text = _VACANT.sub(";", text)
    if "@" in text:
        text = _MAIL.sub(" ", text)
    if ":" in text:
        text = _HEADED.sub(r"\n\1 ", _LABELS.sub("\n", text))
        text = _PLACE_LABEL.sub(r"\1", _BODY_LABEL.sub(_body_behind, text))
    text = _PLACE_FIRST.sub(_body_behind, text)
    if _BODY_OPENS.search(text):
        text = _BODY_BRACKET.sub(_body_behind, text)
    text = _DASH.sub(" ", text)
    text = _BRACKET.sub(lambda m: m[0].translate(ONE_LIST), _CLASS_BRACKET.sub(lambda m: m[0].translate(WITHIN_NAME), text))
    at = 0
    for match in [*_CLAUSE.finditer(text), None]:
        clause = text[at : match.start()] if match else text[at:]
        yield from _clause(clause)
        if match:
            yield Token("end", "hard" if match[1] else "soft")
            at = match.end()


def _is_duty(post: str) -> bool:
    """Whether what stands in brackets says what a leader does here (牵头, 直接责任人), and not what he or she is."""
    return bool(_DUTY.match(post) or ROLE_NOUN.match(post))


def _body_behind(match: re.Match[str]) -> str:
    person = is_name(match[2]) and (not is_name(match[1]) or _PLACE.match(match[1]))
    return f"{match[2]}({match[1]})" if person else match[0]


def _closed_up(line: str) -> str:
    """A spread line without its blanks; with the blank between name and post, where the name comes first."""
    if _WIDE.search(line) and (parts := _WIDE.split(line)) and all(" " in part.strip() for part in parts):
        return " ".join(_NO_BLANK.sub("", part) for part in parts)
    closed = _NO_BLANK.sub("", line)
    if len(closed) > LONGEST or not POST_END.search(closed):
        return line  # names only: 林 岚 苏 晴
    if any(token.kind == "name" for token in read_word(closed, listed=False)):
        return closed
    name_first = _NAME_FIRST.match(closed)
    return f"{name_first[1]} {name_first[2]}" if name_first and is_name(name_first[1]) else closed


def _clause(clause: str) -> Iterator[Token]:
    at = 0
    for match in _GROUP.finditer(clause):
        yield from _words(clause[at : match.start()])
        yield Token("group")
        at = match.end()
    yield from _words(clause[at:])


def _words(text: str) -> Iterator[Token]:
    """Tokens of one clause; a bracket belongs to what stands before it."""
    at = 0
    for match in _BRACKET.finditer(text):
        head = list(_list(text[at : match.start()]))
        inside = list(_list(match[1]))
        if head and head[-1].kind == "name" and len(inside) == 1 and _PLACE.match(inside[0].text):
            inside = [Token("post", inside[0].text)]  # 林岚(东坪镇) is no second person
        at = match.end()
        posts = tuple(token.text for token in inside if token.kind == "post" and not _is_duty(token.text))
        names = [token for token in inside if token.kind == "name"]
        if head and head[-1].kind == "name" and head[-1].posts and all(map(ROLE_NOUN.match, posts)):
            yield from head
        elif head and head[-1].kind == "name" and posts and not names:
            yield from head[:-1]
            yield Token("name", head[-1].text, head[-1].listed, (*head[-1].posts, *posts))
        elif head and head[-1].kind == "post" and names:
            yield from head
            yield from inside
            yield Token("end", "hard")
        else:
            yield from head
    yield from _list(text[at:])


def _list(text: str) -> Iterator[Token]:
    words, listed = joined_words(text.strip(" :.,"))
    if _body_first(words, listed):  # 县水务局 林知远 局长
        words[:3], listed[:2] = [words[1], words[0] + words[2]], listed[:1]
    carried, behind_post = "", False
    for word, after_mark, following in zip(words, listed, [*words, ""][1:], strict=True):
        if ROLE_NOUN.match(word) and is_name(following.removeprefix(SPACED)):  # 分管领导 沈知远 责任人 陆清和
            yield Token("end", "hard")
            continue
        if not after_mark and is_stranger(carried, word) and not is_name(following):
            yield Token("name", carried)
            carried = ""
        if not after_mark and _is_member(carried, word, following):
            yield from (Token("post", carried), Token("name", word.removeprefix(SPACED)))
            carried, behind_post = "", False
            continue
        whole = f"{carried.removeprefix(SPACED)}{after_mark if carried else ''}{word}"
        found = list(read_word(whole, listed=bool(after_mark)))
        if not found and (behind_post or (_LONG_NAME.match(whole) and _OWN_POST.match(following))):
            # a name without a known surname: 县长 阿依努尔, 阿依努尔 县长
            found = (
                [Token("name", word, bool(after_mark))]
                if _PLAIN_NAME.match(word) and not _ORGANISATION.search(word) and not _DUTY_ONLY.match(word)
                else []
            )
        if not found and len(whole) > LONGEST:
            found = [Token("post", whole, generic=True)]
        if found:
            yield from found
            carried, behind_post = "", found[-1].kind == "post"
        else:  # an organisation whose post follows: 某县 人民政府县长, 各县区党委、政府主要负责同志
            carried = whole
    if carried and not carried.startswith("的") and not _DUTY_ONLY.match(carried) and not _FOUNDING.match(carried):
        yield Token("post", carried, generic=True)


def _is_member(body: str, word: str, following: str) -> bool:
    """Whether a name of two characters, or with a dot, behind a body is its person (县财政局 钱岚), and no part of its name."""
    name = word.removeprefix(SPACED)
    if (len(name) != _NAME_AND_POST and not _DOTTED.search(name)) or not is_name(name) or _ORGANISATION.search(name):
        return False
    return _is_body(body) and (not following or _is_body(following) or is_name(following.removeprefix(SPACED)))


def _body_first(words: list[str], listed: list[str]) -> bool:
    """Whether a body stands before a name and the post behind it."""
    if len(words) <= _NAME_AND_POST or listed[1] or listed[2] or POST.match(words[0]):
        return False
    return bool(_is_body(words[0]) and is_name(words[1].removeprefix(SPACED)) and POST.match(words[2]))


def _is_body(word: str) -> bool:
    return bool(_ORGANISATION.search(word) or _SMALLER_BODY.search(word))
