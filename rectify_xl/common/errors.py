"""The one error of the library: the job cannot be done, and what to do about it."""

from __future__ import annotations

from rectify_xl.common.i18n import Text
from rectify_xl.common.short_repr import call_repr


class RectifyError(Exception):
    """The job cannot be done; the message says what is wrong and what to do (exit status 2).

    ``str(error)`` is the Chinese message, ``error.message`` has it in both languages.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.message = Text(zh, en)

    def __str__(self) -> str:
        return self.message.zh

    def __repr__(self) -> str:
        return call_repr(type(self).__name__, {"zh": self.message.zh, "en": self.message.en})
