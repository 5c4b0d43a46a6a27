"""A meeting record that a clerk pasted whole into one cell."""

from __future__ import annotations

from itertools import count

_SPEAKERS = ("环湖派出所", "城南派出所", "治安管理大队", "莲汀分局", "柏渚分局", "警务指挥中心")
_MATTERS = (
    "汇报了夜间噪声警情的数量、分布和处置时长，说明重复报警集中在沿湖餐饮和露天演出两类场所",
    "反映监测屏供电线路需要破路施工，请求帮助协调占道手续，争取月底前通电调试",
    "介绍了与社区联合走访的做法，提出把经营者书面承诺张贴在店门口接受监督",
    "建议对多次劝告无效的场所统一裁量尺度，由法制部门出具一份处罚参考",
    "核对了上次会议议定事项的落实情况，未办结的两项明确了责任民警和完成日期",
)


def long_minutes(length: int) -> str:
    """Minutes of exactly ``length`` characters."""
    text = "噪声扰民专项整治调度会议记录。"
    for number in count(1):
        if len(text) >= length:
            return text[:length]
        speaker, matter = _SPEAKERS[number % len(_SPEAKERS)], _MATTERS[number % len(_MATTERS)]
        text += f"第{number}项，{speaker}{matter}。"
    raise AssertionError
