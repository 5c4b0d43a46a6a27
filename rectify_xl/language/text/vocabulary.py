"""Language tables for finding damage: no logic here."""

from __future__ import annotations

# Characters outside GB2312 that OpenCC would change although today's standard (通用规范汉字表, 2013)
# keeps them for names; only a text that is Traditional throughout gets them converted.
NAME_CHARACTERS = frozenset("昇陞甦邨氾甯祕迺於麴頫缐喆堃淼犇龑钜脩昺晟祎徵噁剋")

# Mandarin syllables without tone, as a pattern: initial + final, then the ones without an initial.
PINYIN_SYLLABLE = (
    r"(?:(?:[bpmf]|[dtnl]|[gkh]|[jqx]|[zcs]h?|r|y|w)"
    r"(?:i?a(?:ng?|o|i)?|i?e(?:ng?|i)?|i(?:ng?|ong|u)?|o(?:ng?|u)?|u(?:a(?:ng?|i)?|o|i|n|e)?|ü(?:an|e|n)?|v(?:an|e|n)?)"
    r"|a(?:ng?|o|i)?|e(?:ng?|i|r)?|ou?|n|m|ng)"
)

# Latin-1 / CP1252 characters that bytes 0x80-0xFF turn into.
HIGH_LATIN = "\u0080-\u00ffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"

# What UTF-8 read as GBK is made of; two of them together occur in no real text.
GBK_MOJIBAKE = "锛銆鈥鐨鏄鍦鍒鏁浜涓鍚闄鎬鏈鍙鐩鏂鍏鎻閮绠鐢鑰娴婊缁"

# Numbers that are part of public bodies' names: hot lines, emergency calls, offices.
KNOWN_NUMBERS = (
    r"(?<!\d)(?:1[012]\d|610|9[56]\d{3}|12\d{3}|[GSX]\d{1,4}|\d{1,3})(?!\d)|(?<!\d)(?:19|20)\d\d(?=\s*(?:年|[./-]\d{1,2}))"
)

# Upper-case abbreviations are known forms (5G, PPP, CBD, TCL) unless they are one of these.
AD_LATIN = r"(?i:app|vip|bet\w*|cam|apk|ios|android|www|casino|slot\w*)"

STRONG_AD_WORDS = (
    "投注", "博彩", "赌", "娱乐城", "娱乐平台", "娱乐场", "真人娱乐", "真人荷官", "棋牌", "下载", "浏览器", "官方版",
    "手机版", "安卓版",
    "体育在线", "在线体育", "返利", "代开发票", "无抵押", "老虎机", "百家乐", "足球比分", "时时彩", "北京赛车", "六合彩",
    "约炮", "成人视频", "外挂", "私服", "打不开", "加微信", "加V",
)  # fmt: skip
WEAK_AD_WORDS = (
    "官网",
    "网址",
    "官方",
    "手机",
    "免费",
    "客服",
    "注册",
    "登录",
    "平台",
    "网站",
    "游戏",
    "导航",
    "入口",
    "在线",
    "彩票",
    "充值",
    "提现",
)
# Bodies whose true names hold one of the words above.
NOT_AD = r"(?:体育|福利)彩票|反?赌博|禁赌|政府网站|网络游戏|(?:融资|投融资|城投|服务|监管|交易)平台"
