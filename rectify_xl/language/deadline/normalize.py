"""Normalise a text (width, script, dashes, inner spaces, pinyin noise), keeping the offsets of the original.

Every replacement is one character for one, so only deletions move offsets.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from rectify_xl.language.han_pattern import HanPattern

#: Traditional and simplified character, alternating; only those that the patterns use.
_TRADITIONAL: Final = (
    "並并佈布佔占併并來来係系個个備备傳传僅仅億亿儘尽優优兌兑兒儿內内兩两冊册凈净凍冻則则劃划勁劲動动務务勞劳勢势匯汇區区卽即厤历參参問问啓启啟启單单噁恶噹当嚮向嚴严"
    "囌苏國国園园圓圆埰采執执堅坚報报場场墻墙壓压壞坏夠够奬奖婦妇學学寀采實实寧宁審审寫写將将專专對对導导屆届屢屡層层屬属嵗岁師师幣币幫帮幾几庫库廠厂廣广張张強强彔录"
    "彙汇後后徑径從从復复徵征徹彻恆恒惡恶態态慶庆應应懞蒙懷怀戰战戶户採采換换損损搶抢撥拨擇择擊击擔担據据擬拟擴扩攜携敎教敗败數数斷断於于旣既昇升時时暫暂曆历曏向書书"
    "會会朮术東东査查條条業业極极榮荣構构樓楼標标樣样樹树機机檢检檯台歡欢歲岁歷历歸归殘残毀毁氣气汙污決决沒没況况淨净淩凌減减測测準准溝沟滙汇滯滞滾滚滿满漁渔漸渐潔洁"
    "潛潜澇涝濛蒙濟济為为無无熱热營营燬毁爐炉爭争爲为牆墙獎奖獨独獲获現现環环產产産产甦苏甯宁畢毕當当療疗發发盡尽監监眞真眾众矇蒙確确礎础禮礼種种稱称穀谷積积穩稳穫获"
    "競竞筆笔箇个節节範范簡简簽签籤签糧粮糾纠紀纪約约納纳純纯紙纸級级紮扎細细終终組组結结絡络統统經经綜综綠绿綫线維维綱纲網网緊紧緑绿線线締缔編编緩缓練练緻致縣县縮缩"
    "總总績绩織织繫系繳缴繼继續续纍累罰罚義义習习聯联職职脩修臘腊臨临臺台與与舉举舊旧舘馆華华萬万葯药蓋盖蔘参藝艺藥药蘇苏處处號号衆众術术衕同衛卫補补裝装製制複复覈核"
    "見见規规視视覺觉觀观訂订計计訊讯訓训記记訪访設设許许訴诉註注評评詢询試试該该詳详認认誤误說说説说課课調调請请論论諮咨諾诺謀谋譭毁議议護护讀读變变讓让負负財财貧贫"
    "貨货貫贯責责貴贵買买費费貼贴賃赁資资賓宾賠赔質质賬账購购賽赛趕赶趙赵跡迹踰逾蹟迹蹤踪躍跃車车軌轨軍军軟软較较載载輔辅輕轻輛辆輪轮輸输轉转辦办農农迴回這这連连週周"
    "進进運运過过達达違违遠远適适遲迟遷迁選选遺遗還还邊边郵邮鄉乡鄰邻釋释釐厘針针鈡钟銷销鋪铺錄录錯错録录錶表鍋锅鍼针鍾钟鎭镇鎮镇鐘钟鐵铁鑑鉴鑒鉴長长門门閉闭開开閑闲"
    "閒闲間间閤合閱阅閲阅闊阔關关陞升陰阴陸陆陽阳隊队階阶際际隨随險险隱隐隻只雙双離离難难電电霧雾靈灵靜静鞏巩鞦秋響响頁页項项順顺須须預预頒颁領领頭头題题額额願愿類类"
    "顧顾顯显風风颱台飛飞飯饭養养餘余館馆饋馈馬马馳驰駐驻騰腾驗验驟骤體体髮发鬚须魚鱼鮮鲜鳥鸟麥麦麪面麫面麵面黃黄點点黨党鼕冬齊齐齋斋齡龄齣出龍龙"
)
_DASHES: Final = "—–−―‐‑﹣－～〜~─━"
_ZEROS: Final = "○◯Ο"
_QUOTES: Final = {"「": "“", "」": "”", "『": "“", "』": "”", '"': "”", "＂": "”", "＇": "”", "'": "”"}
_COMPATIBILITY: Final = ((0xFF01, 0xFF5F), (0x2F00, 0x2FD6), (0xF900, 0xFADA))


def _table() -> dict[int, str]:
    """Build the one-to-one map; NFKC only where it keeps the length, so that offsets stay simple."""
    table: dict[int, str] = {}
    for start, stop in _COMPATIBILITY:
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) != code:
                table[code] = plain
    table.update({ord(mark): "-" for mark in _DASHES})
    table.update({ord(mark): "〇" for mark in _ZEROS})
    table.update({ord(mark): plain for mark, plain in _QUOTES.items()})
    table.update({ord(old): new for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)})
    return table


_TABLE: Final = _table()
#: What is dropped: invisible characters, pinyin glosses after a character, and white space unless it
#: separates two Latin words or numbers ("2020-08-31 00:00"); "2 0 2 0 年" is one number.
_DROP: Final = HanPattern(
    r"[\u200b-\u200f\u2060\ufeff\u00ad]+"
    r"|\([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňḿ]{1,7}\)"
    r"|(?<![0-9A-Za-z\s])\s+|\s+(?![0-9A-Za-z\s])|(?<=(?<![0-9])[0-9])\s(?=[0-9](?![0-9]))"
)
#: a line break between two clauses, and not within a word or a date
_NEW_CLAUSE: Final = HanPattern(
    r"(?<=完成|到位|完工|开工|启动|动工|开展|结束|坚持|推进|销号|验收|运行|印发|清零|达标|见效|竣工|建成|方案|工程|任务|整改|整治|编制|长期)\n"
    r"(?=\s*(?:(?:19|20)[0-9]{2}[年./-]|[0-9]{1,2}月|[0-9]{1,2}[、.](?![0-9])|[一二三四五六七八九十]{1,3}[月季期、]"
    r"|[今明次翌本]年|年[底内]|预计|力争|剩余|其余))"
    r"|(?<=[年月日底末前内旬度])\n(?=\s*(?:19|20)[0-9]{2}[年./-])"
    r"|(?<=[底末前])\n(?=\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?!初))"
)
#: Of boxes to tick, what was not: ☑立行立改□长期坚持. An empty box without a ticked one is a blank in a form.
_TICKED: Final = frozenset("☑√✓✔■☒")
_NOT_TICKED: Final = HanPattern("[□☐][^□☐☑√✓✔■☒\n;。]*")
_GLOSS: Final = HanPattern(r"\([a-zà-öø-ÿ\u0100-\u01ff\u1e3f]")
_SPACES: Final = HanPattern(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]")
#: any character that the map replaces or that may be dropped, or begin what is dropped
_ODD: Final = HanPattern(rf"[({''.join(map(chr, _TABLE))}壹贰叁肆伍陆柒捌玖拾\s\u200b-\u200f\u2060\ufeff\u00ad]")
#: A year with figures that are words (二〇二五, 2O25); later ones see figures only.
_YEAR_IN_WORDS: Final = HanPattern("[12一二](?<![0-9.].)(?![0-9]{3})[089八九〇零Oo][0-9Oo〇零一二三四五六七八九]{2}(?![0-9])")
#: The number of an item before a date that has its year: 1.2026年5月底前 is no figure with places.
_ITEM_NUMBER: Final = HanPattern(
    r"(?<![0-9./-])([0-9]{1,2})\.(?=\s*(?:(?:19|20)[0-9]{2}(?:年|[./-][0-9])|[一二][〇零O九][〇零O一二三四五六七八九]{2}年))"
)
#: 2026年Ⅲ季度
_ROMAN_QUARTER: Final = HanPattern("[ⅠⅡⅢⅣ](?=季)")
_ROMAN: Final = str.maketrans("ⅠⅡⅢⅣ", "一二三四")
_FIGURES: Final = str.maketrans("〇零Oo一二三四五六七八九", "0000123456789")


#: figures as on a cheque (贰零贰伍年陆月叁拾日); elsewhere 陆 and 伍 are words
_FORMAL: Final = HanPattern("[壹贰叁肆伍陆柒捌玖拾零〇]+(?=[年月日号])")
_PLAIN_FIGURES: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")


class Normal(NamedTuple):
    """Normalised text; ``offsets`` maps each of its characters to the original (``None``: the same)."""

    text: str
    offsets: tuple[int, ...] | None

    def place(self, index: int) -> int:
        """Map a place of the normal text to the original text."""
        return index if self.offsets is None else self.offsets[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open span of the normal text to the original text."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalize(text: str) -> Normal:
    """Normalise ``text``, remembering where every character came from."""
    if not _ODD.search(text):
        return Normal(_years_in_figures(_without_unticked(text)), None)
    plain = _FORMAL.sub(lambda figures: figures[0].translate(_PLAIN_FIGURES), text.translate(_TABLE))
    plain = _without_unticked(plain)
    if "\n" in plain:
        plain = _NEW_CLAUSE.sub(",", plain)
    if not (_SPACES.search(plain) or _GLOSS.search(plain)):
        return Normal(_years_in_figures(plain), None)
    keep: list[int] = []
    last = 0
    for match in _DROP.finditer(plain):
        keep.extend(range(last, match.start()))
        last = match.end()
    keep.extend(range(last, len(plain)))
    return Normal(_years_in_figures("".join([plain[index] for index in keep])), tuple(keep))


def _without_unticked(text: str) -> str:
    """Commas in place of the options that were not ticked, so that no offset moves."""
    if ("□" not in text and "☐" not in text) or _TICKED.isdisjoint(text):
        return text
    return _NOT_TICKED.sub(lambda option: "," * len(option[0]), text)


def _years_in_figures(text: str) -> str:
    if "." in text:
        text = _ITEM_NUMBER.sub(r"\1、", text)
    if "季" in text:
        text = _ROMAN_QUARTER.sub(lambda figure: figure[0].translate(_ROMAN), text)
    return _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_FIGURES), text)
