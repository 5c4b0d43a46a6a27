"""The patterns of the readers, which name Chinese characters all the time."""

from __future__ import annotations

import re
from typing import Final

from rectify_xl.common.lazy_pattern import LazyPattern

#: How patterns name a Chinese character, and how that is compiled: Python walks through every range it meets, which
#: takes a millisecond for these twenty thousand. The second form also covers 〇 and the letters of other scripts.
_HAN: Final = r"[\u4e00-\u9fff]"
_CHEAP_HAN: Final = r"[^\W\d_a-zA-Z]"


class HanPattern(LazyPattern):
    """A lazy pattern in which every letter that is not Latin counts as a Chinese character."""

    __slots__ = ()

    def compiled(self) -> re.Pattern[str]:
        """See :meth:`LazyPattern.compiled`."""
        return re.compile(self.pattern.replace(_HAN, _CHEAP_HAN), self.flags)
