"""The characters each kind of piece can begin with, so that most of a text is passed over quickly.

Derived from the patterns; ``tests/language/deadline/test_tokens.py`` fails when a pattern outgrows it.
"""

from __future__ import annotations

from typing import Final

FIRST: Final = {
    "block": (
        "(0123456789[“”〇《【〔一七三上不与两九二五今从以优低使八六减分前十占压去参可同和四"
        "回在基头好存完对将工已平年延当往总恢把报持按控提整无时明暂最月服未本比民滞满由百相精缩能自至超较"
        "达过运近连逾长闲降限难零高"
    ),
    "done": "业全均已现",
    "undone": "不仍均尚暂未没目还",
    "cycle": "一三两半双周季按日旬月每逐逢",
    "regular": "定",
    "event": (
        "“三上两中主举交人今会供元党入全农冬冰区县双取召台回备夏学审寒封市年开批投拨换新施明春暑本枯梅正"
        "汛清省督禁离秋立竣端自节试越过进退通采重闭防除雨雷霜验高麦"
    ),
    "after": ("0123456789〇一七三两九二五今会俟假八六农冬十半四土夏审寒工当待手批指政文方明春暑正汛百秋等经腊节规资采雨零项验"),
    "placeholder": "*,-0123456789?X_x×…□△○☐〇一二年某＊",
    "truncated": "年底日月末",
    "date": ("0123456789Q“”〇一七三上下中九二五今儿元八六内初前劳十去同后周四国妇季岁年底建当教明星月末本来植次礼第终翌这零青首"),
    "duration": "0123456789〇一七三两为九二五今八六再利办十半历反四处完工接整时有期未此用百的试限零",
    "immediate": "不即发当日现立第见边随马",
    "long": "一不中久全坚始常持永自贯长驰",
    "result": "持",
    "process": "持",
    "stage": "0123456789一三两二五六分压四第",
    "strong": (
        "下不严中今仍从依分力办努另合后在基处如完实尚尽岁已序建待承择按推整施既日早时暂有期未条根正法火相"
        "短约结落要规视计迅近还进远适长限"
    ),
    "weak": "不分加及抓有稳逐随",
}
