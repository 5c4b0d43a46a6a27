"""A number whose cell shows it otherwise than it is stored: 1.1 under ``0.00`` as 1.10, 1 under ``"ST-"000`` as ST-001."""

from __future__ import annotations

from typing import Self


class ShownNumber(float):
    """The number, and the text that its cell shows as ``text``."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, number: float, text: str) -> Self:
        """The number ``number`` shown as ``text``."""
        self = super().__new__(cls, number)
        self.text = text
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[float, str]]:
        """Both, when it leaves a reading process."""
        return type(self), (float(self), self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def plain(self) -> int | float:
        """The number alone, as it is where no text is asked for."""
        return int(self) if self.is_integer() else float(self)
