from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.ooxml.xml_text import Unsupported, as_utf8, escape, unescape
from rectify_xl.ooxml.xml_tree import Document, element, parse, place

ODD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- a > b --><x:a xmlns:x="u"  q=\'1>2\' >\n'
    b'<![CDATA[<b>]]><x:b  k = "v"/>text &amp; &#x4e2d;<x:c><?pi <d?></x:c > </x:a>\n<!-- end -->'
)


UNUSABLE = [
    f'<?xml version="1.0" encoding="{name}"?><a/>'.encode() for name in ("undefined", "unicode_escape", "rot13", "idna", "utf-7")
]


def test_what_is_not_edited_keeps_its_bytes() -> None:
    assert Document(ODD).join() == ODD


def test_an_edit_touches_its_own_tag_only() -> None:
    document = Document(ODD)
    child = document.root.find("b")
    assert child is not None
    child.set("k", 'w"<')
    child.set("new", "1")
    assert document.join() == ODD.replace(b'<x:b  k = "v"/>', b'<x:b  k="w&quot;&lt;" new="1"/>')
    child.drop("new")
    assert child.attributes == {"k": 'w"<'}


def test_texts_are_read_with_references_and_character_data() -> None:
    assert Document(ODD).root.text == "\n<b>text & \u4e2d "


def test_an_empty_element_opens_when_something_is_put_in() -> None:
    document = Document(b"<a ><b/></a>")
    child = document.root.find("b")
    assert child is not None
    child.append(element("c", {"n": 1}, "x & y"))
    assert document.join() == b'<a ><b><c n="1">x &amp; y</c></b></a>'


@pytest.mark.parametrize(
    "part",
    [
        b"<a><b></a></b>",
        b"<a>",
        b"</a>",
        b"",
        b"<!DOCTYPE a><a/>",
        b"<a>" * 200 + b"</a>" * 200,
        b"<s><d><row></d></s>",
        b"<a><!-- </a>",
        b"<a><![CDATA[ </a>",
        b"<a>&#xD800;</a>",
        b"<a b='<'/>",
    ],
    ids=["crossed", "open", "close only", "empty", "doctype", "deep", "broken inside", "comment", "cdata", "half", "less-than"],
)
def test_parts_that_are_no_parts_are_refused(part: bytes) -> None:
    with pytest.raises(Unsupported):
        Document(part)


def test_what_stands_in_an_opaque_element_is_not_taken_apart() -> None:
    part = b"<s><d a='1'><row><c/></row><other/></d><e/></s>"
    document = Document(part, "d")
    found = document.root.find("d")
    assert found is not None
    assert found.children == [b"<row><c/></row><other/>"]
    assert document.join() == part


def test_new_sections_stand_where_the_schema_wants_them() -> None:
    (parent,) = parse(b"<w><one/><three/><mc:AlternateContent><mc:Choice><four/></mc:Choice></mc:AlternateContent></w>")
    assert not isinstance(parent, bytes)
    for local in ("four", "two", "five", "one"):
        place(parent, element(local), ("one", "two", "three", "four", "five"))
    assert [child.local for child in parent.nodes()] == ["one", "one", "two", "three", "AlternateContent", "four", "five"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings_become_utf8(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><a>整改</a>'
    plain = as_utf8(text.encode(encoding))
    assert plain.decode() == text.replace(declared, "UTF-8")
    assert Document(text.encode(encoding)).root.text == "整改"


@pytest.mark.parametrize("part", [b"<a>\xff</a>", b'<?xml version="1.0" encoding="nonsense"?><a/>', *UNUSABLE])
def test_an_unknown_encoding_is_refused(part: bytes) -> None:
    with pytest.raises(Unsupported):
        as_utf8(part)


@given(st.text())
def test_escaping_loses_nothing_that_xml_can_hold(text: str) -> None:
    held = "".join("\ufffd" if (ord(one) < 32 and one not in "\n\r\t") or one in "\ufffe\uffff" else one for one in text)
    assert unescape(escape(text)) == held
    assert parse(f'<a b="{escape(text)}">{escape(text)}</a>'.encode())[0].attributes["b"] == held  # type: ignore[union-attr]


def test_references_that_are_none_stay() -> None:
    assert unescape("&nbsp; &#x110000; &#65;") == "&nbsp; \ufffd A"
