"""Options of rules: what a rule module declares, and the values that a campaign gives them (``rules.options``)."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

OptionValue = int | float | bool | str | tuple[str, ...]

_KINDS = {
    bool: Text("“是”或“否”，写成 yes 或 no", "yes or no"),
    int: Text("整数", "a whole number"),
    float: Text("数字", "a number"),
    str: Text("文字", "a text"),
    tuple: Text("词语的列表，写成 [甲, 乙]", "a list of words, written [a, b]"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a rule; its name is the keyword parameter of ``check`` that it fills.

    The default's type is the option's: bool, int, float, str, or a tuple of words.
    """

    default: OptionValue
    zh: str
    en: str
    minimum: float = 0
    maximum: float = inf

    @property
    def meaning(self) -> Text:
        """What the option decides, in one line."""
        return Text(self.zh, self.en)

    @property
    def kind(self) -> Text:
        """What may be written for it."""
        kind = _KINDS[type(self.default)]
        if type(self.default) in (int, float):
            if self.maximum < inf:
                span = f"{self.minimum:g}", f"{self.maximum:g}"
                return Text(f"介于 {span[0]} 和 {span[1]} 之间的{kind.zh}", f"{kind.en} from {span[0]} to {span[1]}")
            return Text(f"不小于 {self.minimum:g} 的{kind.zh}", f"{kind.en} of at least {self.minimum:g}")
        return kind

    def read(self, given: object) -> OptionValue:
        """The value as the rule takes it.

        Raises:
            TypeError: it is of another kind.
            ValueError: it is a number out of range.
        """
        value: OptionValue = _READERS[type(self.default)](given)
        if isinstance(value, int | float) and not isinstance(value, bool) and not self.minimum <= value <= self.maximum:
            raise ValueError(value)
        return value


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError(given)
    return given


def _whole(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise TypeError(given)
    return given


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
        raise ValueError(given)
    return float(given)


def _text(given: object) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise TypeError(given)
    return str(given)


def _words(given: object) -> tuple[str, ...]:
    return tuple(map(_text, given)) if isinstance(given, list | tuple) else (_text(given),)


_READERS: Mapping[type, Any] = {bool: _flag, int: _whole, float: _number, str: _text, tuple: _words}


def written(value: OptionValue) -> str:
    """A value as campaign.yaml has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)
