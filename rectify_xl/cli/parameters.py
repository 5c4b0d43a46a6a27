"""Options and arguments of commands: their help in both languages, and the conversion of what is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # generic in new versions of click only


class BadValue(click.BadParameter):
    """A value cannot be used; ``text`` says why in both languages."""

    def __init__(self, text: Text, param: click.Parameter | None, ctx: click.Context | None) -> None:
        super().__init__(text.zh, ctx, param)
        self.text = text


class PathType(_ParamType):
    """A path as it was typed; mistakes are reported where it is opened."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401, ARG002 - click's own signature
        """The path."""
        return Path(value)


class DayType(_ParamType):
    """A day in one of the spellings of :func:`rectify_xl.common.days.parse_day`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's own signature
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except RectifyError as error:
            raise BadValue(error.message, param, ctx) from error


class ChoiceType(_ParamType):
    """One of a few words."""

    name = "choice"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's own signature
        """The word."""
        if value not in self.words:
            near = nearest(str(value), self.words)
            zh, en = "、".join(self.words), ", ".join(self.words)
            text = Text(f"“{value}”不能用{near.zh}；可用：{zh}", f"“{value}” cannot be used{near.en}; choose from {en}")
            raise BadValue(text, param, ctx)
        return str(value)


class NumberType(_ParamType):
    """A number in a range, whole or not."""

    name = "number"

    def __init__(self, least: float, most: float, *, whole: bool = True) -> None:
        self.least, self.most, self._whole = least, most, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's own signature
        """The number."""
        try:
            number: float = int(value) if self._whole else float(value)
        except (TypeError, ValueError, OverflowError):
            number = float("nan")
        if not self.least <= number <= self.most:
            zh, en = ("整数", "a whole number") if self._whole else ("数字", "a number")
            text = Text(
                f"“{value}”应为 {self.least} 到 {self.most} 的{zh}", f"“{value}” should be {en} from {self.least} to {self.most}"
            )
            raise BadValue(text, param, ctx)
        return number


PATH, DAY = PathType(), DayType()


class Option(click.Option):
    """An option with its help in both languages; ``shown`` stands for its value."""

    def __init__(self, names: Sequence[str], *, text: Text, shown: Text | None = None, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(names, **attributes)
        self.text, self.shown = text, shown

    def term(self, lang: str) -> str:
        """The names and what stands for the value: ``-o, --output FILE``."""
        names = ", ".join(sorted(self.opts, key=len))
        return names if self.is_flag else f"{names} {self.value_name(lang)}"

    def value_name(self, lang: str) -> str:
        """What stands for the value."""
        if self.shown is not None:
            return self.shown.in_language(lang)
        return "|".join(self.type.words) if isinstance(self.type, ChoiceType) else localise(lang, "数字", "N")

    def explanation(self, lang: str) -> str:
        """The help, with the default and whether the option is needed."""
        notes = []
        if self.show_default:
            notes.append(localise(lang, f"默认 {self.default}", f"default: {self.default}"))
        if self.required:
            notes.append(localise(lang, "必填", "required"))
        if self.multiple:
            notes.append(localise(lang, "可重复", "may be repeated"))
        text = self.text.in_language(lang)
        return localise(lang, f"{text}（{'，'.join(notes)}）", f"{text} [{'; '.join(notes)}]") if notes else text


class Argument(click.Argument):
    """An argument; ``shown`` is its name in both languages."""

    def __init__(self, names: Sequence[str], *, shown: Text, **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(names, **attributes)
        self.shown = shown

    def term(self, lang: str) -> str:
        """The name as the line of usage has it: ``[NAME]`` where it may be left out, ``NAME…`` for several."""
        name = self.shown.in_language(lang) + ("…" if self.nargs == -1 else "")
        return name if self.required else f"[{name}]"
