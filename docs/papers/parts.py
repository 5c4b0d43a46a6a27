"""What the papers have in common: columns that fill the page, signature, enclosures."""

from __future__ import annotations

from papers.looks import TEXT_WIDTH
from papers.markup import Column, paragraph, say, tag

CENTRE = "TableCentre"


def columns(*given: Column, whole: int = TEXT_WIDTH) -> tuple[Column, ...]:
    """Columns that together are as wide as the page's text.

    Raises:
        ValueError: they are not.
    """
    total = sum(column.width for column in given)
    if total != whole:
        message = f"{[column.heading for column in given]}: {total} instead of {whole}"
        raise ValueError(message)
    return given


def body(text: str, *, lead: str = "") -> str:
    """A paragraph of running text."""
    return paragraph(text, "BodyText", lead=lead)


def signature() -> str:
    """The office's name and the day; a long name has more room, and both stand in its middle."""
    return (
        tag("if 署名较长")
        + paragraph("{{ 署名 }}", "IssuerWide")
        + paragraph("{{ 成文日期 }}", "IssueDateWide")
        + tag("else")
        + paragraph("{{ 署名 }}", "Issuer")
        + paragraph("{{ 成文日期 }}", "IssueDate")
        + tag("endif")
    )


def enclosures(lang: str) -> str:
    """The note of enclosures: one, or a numbered list."""
    return (
        tag("for 附件 in 附件清单")
        + tag("if loop.first")
        + paragraph(say(lang, "附件:{{ 附件.题名 }}", "Enclosures: {{ 附件.题名 }}"), "Enclosure")
        + tag("else")
        + paragraph("{{ 附件.题名 }}", "EnclosureMore")
        + tag("endif")
        + tag("endfor")
    )


def annex(lang: str, variable: str, content: str) -> str:
    """An enclosure on a page of its own, if there is one."""
    number = f"{{{{ {variable}.序号 }}}}"
    return (
        tag(f"if {variable}")
        + paragraph(say(lang, f"附件{number}", f"Enclosure {number}"), "AnnexMark")
        + paragraph(f"{{{{ {variable}.名称 }}}}", "AnnexTitle")
        + content
        + tag("endif")
    )
