"""The error of a master that would lose something of the office's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from rectify_xl.common.i18n import Text


class NotKeptError(RectifyError):
    """Something that the office did in its master cannot be kept; nothing was written.

    Attributes:
        lost: what it is.
    """

    def __init__(self, zh: str, en: str, lost: tuple[Text, ...] = ()) -> None:
        super().__init__(zh, en)
        self.lost = lost

    @classmethod
    def of(cls, lost: tuple[Text, ...]) -> NotKeptError:
        """The error that names what would be lost."""
        zh, en = ("\n".join(f"  {getattr(one, lang)}" for one in lost) for lang in ("zh", "en"))
        return cls(
            f"原台账中有{len(lost)}处整改办自己的内容保留不下来，没有写出，原台账未改动：\n{zh}\n"
            "请先把它们移到自己的工作表里或另存一份，再重试；确实不要的，加 --drop",
            f"{len(lost)} things that the office made in the old master cannot be kept, so nothing was written and it is"
            f" unchanged:\n{en}\nmove them to a sheet of your own or save them elsewhere and try again, or add --drop",
            lost,
        )
