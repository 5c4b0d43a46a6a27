"""``round:`` of campaign.yaml: the id of the reporting period, and the day by which units report or send again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.file_names import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node

_MOST_CHARACTERS = 40


def check_round_id(text: str) -> str:
    """The id of a round, if a folder may bear it on every system.

    Raises:
        RectifyError: none may.
    """
    name = text.strip()
    if name and len(name) <= _MOST_CHARACTERS and name == file_name(name) and name.isprintable():
        return name
    raise RectifyError(
        f"“{text}”不能作轮次编号：编号也是文件夹的名称，不能为空，不超过 {_MOST_CHARACTERS} 个字符，"
        '不能有 < > : " / \\ | ? *，开头结尾不能是点，例如 2026-12',
        f"“{text}” cannot be the id of a round: a folder is called after it, so it has 1 to {_MOST_CHARACTERS} characters,"
        ' none of < > : " / \\ | ? *, and no dot at either end, for example 2026-12',
    )


def read_round(top: Mapping[str, Node], *, any_id: bool) -> dict[str, Any]:
    """The settings of the round, by the attributes of a campaign.

    A due date that is forgotten would let every late list pass for one in time.

    Args:
        top: the entries of campaign.yaml.
        any_id: take an id as well that :func:`check_round_id` refuses, where it is about to be replaced.
    """
    if "round" not in top:
        return {}
    top["round"].require("due")
    found = top["round"].table({"id", "due", "resend_by"})
    settings: dict[str, Any] = {f"round_{key}": found[key].date() for key in ("due", "resend_by") if key in found}
    if name := found["id"].text() if "id" in found else "":
        try:
            settings["round_id"] = name if any_id else check_round_id(name)
        except RectifyError as refused:
            raise found["id"].error(refused.message.zh, refused.message.en) from refused
    return settings
