"""Every tokenizer of packages takes at most two and a half times as long for twice the input, whatever the input is."""

from __future__ import annotations

import gc
from contextlib import suppress
from time import process_time
from typing import TYPE_CHECKING

import pytest

from rectify_xl.ooxml.areas import references
from rectify_xl.ooxml.cells import escaped, shared_strings, unescaped
from rectify_xl.ooxml.note_boxes import NoteBoxes
from rectify_xl.ooxml.rows import Rows
from rectify_xl.ooxml.styles import Styles
from rectify_xl.ooxml.xml_text import Unsupported, as_utf8, check_well_formed, escape, unescape
from rectify_xl.ooxml.xml_tree import Document, parse

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.no_cover  # what is timed is not traced

_LEAST = 0.02  # seconds: shorter times say nothing
_MOST_GROWTH = 2.5


def rows_of(data: bytes) -> None:
    rows = Rows(data, "")
    for number in list(rows.numbers())[-50:]:
        rows.get_or_add_cell(number, 3)
        rows.get_or_add_cell(number + 7, 3)
    list(rows.styled({1}))
    rows.join()


def styles_of(data: bytes) -> None:
    styles = Styles(b'<styleSheet xmlns="m"><cellXfs>' + data + b"</cellXfs></styleSheet>", font="x")
    for style in range(100):
        styles.filled(style, "FBD4D1")


def strings_of(data: bytes) -> None:
    shared_strings(b"<sst>" + data + b"</sst>").item(3)


def boxes_of(data: bytes) -> None:
    boxes = NoteBoxes(b'<xml xmlns:v="v">' + data + b"</xml>")
    boxes.add((1, 1), (0,) * 8, (1, 1))
    assert boxes.data


TOKENIZERS: dict[str, tuple[Callable[[bytes], object], tuple[bytes, ...]]] = {
    "tree": (Document, (b"<a b='1'/>", b"<a>x</a>", b"<!-- <a> -->", b"<![CDATA[<a>]]>", b"&amp;", b"  \n")),
    "broken tree": (Document, (b"<!--", b"<![CDATA[", b"<?a", b"<a ", b"'", b"</a", b"]]>")),
    "piece": (parse, (b"<a b='1'/>", b"<!--", b"<![CDATA[", b"<a ", b'<a b="', b"</a", b"<")),
    "well-formed": (check_well_formed, (b"<a>", b"<!--", b"&a;", b"<a b='")),
    "encoding": (as_utf8, (b"<?xml ", b'<?xml encoding="', b"\xe6\x95\xb4", b"<?xml version='1.0' ")),
    "rows": (rows_of, (
        b'<row r="1"><c r="A1" s="1"/></row>', b"<row/>", b'<row r="9" a="', b"<row ", b"<c s", b"<!-- <row> -->",
    )),
    "strings": (strings_of, (b"<si><t>a</t></si>", b"<si/>", b"<!-- <si> -->", b"<x><si/></x>")),
    "styles": (styles_of, (b'<xf numFmtId="0"/>', b'<xf numFmtId="0"><alignment/></xf>')),
    "boxes": (boxes_of, (
        b'<v:shape id="a"><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>',
        b"<v:shape >", b"</v:shape ", b"</v:shape>", b"<v:shape <", b"_s1", b"<x:Anchor>", b"<x:Row> ", b"<",
    )),
    "references": (lambda data: references(data.decode()), (b"'", b"a", b"!", b"!A1", b"'a'!A1,", b"a'", b"(", b"!$A$1:")),
    "escapes": (lambda data: unescaped(data.decode()), (b"_x0041_", b"_x", b"_xD800_", b"_")),
    "writing": (lambda data: escaped(escape(data.decode())), (b"_x0041_", b"_x0041", b"&", b"<", b"\x07")),
    "entities": (lambda data: unescape(data.decode()), (b"&amp;", b"&#9", b"&", b"&#x", b"&aaaaaaaaaa")),
}  # fmt: skip
CASES = [(name, piece) for name, (_, pieces) in TOKENIZERS.items() for piece in pieces]


def seconds(tokenize: Callable[[bytes], object], data: bytes, runs: int) -> float:
    """Processor time: the least of several runs, since new memory or a busy machine only ever adds to it."""
    best = 99.0
    gc.disable()  # as in a worker process: looking for cycles is no work of the tokenizer
    try:
        for _ in range(runs):
            start = process_time()
            with suppress(Unsupported):
                tokenize(data)
            best = min(best, process_time() - start)
    finally:
        gc.enable()
    return best


@pytest.mark.slow
@pytest.mark.parametrize(("name", "piece"), CASES)
def test_growth(name: str, piece: bytes) -> None:
    tokenize, _ = TOKENIZERS[name]
    count = 2000
    while seconds(tokenize, piece * count, 1) < _LEAST and count < 500_000:
        count *= 2
    measured = []
    # What grows with the square does so at every size, however often it is measured.
    for size, runs in ((count, 1), (count, 3), (count * 2, 3), (count, 9)):
        once, twice = (seconds(tokenize, piece * much, runs) for much in (size, size * 2))
        if twice <= _MOST_GROWTH * max(once, _LEAST):
            return
        measured.append((size, once, twice))
    pytest.fail(f"{name} grows by more than {_MOST_GROWTH} for twice {piece!r}: {measured}")
