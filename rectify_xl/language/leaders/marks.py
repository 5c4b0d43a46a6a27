"""The private characters by which the tokenizer marks what splits nothing, and the way back to the text."""

from __future__ import annotations

from typing import Final

#: before a word written with blanks between its characters: only names are
SPACED: Final = "\ufff4"
#: within a Latin name
BLANK: Final = "\ufff5"
#: list marks within a bracket
COMMA, SEMICOLON, BREAK = "\ufff6", "\ufff7", "\ufff8"
LIST_MARKS: Final = ("、", COMMA, SEMICOLON, BREAK)

#: 各县(市、区): a bracket within a name splits nothing
WITHIN_NAME: Final = str.maketrans("、()", "\ufff1\ufff2\ufff3")
#: a bracket is one list
ONE_LIST: Final = str.maketrans(",;\n", COMMA + SEMICOLON + BREAK)
_SHOWN: Final = str.maketrans(
    {"\ufff1": "、", "\ufff2": "(", "\ufff3": ")", SPACED: "", BLANK: " ", COMMA: ",", SEMICOLON: ";", BREAK: ""}
)
#: A text that holds one of these characters itself loses it before it is parsed.
INTERNAL: Final = dict.fromkeys(range(0xFFF1, 0xFFF9))


def shown(text: str) -> str:
    """Return the text without private characters, as it was written."""
    return text.translate(_SHOWN)
