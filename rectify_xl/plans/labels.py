"""Labels of fields in running text: 整改目标:, 【牵头单位】, 三、整改措施 with the value below."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.numbering import Enumerator, enumerator, number_of
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.plans.document import Line

Field = Literal[
    "number", "category", "problem", "target", "measures", "leaders", "lead", "cooperating", "responsible", "acceptance",
    "deadline", "other",
]  # fmt: skip
# How a label stands: before a colon, in brackets, alone on its line, in a table's cell beside its value, before a blank.
Form = Literal["colon", "bracket", "alone", "cell", "blank"]
UNIT_FIELDS = frozenset({"lead", "cooperating", "responsible"})
# Fields whose value is one line, unless the line says that it goes on.
SHORT = frozenset({"number", "category", "acceptance", "deadline", "leaders"}) | UNIT_FIELDS

_SCHEMA_FIELDS: dict[str, Field] = {
    "task_id": "number", "category": "category", "problem": "problem", "target": "target", "measures": "measures",
    "leader": "leaders", "lead_unit": "responsible", "coop_units": "cooperating", "acceptance_unit": "acceptance",
    "deadline": "deadline",
}  # fmt: skip
# What a plan or a notice has beside the fields of a list: it ends the field before it.
_DATA = Path(__file__).with_name("labels.csv")  # beside the headings of lists; - for what labels nothing in running text
# An unknown label by its last words; the first that matches.
_BY_END: tuple[tuple[LazyPattern, Field], ...] = tuple(
    (LazyPattern(pattern), cast("Field", field))
    for pattern, field in (
        (r"^(?:整改|完成)时间安排$", "deadline"),
        (r"^(?:安全|问题|主要|存在|具体|重大|一般)?隐患(?:内容|描述|情况|问题|表现|名称|概况)$", "problem"),
        (r"(?:情况|结论|效果|成效|结果|进展|进度|公示时间|公示期限?|销号时间|打算|安排|计划|电话|地址|邮箱)$", "other"),
        (
            r"(?:销号|验收|考核|核查).{0,2}(?:标准|条件|方式|要求|程序|材料)$|(?:资金|经费|投资).{0,2}(?:来源|保障|额度|估算|筹措)$",
            "other",
        ),
        (r"^(?:整改|治理|所需|投入|落实|专项){1,2}(?:资金|经费|预案)$|^(?:应急|安全|防范).{0,4}(?:预案|防范措施)$", "other"),
        (r"^(?:牵头)?.{0,4}验收(?:责任|牵头|销号|主体)?(?:单位|部门)$", "acceptance"),
        (
            r"^(?:牵头|整改|责任|[省市县区]级?)?(?:督[导办查]|监[督管]|指导|报送|填报|公示|编制|发布|印发).{0,4}(?:单位|部门|领导)$",
            "other",
        ),
        (r"(?:配合|协[办助同作]|参与|协同配合).{0,4}(?:单位|部门|[科处股]室)$", "cooperating"),
        (r"^(?:.{0,6}牵头|主办|主责|.{0,4}主管).{0,4}(?:单位|部门|[科处股]室)$", "lead"),
        (r"(?:责任|整改|实施|落实|承办|主体).{0,4}(?:单位|部门|主体|[科处股]室)$", "responsible"),
        (r"(?:整改|完成|办结|治理|任务|落实|销号).{0,3}(?:时限|期限|时间|节点|时限要求)$", "deadline"),
        (
            r"(?:责任|牵头|包[抓保案联挂]|分管|挂[帅钩点联]|联系|[省市县区镇]级?).{0,4}(?:领导|责任人)(?:同志)?$|^(?:整改|治理|落实|直接|隐患|主体)?.{0,2}责任人$",
            "leaders",
        ),
        (r"(?:整改|整治|治理|工作|具体|重点|主要).{0,3}(?:措施|举措)$", "measures"),
        (r"(?:整改|整治|治理|工作|任务).{0,2}目标$|^(?:整改|工作|任务)?目标(?:要求|任务|成效)$|^整改要求$", "target"),
        (
            r"^(?:(?:督察|巡察|巡视|审计|检查|考核|反馈|反映|存在|交办|移交|移送|披露|通报|点名|查摆|暴露|发现|具体|整改|突出|主要).{0,6})问题(?:描述|内容|情况|清单)?$|^问题(?:表述|表现|简述|概述|事项|摘要)$",
            "problem",
        ),
    )
)
_LEAD = LazyPattern(r"牵头|主办|主责")
_BLANKS = LazyPattern(r"\s+")
_AND = LazyPattern(r"(?<=..)[及和与](?=..)")
_NUMBERED_MEASURE = LazyPattern(r"^(?:整改|整治|治理|具体|工作)?(?:措施|举措)(?:[一二三四五六七八九十]{1,2}|\d{1,2})$")
# A cell with the number of the problem beside it.
_NUMBERED_PROBLEM = LazyPattern(r"^(?:问题|隐患|事项)(?:[一二三四五六七八九十]{1,3}|\d{1,2})$")
# 县级责任单位：甲局 乡镇责任单位：乙镇: of which level a label speaks.
_OF_LEVEL = r"(?:(?:[省市县区州][级直]|乡镇|镇级|行业|属地)(?=责任|牵头|配合|主责|整改|包))?"
# 责任单位：县供销社整改时限：立行立改, where a copy has lost what parted them.
_BEHIND_UNIT = r"(?<=[局委办厅院府司社])(?=(?:整改|完成)(?:时限|期限)|责任(?:领导|人)|配合单位|验收单位)"
_HAS_UNIT_BEFORE = LazyPattern(rf".{{2}}{_BEHIND_UNIT}")
# A sentence of the preface may begin so; the problem of a task does where a number stands before it.
_SAID = LazyPattern(r"^(?:督[察导查]|巡[察视]|反馈|审计|检查|考核|暗访|通报|报告|意见|专项|组){1,4}(?:指出|发现|反映)$")
_MEASURED_IN = LazyPattern(r"\s*(?:[十百千万亿]*(?:元|亩|吨|公里|千米|平方米|个|人|户|项|家)|公顷|%|[a-zA-Z/]+)\s*(?:[、/,]|$)")
# Marks that set the labels of a task apart: ●整改目标, ▌任务编号; blocks, shapes and dingbats, of which ❶ to ➓ are numbers.
_BULLETS = r"[\s※•·*\-\u2500-\u2775\u2794-\u27bf\u2b00-\u2bff\ue000-\uf8ff]*"
_AT_START = LazyPattern(
    rf"{_BULLETS}(?:(?:【(?P<b>[\u4e00-\u9fff 、]{{2,20}})】|[\[〖「『〈<](?P<e>[\u4e00-\u9fff ]{{2,20}})[\]〗」』〉>]|"
    r"\((?P<r>[\u4e00-\u9fff ]{4,10})\)(?=\s*\S))\s*:?|"
    r"(?P<c>[\u4e00-\u9fff][\u4e00-\u9fff ]{0,30}?\d{0,2})\s*(?:\((?P<n>[^():]{1,12})\))?\s*(?P<sep>:|$))\s*"
)
_BEFORE_BLANK = LazyPattern(rf"{_BULLETS}(?P<c>[\u4e00-\u9fff]{{4,10}})(?:[ ]{{1,8}}|。)(?=\S)")
_ENOUGH_BLANK = 6
_LONGEST = 14
# Words that label something beside a value in a table, and nothing before a colon.
_IN_CELLS: dict[str, Field] = {
    "类别": "category",
    "问题类别": "category",
    "序": "number",
    "领导": "leaders",
    "工作措施": "measures",
}
_HOSTS = frozenset({"主办单位", "承办单位", "协办单位", "主管单位", "主办", "承办"})
_SITE = LazyPattern(r"网站标识码|ICP备|公网安备|版权所有|技术支持|网站地图")
_AS_FOLLOWS = "如下"
_LEAST_INSIDE = 3
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a document.

    Attributes:
        line: the index of its line.
        start: where it begins there, with a number that stands before it.
        value: where its value begins there.
        field: what it is a label of.
        label: the label without blanks.
        form: how it stands.
        number: the number before it.
    """

    line: int
    start: int
    value: int
    field: Field
    label: str
    form: Form
    number: Enumerator | None = None

    @property
    def key(self) -> str:
        """What a task has once: units by their role."""
        return self.field


