"""Formulas and error values among the words of a cell: nobody wrote them for a reader, so no paper and no mail shows them."""

from __future__ import annotations

import re
import unicodedata

from rectify_xl.common.lazy_pattern import LazyPattern

# Behind a sign of equality: a function, an address or an error value begins it, or it reckons with numbers and texts alone. A
# sentence after a stray sign of equality is none.
_FORMULA = LazyPattern(
    r"\{?=[=+\-(@{\s]*(?:[A-Z_][A-Z0-9._]*\(|'?[^!()=]{1,64}!|\$?[A-Z]{1,3}\$?\d|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}\b|#|(?:TRUE|FALSE)\b"
    r'|"[^"]*"\s*(?:$|[&+\-*/^=<>,)])|[\d.]+%?\s*[&+\-*/^<>=].*$|[\d.]+%?\s*\}?$)',
    re.IGNORECASE,
)
_ERROR = LazyPattern(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|EXTERNAL!"
    r"|PYTHON!|TIMEOUT!)|ERR:5\d\d",
    re.IGNORECASE,
)
_LINE_BREAKS = LazyPattern(r"[\r\n\v\f\x85\u2028\u2029]+")
_BETWEEN = " ,;、/|"
_LONGEST = 32_767


def spoken_lines(text: str) -> list[str]:
    """The lines of a text without those that are a formula or nothing but error values. A formula may take several lines."""
    found = []
    inside = False
    for line in _LINE_BREAKS.split(text[:_LONGEST]):
        folded = unicodedata.normalize("NFKC", line).strip()
        starts = not inside and bool(_FORMULA.match(folded))
        if starts or inside:
            inside = _is_open(folded) if starts else not folded.endswith(")")
        elif not _is_error(folded):
            found.append(line)
    return found


def _is_open(formula: str) -> bool:
    """Whether a formula goes on in the next line: a bracket or a quotation mark is open."""
    outside = re.sub(r'"[^"]*"', "", formula)
    return '"' in outside or outside.count("(") > outside.count(")")


def _is_error(text: str) -> bool:
    return bool(_ERROR.search(text)) and not _ERROR.sub("", text).strip(_BETWEEN)
