"""The characters each kind of piece can begin with, so that most of a text is passed over quickly.

Derived from the patterns; ``tests/language/deadline/test_tokens.py`` fails when a pattern outgrows it.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = {
    "block_marked": "([《【〔民",
    "block_compared": "不与以优低占参同和回在基好对恢按比相超较达高",
    "block_years": "1234“”一三上下二今从以前十去同四年当往明月本第自",
    "block_counts": (
        "0123456789“”〇一七三不两九二五从优使八六减前十卅压四头存工已平延廿总持控提最服未满由百精缩至超达过运近连逾长闲降零"
    ),
    "block_words": "一不以分原可基大完对将总把报整无时暂未滞能长限难",
    "done": "业全均已现",
    "undone": "不仍均尚暂未没目还",
    "cycle": "一三两半双周季按日旬月每逐逢",
    "regular": "定",
    "event": (
        "“三上两中主举交人今会供元党入全农冬冰区县双取召台回备夏学审寒封市年开批投拨换播新施明春暑本枯栽梅植正汛清省督禁离秋立"
        "竣端自节补试越过进退通造采重闭防除雨雷霜验高麦"
    ),
    "after": (
        "0123456789〇一七三与两中丰主九二五今会供俟假元八六农冬冰十卅半取台同和四国土夏审寒工廿当待手批指政文方"
        "明春暑枯正汛清百禁秋端等经腊节规资采防随雨零项验"
    ),
    "placeholder": "*,-0123456789?X_x×…□△○☐〇一二年某＊",
    "truncated": "年底日月末",
    "date": ("0123456789Q“”〇一七三上下中九二五今儿元全八六前劳十卅去同后周四国妇季岁年建廿当教明星月本来植次礼第翌这零青首"),
    "duration": ("0123456789〇一七三不两为九二五今八六再利办十卅半历反四处完工廿接整时最有期未此用百的试限零"),
    "immediate": "不即发当日现立第见边随马",
    "long": "一不中久全坚始常持永自贯长驰",
    "result": "持",
    "process": "持",
    "stage": "0123456789一三两二五六分压四第",
    "strong": (
        "下不严中今仍从依分力办努另合后在基处如完实尚尽岁已序建待承择按推整施既日早时暂有期未条根正法火相短约结落要规视计"
        "迅近还进远适长限"
    ),
    "weak": "不分加及抓有稳逐随",
    "unread": "0123456789〇一七三九二五八六四零",
}