@lru_cache(maxsize=1)
def known_labels() -> dict[str, Field]:
    """Every label by its words: the headings of lists, and those that only notices have."""
    schema = load_schema("task_list")
    found: dict[str, Field] = {}
    for one in reversed(schema.fields):  # what the office owns wins over what units report
        kind = _SCHEMA_FIELDS.get(one.key, "other")
        for words in (one.label["zh"], *one.aliases):
            found[words] = "lead" if kind == "responsible" and _LEAD.search(words) else kind
    with _DATA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["label"]] = cast("Field", row["field"])
    return {words: field for words, field in found.items() if field != _NOTHING}


@lru_cache(maxsize=4096)
def field_of(label: str, *, sure: bool = True) -> Field | None:
    """What a text labels; one that no list knows goes by its last words where ``sure`` is false."""
    words = _BLANKS.sub("", label)
    known = known_labels().get(words)
    if known or sure or not 3 <= len(words) <= _LONGEST:  # noqa: PLR2004 - shorter words label too much
        return known
    of_both = known_labels().get(_AND.split(words, maxsplit=1)[0])
    if of_both and of_both not in ("other", "category"):  # 整改措施及办法, 牵头单位及责任人
        return of_both
    if _NUMBERED_MEASURE.search(words):
        return "measures"
    return next((field for pattern, field in _BY_END if pattern.search(words)), None)


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    """Labels within a line: behind the end of a sentence or in brackets, those of days and people behind a unit as well."""
    usable = sorted((words for words in known_labels() if len(words) >= _LEAST_INSIDE), key=len, reverse=True)
    return re.compile(
        rf"(?:(?:(?<=[;。,!\s】)])|{_BEHIND_UNIT})(?P<c>{_OF_LEVEL}(?:{'|'.join(usable)}))\s*:|【(?P<b>[\u4e00-\u9fff]{{2,12}})】\s*:?)\s*"
    )


