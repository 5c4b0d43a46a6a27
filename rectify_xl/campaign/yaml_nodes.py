"""YAML with line numbers, so that a wrong key or value is reported where the clerk can find it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from rectify_xl.campaign.text_files import ENCODING_NAMES, LARGEST_SETTINGS, encoding_of, read_bytes
from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.nearest import nearest
from rectify_xl.common.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MONTH_DAY = LazyPattern(r"(\d{1,2})-(\d{1,2})")
_BRACKET = LazyPattern(r"[\[\]{}]")
_DASHES = LazyPattern(r"^ *(?:- )+", re.MULTILINE)
_DEEPEST = 120  # brackets in each other, or columns of an indent
_FULL_WIDTH_COLON = LazyPattern(r"\s*(?:- )?\s*([a-z_]+)\s*：")
_LONGEST_SHOWN = 40
_MOST_DIGITS = 9
_COLON = Text(
    "冒号“：”是全角的，请改成英文冒号，后面空一格（{key}: …）",
    "the colon “：” is full-width; use a plain one and a space ({key}: …)",
)


@dataclass(frozen=True)
class Node:
    """One value of a YAML file that knows its file, line and key."""

    raw: yaml.Node
    path: Path
    key: str = ""

    @property
    def place(self) -> Text:
        """File, line and key, as a message begins with them."""
        line = self.raw.start_mark.line + 1
        zh, en = (f"，{self.key}", f", {self.key}") if self.key else ("", "")
        return Text(f"{self.path.name} 第 {line} 行{zh}", f"{self.path.name} line {line}{en}")

    def error(self, zh: str, en: str) -> RectifyError:
        """An error that begins with file, line and key."""
        return RectifyError(f"{self.place.zh}：{zh}", f"{self.place.en}: {en}")

    def table(self, known: set[str] | None) -> dict[str, Node]:
        """The entries of a mapping. Keys outside ``known`` (None: any) and repeated keys are errors; nulls are left out."""
        if isinstance(self.raw, yaml.ScalarNode) and self.raw.tag.endswith(":null"):
            return {}
        found: dict[str, Node] = {}
        for raw_key, node in self._pairs():
            key = str(raw_key.value)
            if known is not None and key not in known:
                raise Node(raw_key, self.path)._unknown_key(node.key, key, known)  # noqa: SLF001 - of the same class
            if key in found:
                raise Node(raw_key, self.path).error(f"{node.key} 写了两次", f"{node.key} is there twice")
            found[key] = node
        return {key: node for key, node in found.items() if not node.raw.tag.endswith(":null")}

    def _pairs(self) -> Iterator[tuple[yaml.Node, Node]]:
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(
                "这里应为“名称: 值”，冒号后面要空一格", "“name: value” should stand here, with a space behind the colon"
            )
        for raw_key, raw_value in self.raw.value:
            yield raw_key, Node(raw_value, self.path, f"{self.key}.{raw_key.value}" if self.key else str(raw_key.value))

    def require(self, key: str) -> None:
        """See that a key that stands in this mapping has a value; ``~`` and ``null`` say that none is meant.

        Raises:
            RectifyError: nothing is written behind its colon.
        """
        if isinstance(self.raw, yaml.MappingNode):
            for raw_key, node in self._pairs():
                if raw_key.value == key and isinstance(node.raw, yaml.ScalarNode) and not str(node.raw.value).strip():
                    raise node.empty()

    def _unknown_key(self, full: str, key: str, known: set[str]) -> RectifyError:
        if "：" in key:
            return self.error(*_about_colon(key.partition("：")[0]))
        near = nearest(key, known)
        return self.error(
            f"不认识的项 {_cut(full)}{near.zh}；可用：{'、'.join(sorted(known))}",
            f"unknown key {_cut(full)}{near.en}; known: {', '.join(sorted(known))}",
        )

    def items(self) -> list[Node]:
        """The entries of a list; a single value counts as a list of one."""
        if isinstance(self.raw, yaml.SequenceNode):
            return [Node(item, self.path, self.key) for item in self.raw.value]
        return [self]

    def text(self) -> str:
        """The value as text."""
        if not isinstance(self.raw, yaml.ScalarNode):
            raise self.error("这里应为一个值", "a single value should stand here")
        text = str(self.raw.value).strip()
        if hidden := next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"), ""):
            # Written as an escape (\e): what stands there as it is, YAML refuses itself.
            code = f"U+{ord(hidden):04X}"
            raise self.error(f"含有不可见的控制字符（{code}），请删去", f"it holds a control character ({code}); delete it")
        return text

    def value(self) -> Any:  # noqa: ANN401 - whatever YAML can say
        """The value as YAML reads it: a text, number, yes or no, or a list of them."""
        try:
            return yaml.SafeLoader("").construct_document(self.raw)
        except (ValueError, RecursionError, yaml.YAMLError) as error:
            raise self.error("看不懂这个值；文字请加引号", "this value cannot be read; put texts in quotes") from error

    def date(self) -> date:
        """The value as a date."""
        text = self.text()
        if not text:
            raise self.empty()
        try:
            return parse_day(text)
        except RectifyError as error:
            raise self.error(error.message.zh, error.message.en) from error

    def empty(self) -> RectifyError:
        """The error that nothing is written where something should be."""
        return self.error(
            "冒号后面没有内容；请写上，或把这一行删去", "nothing is written behind the colon; write a value, or delete the line"
        )

    def month_day(self) -> str:
        """The value as MM-DD."""
        text = self.text()
        match = _MONTH_DAY.fullmatch(text)
        try:
            if match:
                return date(2024, int(match[1]), int(match[2])).strftime("%m-%d")
        except ValueError as error:
            raise self.error(f"没有 {text} 这一天", f"there is no such day as {text}") from error
        raise self.error(f'“{_cut(text)}”应写成月-日，例如 "11-15"', f'“{_cut(text)}” should be month-day, for example "11-15"')

    def whole(self, least: int, most: int) -> int:
        """The value as a whole number from ``least`` to ``most``."""
        text = self.text()
        if not (text.isascii() and text.isdecimal()) or int(text[:_MOST_DIGITS]) < least:
            raise self.error(
                f"“{_cut(text)}”应为不小于 {least} 的整数", f"“{_cut(text)}” should be a whole number of at least {least}"
            )
        if len(text) > _MOST_DIGITS or int(text) > most:
            raise self.error(f"“{_cut(text)}”太大，应不超过 {most}", f"“{_cut(text)}” is too large; at most {most}")
        return int(text)

    def yes_or_no(self) -> bool:
        """The value, which must be true or false."""
        return self.one_of(("true", "false")) == "true"

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The value, which must be one of ``allowed``."""
        text = self.text()
        if text not in allowed:
            near = nearest(text, allowed)
            raise self.error(
                f"“{_cut(text)}”不能用{near.zh}；可用：{'、'.join(allowed)}",
                f"“{_cut(text)}” cannot be used{near.en}; allowed: {', '.join(allowed)}",
            )
        return text


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _about_colon(key: str) -> tuple[str, str]:
    return _COLON.zh.format(key=_cut(key)), _COLON.en.format(key=_cut(key))


