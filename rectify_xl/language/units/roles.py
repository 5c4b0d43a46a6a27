"""Who leads, who cooperates: labels, role words in running text, role words in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import vocabulary as v
from rectify_xl.language.units.brackets import bracket_role, numbers_in
from rectify_xl.language.units.expand import shared_from
from rectify_xl.language.units.mask import FIRST_MASK, MASK, Masked
from rectify_xl.language.units.model import Item, Reading, Role
from rectify_xl.language.units.numbering import read_numbers
from rectify_xl.language.units.places import is_collective
from rectify_xl.language.units.run_together import split_run_together
from rectify_xl.language.units.sections import body_before_colon, says_who_leads, sections, take_asides, without_asides
from rectify_xl.language.units.sentences import is_prose, is_role_noun, is_unit_name, take_lead_note, without_modal
from rectify_xl.language.units.split import is_complete, joint_parts, pieces, split_open_list

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_ROLE = HanPattern(
    rf"{v.ROLE_BEFORE}(?:(?P<lead>{v.LEAD_WORDS}){v.LEAD_AFTER}|(?P<cooperating>{v.COOP_WORDS}){v.COOP_AFTER}|(?P<responsible>{v.RESPONSIBLE_WORDS}){v.RESPONSIBLE_AFTER})"
    rf"(?P<numbers>{MASK}?)"
)
# 会同 is a county too: 会同县 is a verb and a bureau's level only right behind another body.
_WITH = HanPattern(
    r"^并?会同(?!县).|(?<=..)并?会同(?!县).|(?:(?<=.[局委办厅院府部会室])|(?<=[局委办厅院府部会室][要须应]))并?会同(?=县..)."
    r"|(?<=.)(?:联合|协同|商)(?=(?:各|有关|相关|省|市|县|区|州|自治)..)."
)
# At the beginning of a piece, where the cell has already said who leads.
_ANOTHER = HanPattern(rf"^(?:(?!{v.NOT_LEVEL}){v.LEVEL}|各|有关|相关|并?会同)")
_WITH_THEM = HanPattern(r"^并?(?:会同|联合|协同)(?=(?:各|有关|相关|省|市|县|区|州|自治)..).")
_LEADING = HanPattern(
    r"^(?:会议(?:研究)?(?:要求|决定|明确|确定|议定|同意)|由|拟?请|建议|同意|责成|交由|以(?=.+为主)|并由|再由|同时|其中|以及|并且|[和及与](?=[省市县区各有]))+"
)
# 资金保障由市财政局负责: what the unit is responsible for
_MATTER = HanPattern(
    rf"^[^由]{{1,12}}(?<!自)由(?=(?:(?!{v.NOT_LEVEL}){v.LEVEL}|各|有关|相关|属地|[\u4e00-\u9fff]{{2,12}}?{v.BODY_END}))"
)
_HEADER = HanPattern(rf"^({MASK})(?:由|:|中|的)?(?=.)")
_TRAILING_VERBS = HanPattern(rf"^(.{{1,}}?{v.BODY_END}{MASK}*)(?:主要|负责)?{v.VERBS_AFTER}.*$")
_ONLY_VERBS = HanPattern(rf"^{v.ONLY_VERBS}$")
_NO_UNIT = HanPattern(v.NO_UNIT)
_EDGES = " /:.·*★☆▲△●○■□◆◇-—~"
_MARKS = HanPattern(r"[^★☆▲△*#]+")
_OWN_LEVEL = HanPattern(rf"^(?!{v.NOT_LEVEL}){v.LEVEL}")
_OTHER_LABEL = HanPattern(rf"^(?:[AB]角|[\u4e00-\u9fff]{{1,8}})(?:{MASK}|(?<=..)):(?=.)")
_LABEL_OF_ITS_OWN = HanPattern(r"(?:单位|部门|主体):$")
_LONGEST_PIECE = 1000  # prose without a single mark: no list
_MOST_ROLES = 12  # in one piece; keeps hostile input cheap
_LONGEST_REST = 300  # behind a role word; keeps hostile input cheap
_NO_SPACE = HanPattern(r"\s+")


def read_roles(text: str) -> Reading:
    """Reads a text in NFKC into items with roles. Never raises."""
    text, note = take_lead_note(text)
    text, taken = take_asides(read_numbers(text))
    masked = Masked(without_asides(text))
    parts = list(sections(masked.text))
    leads = note is not None or any(says_who_leads(label, masked.show(body)) for label, body in parts)
    reading = Reading(unread=taken)
    for label, body in parts:
        if label == "other":
            reading.unread.append(masked.show(body).strip())
            continue
        role: Role | None = label if label in ("lead", "cooperating") else None  # type: ignore[assignment]
        if label == "duty" and not leads:
            role = "lead"
        _Section(masked, role, reading, leads=leads).read(body)
    if note:
        note.assign_to(reading.items)
    return reading


class _Section:
    """Reads the list behind one label, or a text without labels."""

    def __init__(self, masked: Masked, role: Role | None, reading: Reading, *, leads: bool) -> None:
        self.masked, self.role, self.reading = masked, role, reading
        self.leads = leads  # the cell says somewhere who leads
        self.pending: list[Item] = []
        self.companions = False  # behind 会同
        self.header: tuple[int, ...] = ()
        self.sentence = 0
        self.in_remark = False  # behind a body and a colon

    def read(self, body: str) -> None:
        for self.sentence, sentence in enumerate(body.strip(" \n:;,、。.").split("。")):
            for piece, joined in pieces(sentence):
                self._piece(piece, joined=joined)
        self._close(None)

    def _piece(self, piece: str, *, joined: bool) -> None:
        """Reads one piece between separators; behind a role word another name may follow without any."""
        if len(piece) > _LONGEST_PIECE:
            self._plain(piece, joined=joined)
            return
        if self._remark(piece, joined=joined):
            return
        for _ in range(_MOST_ROLES):
            rest = self._step(self._head(piece), joined=joined)
            if rest is None:
                return
            piece, joined = rest, False
        self._leave(piece)

    def _remark(self, piece: str, *, joined: bool) -> bool:
        """市水利局:李明、王海 names a body, and behind it who or what that is not one."""
        body, rest, section = body_before_colon(piece)
        begun = bool(body) or (joined and self.in_remark)
        self.in_remark = begun and (section or not is_complete(rest)) and not self._find_role(rest)
        if self.in_remark:
            if body:
                self._names(body, joined=joined)
            self._leave(rest)
        return self.in_remark

    def _head(self, piece: str) -> str:
        """The piece without connecting words, a measure header (第2条由…) and labels of no role (市级:)."""
        piece = _LEADING.sub("", piece.strip(" :.·"))
        header = _HEADER.match(piece)
        if header and (numbers := numbers_in(self._atom(header[1]))):
            self._close(None)
            self.header = numbers
            piece = piece[header.end() :]
        for matter in (_OTHER_LABEL, _MATTER):
            if found := matter.match(piece):
                self._leave(found[0])
                if _LABEL_OF_ITS_OWN.search(found[0]):  # 建设单位: says nothing of who leads or cooperates
                    self._close(None)
                    self.role = None
                piece = piece[found.end() :]
        return piece

    def _step(self, piece: str, *, joined: bool) -> str | None:
        """Reads up to the first 会同 or role word; returns what follows it, if that is to be read too."""
        companion = self._companion(piece)
        role = self._find_role(piece)
        if companion and (role is None or companion.start() <= role.start()):
            if companion.start():
                self._plain(without_modal(piece[: companion.start()]), joined=joined)
            self._close("lead" if not self.companions else None)
            self.companions = True
            return piece[companion.end() - 1 :]
        if is_role_noun(piece):
            self._leave(piece)
            return None
        if role is None:
            self._plain(piece, joined=joined)
            return None
        self._names(without_modal(piece[: role.start()]), joined=joined)
        self._close(_group(role), numbers_in(self._atom(role["numbers"])))
        rest = piece[role.end() :]
        if role["responsible"] and not _ANOTHER.match(rest):  # 负责督促各学校落实整改: the schools are its object
            self._leave(rest)
            return None
        if len(rest) < _LONGEST_REST and (is_complete(rest) or _WITH.match(rest) or self._find_role(rest)):
            return rest
        if rest:
            self._leave(rest)
        return None

    def _companion(self, piece: str) -> re.Match[str] | None:
        led = not self.pending and self._is_led()
        return (_WITH_THEM.match(piece) if led else None) or _WITH.search(piece)

    def _is_led(self) -> bool:
        return any(item.role == "lead" for item in (*self.reading.items, *self.pending))

    def _plain(self, piece: str, *, joined: bool) -> None:
        """A piece without a role word: a name, a name with words on what the body does, or no name at all."""
        prose, complete = is_prose(piece), is_complete(piece)
        verbs = _TRAILING_VERBS.match(piece) if prose or not complete else None
        # 市水利局。各单位要高度重视: a sentence behind the list that exhorts everybody names nobody
        exhorts = verbs is not None and self.sentence > 0 and is_collective(self.masked.show(verbs[1]))
        prose = prose or (self.sentence > 0 and not complete)
        no_name = prose and verbs is None and not (complete and _OWN_LEVEL.match(piece))
        if exhorts or no_name or _ONLY_VERBS.match(piece) or _NO_UNIT.search(piece):
            self._leave(piece)
        elif verbs:
            self._leave(piece[verbs.end(1) :])
            self._names(verbs[1], joined=joined)
            self._close(None)
        else:
            self._names(piece, joined=joined)

    def _leave(self, text: str) -> None:
        self.reading.unread.append(self.masked.show(text))

    def _find_role(self, piece: str) -> re.Match[str] | None:
        found = _ROLE.finditer(piece)
        return next((match for match in found if match.start() or self.pending or match.end() == len(piece)), None)

    def _atom(self, char: str) -> str:
        return self.masked.atom(char) if char else ""

    def _names(self, text: str, *, joined: bool) -> None:
        """One piece without running role words: bracket roles, joint words, 等."""
        role_before: Item | None = None
        for part in self._bracket_runs(text):
            if isinstance(part, Item):
                if self.pending and role_before is None and part.fixed and part.text != "(":
                    self._mark(part)
                role_before = part
                continue
            added = self._add(part, joined=joined)
            if role_before is not None and role_before.text == "(":
                for item in added:
                    item.role, item.measures, item.fixed = role_before.role, role_before.measures, role_before.role is not None
            role_before, joined = None, False

    def _bracket_runs(self, text: str) -> Iterator[str | Item]:
        """The piece cut at role brackets; names keep all other brackets. A bracket in front has the text ``(``."""
        name = ""
        for char in text:
            mark = bracket_role(self.masked.atom(char)) if ord(char) >= FIRST_MASK else None
            if mark is None:
                name += char
                continue
            if name:
                yield name
            else:
                mark.text = "("
            name = ""
            yield mark
        if name:
            yield name

    def _mark(self, mark: Item) -> None:
        """A role bracket holds for the name before it, and for those joined to it by 和 or a shared suffix."""
        last = len(self.pending) - 1
        first = last
        while first > 0 and self.pending[first].by_word:
            first -= 1
        first = min(first, shared_from(self.pending, last))
        for item in self.pending[first:]:
            item.measures = mark.measures
        for item in self.pending[self._reach(mark, first) :] if mark.role else ():
            item.role, item.fixed = mark.role, True

    def _reach(self, mark: Item, first: int) -> int:
        """From where a role bracket holds: 共同牵头 for all names before it, 配合 for those behind one that leads."""
        start = first
        while start > 0 and not self.pending[start - 1].fixed:
            start -= 1
        if mark.joined:
            return start
        if mark.role != "cooperating" or mark.measures or self.role is not None:
            return first
        if start < first and self._is_led():
            return start
        group = max((at for at in range(start, first + 1) if not self.pending[at].joined), default=first)
        return group if group > 0 else first

    def _add(self, name: str, *, joined: bool) -> list[Item]:
        added: list[Item] = []
        for part in joint_parts(name):
            halves, open_list = split_open_list(part, len(self.pending) + len(added))
            self.reading.open_list |= open_list
            for number, whole in enumerate(whole for half in halves for whole in split_run_together(half)):
                shown = _NO_SPACE.sub("", self.masked.show(whole))
                text = shown.strip(_EDGES)
                if text and not is_unit_name(text):
                    self.reading.unread.append(text)
                elif text:
                    joined_so = joined or bool(added)
                    added.append(Item(text, joined=joined_so, by_word=bool(added) and number == 0, marks=_MARKS.sub("", shown)))
        self.pending += added
        return added

    def _close(self, role: str | None, measures: tuple[int, ...] = ()) -> None:
        """Gives the names read since the last role word their role."""
        given: Role | None = role if role in ("lead", "cooperating", "responsible") else None  # type: ignore[assignment]
        if self.companions and given in (None, "responsible"):
            given = "cooperating"
        alone = self._answering() if given == "cooperating" else 0
        for at, item in enumerate(self.pending):
            if not item.fixed:
                item.role = (given if at >= alone else None) or self.role
                item.measures = item.measures or measures or (self.header if item.role != "cooperating" else ())
        self.reading.items += self.pending
        self.pending = []
        self.companions = False

    def _answering(self) -> int:
        """How many names do not cooperate although 配合 closes the list: the first in 甲局,乙局配合, where nobody leads."""
        if self.companions or self.reading.items or (self.leads and self.role != "lead"):
            return 0
        return max((at for at, item in enumerate(self.pending) if not item.joined), default=0)


def _group(match: re.Match[str]) -> str | None:
    return next((g for g in ("lead", "cooperating", "responsible") if match[g]), None)
