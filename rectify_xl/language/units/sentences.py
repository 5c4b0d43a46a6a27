"""Tell names from the prose around them: numbers, role nouns, sentences behind a list, notes on who leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import vocabulary as v

if TYPE_CHECKING:
    from rectify_xl.language.units.model import Item

#: 2, 1-3, 措施2, 第一项, 无: what stands where a name belongs and is none
_NO_NAME = HanPattern(
    r"(?:措施|任务|问题|事项|序号|编号|第|No\.?)*[\d\W_一二三四五六七八九十]*(?:[条项款点号个](?:措施|任务|问题|事项)?)?"
    r"|(?i:n/?a|none|null|nil|tbd)|无|暂无|没有|不涉及|待定|不适用|同上|见上|略|/|详?见附[件表][\d一二三四五六七八九十]*"
    rf"|{v.LABEL_BEFORE}(?:牵头|责任|配合|主办|协办|承办|协助|参与|实施|督导|验收|主责)(?:责任)?(?:单位|部门)"
    r"|(?:各(?:项目|任务|事项|问题|措施|专项|片区|领域)*)?(?:牵头|主办|主责)(?:验收|实施|责任)*(?:单位|部门)"
    r"|(?:共|涉及|[及和]?其[他余它])?[\d一二两三四五六七八九十百几多余]+[个家](?:责任|相关|有关|成员)?(?:单位|部门|[县市区]+|乡镇|镇街|[镇乡村]|街道|企业|社区)"
)
_ROLE_NOUN = HanPattern(
    r"^(?:各(?:项目|任务|事项|问题|措施|专项|片区|领域)*的?)?(?:牵头|主办|主责)(?:验收|实施|责任)*(?:单位|部门)(?:(?:具体)?(?:负责|落实|实施|配合))?$"
)
_OBJECT = HanPattern(
    r"(?:组织|督促|指导|协调|督导)(?=各|有关|相关|属地)"
    r"|并?(?:具体|共同)?负责(?=督促|督导|指导|监督|协调|做好|抓好|推[动进]|制定|统筹|审核|跟踪|对|将|开展|落实(?=..))"
    r"|督促|做好|抓好"
)
#: words of a sentence that no name of a body holds
_PROSE = HanPattern(
    r"加强|加大|加快|确保|高度重视|认真|切实|及时|严格|严肃|抓紧|尽快|按程序|按规定|按照?要求|完成后|整改完成|发现问题|抓好|不得|必须"
    r"|应当|务必|健全|进一步|定期|逐项|逐一|报送|上报|予以|举一反三|防止|杜绝|避免|对照|结合实际|存在的?问题|负有|明确|开展[^、,]{0,8}(?:排查|检查|整治|行动)$"
    r"|^(?:于|在|至|到)?(?:[0-9]{4}年|[0-9]{1,2}月|[0-9一二两三四五六七八九十半]+个?(?:工作日|月|天|日|周|年)(?:之?内|前|底)|年[底内]|本[月周年]|月底)"
    r"|^(?:营造|形成|压实|强化|提升|提高|巩固|建立|完善|坚持|做到|限期|按[期时质]|不[留走折搞]|齐抓共管|共同推[进动]|推动|促进|同时|此外)"
    r"|(?:氛围|合力|实效|成效|到位|见效|完成|整改)$"
    r"|^经.{0,8}(?:研究|决定|同意|批准|审议|讨论|协商)$|^会议(?:要求|决定|明确|指出|强调|议定|确定)"
    r"|^(?:要|应(?!急)|须|需|请|若|如|因|由于|对于|并(?!州))"
)
#: 各县区要 before 配合: the subject of a sentence with its modal verb
_MODAL = HanPattern(rf"(?<={v.MODAL_SUBJECT_END})(?:均?要|均?应当?|均?须|必须|均?需|也要|均|都|分别|一并)$")
_FIRST = (
    r"(?:(?:第一|首)(?:个|家|位|名)?(?:责任)?(?:单位|部门)?|(?:排名|排列|排序|位列|排|列|居|位)(?:在|于)?(?:第一|首)(?:位|个|名|家)?"
    r"|首列)的?(?:责任)?(?:单位|部门)?"
)
_LEADS = HanPattern(
    rf"[(\[【〔]?(?:注:|备注:|其中)?,?(?:{_FIRST}(?:即?为|是|作为)(?:总)?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)?"
    r"|(?:牵头|主办|主责)(?:责任)?(?:单位|部门)(?:排名?|列|位列|居)(?:在|于)?(?:首位|第一位?|最前)"
    r"|(?:带|标|加|注)?(?P<mark>[★☆▲△*#])号?(?:的|者)?(?:单位|部门)?(?:为|是)牵头(?:责任)?(?:单位|部门)?)"
    r"(?:[,;、]?其[余他它]的?(?:单位|部门)?(?:均|都)?(?:为|是|作为)(?P<rest>配合|协助|参与|协办|责任)(?:责任)?(?:单位|部门)?)?[)\]】〕]?[。;]?"
)

#: 甲局、乙局(牵头单位为甲局)
_LEADS_BY_NAME = HanPattern(
    r"[(\[【〔](?:其中,?)?(?:牵头|主办|主责)(?:责任)?(?:单位|部门)(?:为|是)(?P<name>[^()\[\]【】〔〕、,;。:]{3,20})[)\]】〕]"
)


class LeadNote(NamedTuple):
    """A note on who leads: the first unit, those with a ``mark``, or a ``name``; the others cooperate where the note says so."""

    mark: str
    others_cooperate: bool
    name: str = ""

    def assign_to(self, items: list[Item]) -> None:
        """Give the items the roles that the note assigns, where the list itself names no lead."""
        if any(item.role == "lead" for item in items):
            return
        for at, item in enumerate(items):
            if self._means(item, at):
                item.role = "lead"
            elif self.others_cooperate:
                item.role = "cooperating"

    def _means(self, item: Item, at: int) -> bool:
        if self.name:
            return item.text == self.name
        return self.mark in item.marks if self.mark else at == 0


def is_unit_name(text: str) -> bool:
    """Whether a text without its brackets can be the name of a body at all."""
    return not _NO_NAME.fullmatch(text)


def is_prose(piece: str) -> bool:
    """Whether a piece is part of a sentence instead of a name."""
    return bool(_PROSE.search(piece))


def is_role_noun(piece: str) -> bool:
    """Whether a piece names a role instead of a body (各项目牵头单位, 牵头验收单位), or bodies as an object (组织各乡镇开展)."""
    return bool(_ROLE_NOUN.match(piece) or _OBJECT.match(piece))


def without_modal(name: str) -> str:
    """The subject of a sentence without its modal verb: 各县区 of 各县区要."""
    return _MODAL.sub("", name)


def take_lead_note(text: str) -> tuple[str, LeadNote | None]:
    """The text without a note such as 第一责任单位为牵头单位, and that note."""
    if named := _LEADS_BY_NAME.search(text):
        return text[: named.start()] + text[named.end() :], LeadNote("", others_cooperate=False, name=named["name"])
    match = _LEADS.search(text)
    if match is None:
        return text, None
    note = LeadNote(match["mark"] or "", match["rest"] not in (None, "责任"))
    mark = "" if text[match.end() :].lstrip().startswith(":") else ";"
    return text[: match.start()] + mark + text[match.end() :], note
