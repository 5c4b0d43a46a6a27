"""The error of a master that would lose something of the office's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from pathlib import Path

_MOST_SHOWN = 40


class NotKeptError(RectifyError):
    """Something that the office did in its master cannot be kept; nothing was written.

    Attributes:
        lost: what it is.
    """

    def __init__(self, zh: str, en: str, lost: tuple[Text, ...] = ()) -> None:
        super().__init__(zh, en)
        self.lost = lost

    @classmethod
    def of(cls, lost: tuple[Text, ...], path: Path) -> NotKeptError:
        """The error that names what of a file would be lost."""
        shown = [*lost[:_MOST_SHOWN]]
        if more := len(lost) - len(shown):
            shown.append(Text(f"……另有 {more} 处", f"… and {more} more"))
        zh, en = ("\n".join(f"  {one.in_language(lang)}" for one in shown) for lang in ("zh", "en"))
        return cls(
            f"{path}: 有{len(lost)}处整改办自己的内容保留不下来，没有写出，原台账未改动：\n{zh}\n"
            "请先把它们移到自己的工作表里或另存一份，再重试；确实不要的，加 --drop",
            f"{path}: {len(lost)} things that the office made in it cannot be kept, so nothing was written and it is"
            f" unchanged:\n{en}\nmove them to a sheet of your own or save them elsewhere and try again, or add --drop",
            lost,
        )