def hits_in(at: int, line: Line) -> Iterator[Hit]:
    """The labels of a line, from left to right; ``at`` is its index."""
    folded = line.folded
    first = _first(at, line, folded)
    begin = 0
    if first:
        yield first
        begin = first.value
        if first.form in ("alone", "cell"):
            return
    depth = counted = 0
    for match in _inside().finditer(folded, begin):
        words = match["c"] or match["b"]
        field = field_of(words) or field_of(words, sure=False)
        # (责任单位:甲;配合单位:乙) behind a measure is that measure's own.
        depth += folded.count("(", counted, match.start()) - folded.count(")", counted, match.start())
        counted = match.start()
        is_said = folded[match.start() - 1] == "," and (
            (first is not None and first.field == "other") or not folded[match.end() :].strip()  # 针对两个问题,整改措施如下:
        )
        if field and depth <= 0 and not is_said:
            yield Hit(at, match.start(), match.end(), field, words, "bracket" if match["b"] else "colon")


def _first(at: int, line: Line, folded: str) -> Hit | None:
    number = enumerator(folded)
    begins = [0] if number is None else [number.width, 0]
    for begin in begins:
        found = _AT_START.match(folded, begin)
        if not found:
            continue
        words = _BLANKS.sub("", found["b"] or found["e"] or found["r"] or found["c"])
        in_brackets = bool(found["b"] or found["e"] or found["r"])
        alone = found.end() == len(folded) and found["sep"] != ":" and not in_brackets
        if found["n"] and ((alone and not line.in_cell) or (number and not begin and number_of(found["n"]))):
            continue  # 问题（一）： is a number with its word, 整改时限（完成时间）： a label
        if line.is_label and number and alone and _NUMBERED_PROBLEM.match(words):
            return Hit(at, 0, found.end(), "problem", "问题", "cell", number)
        field = field_of(words, sure=bool(found["r"]) or (alone and not line.in_cell))
        if field is None and line.in_cell:
            field = _IN_CELLS.get(words) or ("other" if line.is_label and alone else None)
        if field is None and found["sep"] == ":":
            field = _by_what_stands_around(words, begin, folded[found.end() :])
        if field is None or (found["sep"] == ":" and _HAS_UNIT_BEFORE.search(words)):
            continue
        if found["n"] and number_of(found["n"]):  # 整改措施（一） and 整改措施（二） are two labels
            words += found["n"]
        form: Form = "bracket" if in_brackets else "cell" if line.in_cell and alone else "alone" if alone else "colon"
        return Hit(at, 0, found.end(), field, words, form, number if begin else None)
    spaced = None if "\t" in line.text else _BEFORE_BLANK.match(folded, begins[0])
    field = field_of(spaced["c"]) if spaced else None
    if spaced and field:
        return Hit(at, 0, spaced.end(), field, spaced["c"], "blank", number)
    return None


