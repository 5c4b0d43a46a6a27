"""A round begins: the values of ``round:`` in campaign.yaml, changed where they stand.

Nothing else in the file moves, not a comment, not a blank. The places come from the parser's own marks, and the new text is
parsed once more: it must differ from the old one in these values alone. A library that loads and writes YAML would lay
the office's file out anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from rectify_xl.campaign.round_settings import check_round_id
from rectify_xl.campaign.settings import CAMPAIGN_FILE, read_campaign
from rectify_xl.campaign.yaml_nodes import read_nodes
from rectify_xl.common.atomic_write import replace_file
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class NewRound:
    """What ``round:`` says now, and what it said before (empty and None where it said nothing).

    ``dropped``: the day for sending again that the round before had, and that no longer stands there.
    """

    id: str
    due: date
    old_id: str
    old_due: date | None
    dropped: date | None = None


def begin_round(campaign: Path, round_id: str, due: date) -> NewRound:
    """Write id and due date of a new round into campaign.yaml, in one step.

    Args:
        campaign: the campaign folder or its campaign.yaml.
        round_id: see :func:`check_round_id`.
        due: the day by which units report.

    Raises:
        RectifyError: the id cannot be used, or the file is wrong or cannot be written; it is unchanged then.
    """
    round_id = check_round_id(round_id)
    settings = read_campaign(campaign, any_round=True)
    path = campaign / CAMPAIGN_FILE if campaign.is_dir() else campaign
    old = path.read_bytes().decode("utf-8")
    mark = _BOM if old.startswith(_BOM) else ""
    dropped = settings.round_resend_by if round_id != settings.round_id else None
    values = {"id": round_id, "due": due.isoformat(), **({"resend_by": ""} if dropped else {})}
    new = mark + _with_round(path, old.removeprefix(_BOM), values)

    def write(temporary: Path) -> None:
        temporary.write_bytes(new.encode())

    def verify(temporary: Path) -> None:
        there = read_campaign(path, any_round=True)  # as somebody may have saved it meanwhile
        if (there.round_id, there.round_due) != (settings.round_id, settings.round_due) or path.read_bytes() != old.encode():
            raise RectifyError(
                f"{path.name}: 刚刚被别人改动，没有写入；请重试",
                f"{path.name} was changed just now; nothing was written, try again",
            )
        if temporary.read_bytes() != new.encode():
            raise OSError(5, "Input/output error")

    replace_file(path, write, verify, suffix=path.suffix.lower())
    return NewRound(round_id, due, settings.round_id, settings.round_due, dropped)


def yaml_scalar(text: str) -> str:
    """A text as YAML reads it back: plain where that is possible, in flow and block style, else quoted."""
    try:
        flow = f"{{id: {text}, x: y}}"
        plain = _pairs(yaml.compose(flow, Loader=yaml.SafeLoader)) == {"id": text, "x": "y"}
        yaml.safe_load(flow)  # = and 2026-13-45 are well formed, and no value to other programs
    except (yaml.YAMLError, ValueError):
        plain = False
    return text if plain else "'" + text.replace("'", "''") + "'"


def _with_round(path: Path, text: str, values: dict[str, str]) -> str:
    root = read_nodes(path).raw
    scalars = {key: yaml_scalar(value) if value else "" for key, value in values.items()}
    new = _edited(root, text, scalars)
    if new is not None:
        try:
            found = yaml.compose(new, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            found = None
        edited = {f"round.{key}": value for key, value in values.items()}
        wanted = _pairs(root) | edited
        if _pairs(found) == {key: value for key, value in wanted.items() if value != "" or key not in edited}:
            return new
    raise RectifyError(
        f"{path.name}: round 一项的写法特殊，没有改动；请在文件里写成一行 round: {{id: {scalars['id']}, due: {scalars['due']}}}",
        f"{path.name}: the entry round is written in an unusual way and was left alone; write it as one line,"
        f" round: {{id: {scalars['id']}, due: {scalars['due']}}}",
    )


def _pairs(node: yaml.Node | None, key: str = "") -> dict[str, object]:
    """Every value of a file by its keys. Nulls are nothing: they say that a key is not set."""
    if isinstance(node, yaml.MappingNode):
        found: dict[str, object] = {}
        for name, value in node.value:
            found |= _pairs(value, f"{key}.{name.value}".lstrip("."))
        return found
    if isinstance(node, yaml.SequenceNode):
        return {f"{key}[{at}]{inner}": value for at, item in enumerate(node.value) for inner, value in _pairs(item).items()}
    return {} if node is None or node.tag.endswith(":null") else {key: str(node.value)}


def _edited(root: yaml.Node, text: str, values: dict[str, str]) -> str | None:
    """The text with other values; None where ``round:`` is no plain mapping."""
    entry = _entry(root, "round")
    line = "{id: " + values["id"] + ", due: " + values["due"] + "}"
    if entry is None:
        if not isinstance(root, yaml.MappingNode) or root.flow_style:
            return None
        end = "\r\n" if "\r\n" in text else "\n"
        return text + ("" if text.endswith(("\n", "\r")) else end) + f"round: {line}{end}"
    if isinstance(entry, yaml.ScalarNode):
        return _replaced(text, [(entry, line)]) if entry.tag.endswith(":null") else None
    if not isinstance(entry, yaml.MappingNode) or not entry.value:
        return _replaced(text, [(entry, line)]) if isinstance(entry, yaml.MappingNode) else None
    return _replaced(text, list(_changes(entry, text, values)))


def _entry(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _changes(entry: yaml.MappingNode, text: str, values: dict[str, str]) -> Iterator[tuple[yaml.Node | int, str]]:
    """Where what is written; a value that is missing goes behind the key that is there."""
    for key, value in values.items():
        found = _entry(entry, key)
        if found is not None:
            yield found, value
            continue
        first = entry.value[0][0]
        indent = " " * first.start_mark.column
        end = "\r\n" if "\r\n" in text else "\n"
        yield first.start_mark.index, f"{key}: {value}" + (", " if entry.flow_style else end + indent)


def _replaced(text: str, changes: list[tuple[yaml.Node | int, str]]) -> str:
    """The text with other texts in the places of nodes, or before a character."""
    for place, value in sorted(changes, key=lambda change: -_span(change[0])[0]):
        begin, end = _span(place)
        blank = " " if text[begin - 1 : begin] == ":" else ""
        text = text[:begin] + blank + value + text[end:]
    return text


def _span(place: yaml.Node | int) -> tuple[int, int]:
    return (place, place) if isinstance(place, int) else (place.start_mark.index, place.end_mark.index)