def read_nodes(path: Path) -> Node:
    """Parse a YAML file.

    Raises:
        RectifyError: the file cannot be read, or is not YAML; the message names the line and what is wrong there.
    """
    text = _read(path)
    if _is_deep(text):
        raise _too_deep(path)
    for number, line in enumerate(text.splitlines(), 1):
        if match := _FULL_WIDTH_COLON.match(line):
            raise _line_error(path, number, *_about_colon(match[1]))
    try:
        raw = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        at = error.position + 1
        raise RectifyError(
            f"{path.name}: 含有不可见的控制字符（第 {at} 个字符），请删去",
            f"{path.name}: holds an invisible control character (character {at}); delete it",
        ) from error
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(path, text, error) from error
    except RecursionError as error:
        raise _too_deep(path) from error
    if raw is None:
        raise RectifyError(f"{path.name}: 文件是空的", f"{path.name}: the file is empty")
    return Node(raw, path)


def _is_deep(text: str) -> bool:
    """Whether a file is nested beyond all use; the parser's time grows with the square of the depth."""
    indents = (len(line) - len(line.lstrip(" ")) for line in text.splitlines())
    depth = deepest = 0
    for mark in _BRACKET.findall(text):
        depth += 1 if mark in "[{" else -1
        deepest = max(deepest, depth)
    dashes = max((len(match[0]) // 2 for match in _DASHES.finditer(text)), default=0)
    return max(deepest, dashes, max(indents, default=0)) > _DEEPEST


def _too_deep(path: Path) -> RectifyError:
    return RectifyError(
        f"{path.name}: 括号或缩进的层数太多，无法读取；请按示例改成两三层",
        f"{path.name}: brackets or indents are nested too deeply; two or three levels are enough",
    )


def _read(path: Path) -> str:
    try:
        content = read_bytes(path, LARGEST_SETTINGS)
    except OSError as error:
        raise RectifyError(
            f"{path.name}: 无法读取（{os_reason(error).zh}）；请检查文件和权限",
            f"{path.name}: cannot be read ({os_reason(error).en})",
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = ENCODING_NAMES.get(encoding_of(content), Text("未知", "unknown"))
        raise RectifyError(
            f"{path.name}: 无法读取，请存为 UTF-8 文本：文件的编码是 {found.zh}；用记事本打开，另存为时“编码”选 UTF-8",
            f"{path.name}: cannot be read: its encoding is {found.en}; save it as UTF-8",
        ) from error


def _line_error(path: Path, line: int, zh: str, en: str) -> RectifyError:
    return RectifyError(f"{path.name} 第 {line} 行：{zh}", f"{path.name} line {line}: {en}")


def _not_yaml(path: Path, text: str, error: yaml.MarkedYAMLError) -> RectifyError:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    lines = text.splitlines()
    if line <= len(lines) and "\t" in lines[line - 1]:
        return _line_error(
            path,
            line,
            "格式不对：这一行里有制表符（Tab），请换成空格",
            "not well formed: the line holds a tab; use spaces instead",
        )
    return _line_error(
        path, line, f"格式不对（{error.problem}）；检查缩进、冒号后的空格和引号",
        f"not well formed ({error.problem}); check indents, the space behind colons, and quotation marks",
    )  # fmt: skip
