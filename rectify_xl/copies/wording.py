"""Words in one of two languages, and texts whose blanks can be seen."""

from __future__ import annotations


def say(lang: str, zh: str, en: str) -> str:
    """The wording in the language asked for."""
    return zh if lang == "zh" else en


def visible(text: str, blank: str = " ") -> str:
    """A text in quotes, in which what nobody can see is written out; ``blank`` stands for a space of any width."""
    plain = "".join(blank if one in " \u3000" else one for one in text)
    return "“" + "".join(one if one.isprintable() or one == "\n" else f"<U+{ord(one):04X}>" for one in plain) + "”"
