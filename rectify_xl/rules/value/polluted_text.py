"""Advertising, links or foreign text in a name.

What it checks:
    The name of a unit, leader or contact holds an advertisement, a web address or foreign text. Hot lines
    (12345), roads (G107), companies and telephone numbers are none.
Why:
    In one published plan five tasks carry a betting site's advertisement where a bureau's name stood:
    text copied from an infected web page goes straight into the ledger.
Wrong:
    市财神娱乐城官网_手机版
Right:
    市商务局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import damage, found_words, raw_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.text import DamageKind
    from rectify_xl.rules import Hit

ZH = """名称中混入广告、网址或外文。

查什么：
    单位、领导、联系人的名称里有广告、网址或无关外文。热线（12345）、道路（G107）、公司名和电话号码不算。
为什么：
    某市公开的方案里，有五项任务的单位名称变成了博彩网站的广告：从被植入广告的网页复制，会直接进入台账。
错例：
    市财神娱乐城官网_手机版
正例：
    市商务局
"""
CODE = "V209"
SEVERITY = Severity.ERROR
FIELDS = fields("contact", roles=("units", "leader"))
UNREADABLE = True
MESSAGE = {
    "zh": "{label}中混入了广告、网址或无关文字（{found}）；请改回真实名称",
    "en": "{label} holds advertising, a link or foreign text ({found}); restore the true name",
}
POLLUTION: frozenset[DamageKind] = frozenset({"advertising", "link"})
# Telephone numbers and mail addresses beside a name are no pollution.
REACHED_AT = LazyPattern(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)\d{7,8}(?!\d)"
)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield names of units and people with text in them that belongs to no name."""
    polluted: dict[str, tuple[str, ...]] = {}  # a unit's name stands in hundreds of rows
    for position, key, text in raw_texts(collection, FIELDS.of(collection.campaign.schema)):
        if text not in polluted:
            polluted[text] = found_words(damage(REACHED_AT.sub(" ", text), POLLUTION, name=True))
        if polluted[text]:
            yield at(position, key, found=polluted[text])
