"""YAML with line numbers, so that a wrong key or value is reported where the clerk can find it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from pathlib import Path

_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Node:
    """One value of a YAML file that knows its file, line and key."""

    raw: yaml.Node
    path: Path
    key: str = ""

    @property
    def place(self) -> str:
        """File, line and key, as a message begins with them."""
        where = f"，{self.key}" if self.key else ""
        return f"{self.path.name} 第 {self.raw.start_mark.line + 1} 行{where}"

    def error(self, message: str) -> RectifyError:
        """An error that begins with file, line and key."""
        return RectifyError(f"{self.place}：{message}")

    def table(self, known: set[str] | None) -> dict[str, Node]:
        """The entries of a mapping. Keys outside ``known`` (None: any) and repeated keys are errors; nulls are left out."""
        if isinstance(self.raw, yaml.ScalarNode) and self.raw.tag.endswith(":null"):
            return {}
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error("这里应为“名称: 值”")
        found: dict[str, Node] = {}
        for raw_key, raw_value in self.raw.value:
            key = str(raw_key.value)
            node = Node(raw_value, self.path, f"{self.key}.{key}" if self.key else key)
            if known is not None and key not in known:
                raise Node(raw_key, self.path).error(
                    f"不认识的项 {node.key}{nearest(key, known)}；可用：{'、'.join(sorted(known))}"
                )
            if key in found:
                raise Node(raw_key, self.path).error(f"{node.key} 写了两次")
            found[key] = node
        return {key: node for key, node in found.items() if not node.raw.tag.endswith(":null")}

    def items(self) -> list[Node]:
        """The entries of a list; a single value counts as a list of one."""
        if isinstance(self.raw, yaml.SequenceNode):
            return [Node(item, self.path, self.key) for item in self.raw.value]
        return [self]

    def text(self) -> str:
        """The value as text."""
        if not isinstance(self.raw, yaml.ScalarNode):
            raise self.error("这里应为一个值")
        return str(self.raw.value).strip()

    def value(self) -> Any:  # noqa: ANN401 - whatever YAML can say
        """The value as YAML reads it: a text, number, yes or no, or a list of them."""
        try:
            return yaml.SafeLoader("").construct_document(self.raw)
        except (ValueError, yaml.YAMLError) as error:
            raise self.error("看不懂这个值；文字请加引号") from error

    def date(self) -> date:
        """The value as a date, written 2026-08-31."""
        text = self.text()
        try:
            if _ISO.fullmatch(text):
                return date(*map(int, text.split("-")))
        except ValueError as error:
            raise self.error(f"没有 {text} 这一天") from error
        raise self.error(f"“{text}”不是日期，请写成 2026-08-31 的样子")

    def month_day(self) -> str:
        """The value as MM-DD."""
        match = _MONTH_DAY.fullmatch(self.text())
        try:
            if match:
                return date(2024, int(match[1]), int(match[2])).strftime("%m-%d")
        except ValueError as error:
            raise self.error(f"没有 {self.text()} 这一天") from error
        raise self.error(f'“{self.text()}”应写成月-日，例如 "11-15"')

    def whole(self, least: int) -> int:
        """The value as a whole number of at least ``least``."""
        text = self.text()
        if not text.isdecimal() or int(text) < least:
            raise self.error(f"“{text}”应为不小于 {least} 的整数")
        return int(text)

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The value, which must be one of ``allowed``."""
        text = self.text()
        if text not in allowed:
            raise self.error(f"“{text}”不能用{nearest(text, allowed)}；可用：{'、'.join(allowed)}")
        return text


def read_nodes(path: Path) -> Node:
    """Parse a YAML file.

    Raises:
        RectifyError: the file cannot be read, or is not YAML (the message names the line).
    """
    try:
        raw = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name}: 无法读取，请存为 UTF-8 文本（{error}）"
        raise RectifyError(message) from error
    except yaml.reader.ReaderError as error:
        message = f"{path.name}: 含有不可见的控制字符（第 {error.position + 1} 个字符），请删去"
        raise RectifyError(message) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"{path.name} 第 {line} 行：格式不对（{error.problem}）；检查缩进、冒号后的空格和引号"
        raise RectifyError(message) from error
    if raw is None:
        message = f"{path.name}: 文件是空的"
        raise RectifyError(message)
    return Node(raw, path)
