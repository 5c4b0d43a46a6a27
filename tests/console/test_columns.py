from __future__ import annotations

import pytest

from rectify_xl.console.columns import joined_lines, wrapped


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("种子写在表里。\n    同一个种子", "种子写在表里。同一个种子"),
        ("文件夹中\n  以编号开头", "文件夹中以编号开头"),
        ("校验（validate）、\nrectify-xl", "校验（validate）、rectify-xl"),
        ("请用 rectify-xl\n  summarize 记入", "请用 rectify-xl summarize 记入"),
        ("写进\ncampaign.yaml\n的 calendar", "写进 campaign.yaml 的 calendar"),
        ("one line\n  and another", "one line and another"),
    ],
)
def test_lines_of_the_source_go_on_as_their_language_does(text: str, joined: str) -> None:
    assert joined_lines(text) == joined
    assert wrapped(text, 200) == [joined]