def _by_what_stands_around(words: str, begin: int, value: str) -> Field | None:
    """A label that is none elsewhere: 反馈意见指出： behind a number, 单位： before no measure as in 单位：万元."""
    if begin and _SAID.search(words):
        return "problem"
    return "responsible" if words == "单位" and value.strip() and not _MEASURED_IN.match(value) else None


def _without_imprint(lines: list[Line], hits: list[Hit]) -> list[Hit]:
    """The labels, those below a page that say who runs it as of no field: 主办单位：甲市政府 承办单位：市大数据局."""
    hosts = Counter(hit.label for hit in hits if hit.label in _HOSTS)
    if not hosts:
        return hits
    others = [at for at, hit in enumerate(hits) if hit.field in UNIT_FIELDS and hit.label not in _HOSTS]
    alone = max(hosts.values()) == 1 and len(others) > 1

    def is_imprint(at: int, hit: Hit) -> bool:
        if hit.label not in _HOSTS:
            return False
        near = lines[max(0, hit.line - 2) : hit.line + 4]
        return (alone and at > others[-1]) or any(_SITE.search(line.text) for line in near)

    return [replace(hit, field="other") if is_imprint(at, hit) else hit for at, hit in enumerate(hits)]


def all_hits(lines: list[Line]) -> list[Hit]:
    """Every label of a document that stands as most labels of its field do.

    A heading of the body that equals a label, as (三)整改目标, is none where the label has a colon elsewhere.
    """
    found = _without_imprint(lines, [hit for at, line in enumerate(lines) if not line.is_blank for hit in hits_in(at, line)])
    # 整改措施如下: above all tasks of which each has its 整改措施:
    others = {hit.field for hit in found if not hit.label.endswith(_AS_FOLLOWS)}
    found = [hit for hit in found if not (hit.label.endswith(_AS_FOLLOWS) and hit.field in others)]
    blank = [hit for hit in found if hit.form == "blank"]
    if len(blank) < _ENOUGH_BLANK or 2 * len(blank) < len(found):  # a word at the beginning of a sentence
        found = [hit for hit in found if hit.form != "blank"]
    firm = [hit for hit in found if hit.form != "alone"]
    with_colon = {hit.field for hit in firm}
    fields = with_colon - {"other", "number", "category"}
    many = 3
    return [
        hit for hit in found if hit.form != "alone" or (hit.field not in with_colon and (len(fields) < many or not hit.number))
    ]
