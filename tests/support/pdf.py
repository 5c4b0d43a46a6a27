"""Small PDF files made by hand: Chinese text at places of a page, and ruled lines; the font needs no embedding."""

from __future__ import annotations

from dataclasses import dataclass, field

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
        " /Supplement 2 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>"
    ),
    (
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 880 /StemV 93 >>"
    ),
)
SIZE = 10


@dataclass
class Page:
    """A page of 595 × 842 points; y grows upwards."""

    commands: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        words = text.encode("utf-16-be").hex()
        self.commands.append(f"BT /F1 {size} Tf {x} {y} Td <{words}> Tj ET")

    def paragraph(self, x: float, y: float, text: str, *, width: int, pitch: float = 15) -> float:
        """Lines of ``width`` characters; where the next paragraph begins."""
        for start in range(0, len(text), width):
            self.text(x, y, text[start : start + width])
            y -= pitch
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.commands.append(f"0.5 w {x1} {y1} m {x2} {y2} l S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self.commands.append(f"0.5 w {x} {y} {width} {height} re S")


def make_pdf(pages: list[Page]) -> bytes:
    count = len(pages)
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", *_FONT]
    for at, page in enumerate(pages):
        stream = "\n".join(page.commands)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {first + 2 * at + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
