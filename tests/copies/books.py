"""Workbooks full of what must survive, and what stands in a package before and after."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter

from rectify_xl.campaign.settings import Campaign
from rectify_xl.collection.assembly import make_collection
from rectify_xl.copies import annotate, fix
from rectify_xl.intake.files import read_file
from rectify_xl.validation.report import Report, judged_again
from tests.support.workbooks import patch

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.copies import Corrections

DAY = date(2026, 11, 21)
HEADINGS = ("序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限", "整改状态", "整改进展", "完成率", "实际完成日期")
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "北渠六处排口没有截污", "封堵排口六处", "钟离岳 副市长", "市水务局", "尽快完成", "整改中", "已封堵四处", 0.6, None),
    (2, "南湖退捕船只没有拆解", "拆解退捕船只", "", "市农业农村局", "2026年12月31日前", "整改中", "已拆解三艘", 0.5, None),
    (3, "东山矿坑没有复绿", "回填复绿", "钟离岳 副市长", "市林业局", "2026年12月31日前", "已完成", "矿坑已复绿", 1, "2026.11.2"),
    (4, "西站扬尘超标", "加装喷淋", " 钟离岳 副市长", "市住建局", "2026年12月31日前", "整改中", "喷淋已装十套", 0.4, None),
)  # fmt: skip


def check(*paths: Path, campaign: Campaign | None = None, lang: str = "zh") -> Report:
    """What validate() says of files, without the worker processes, which take most of its time."""
    campaign = campaign or Campaign()
    submissions = tuple(read_file(path, path.name, campaign.schema) for path in sorted(paths))
    blank = Report(DAY, make_collection((), campaign, DAY), (), choice=campaign.rules, lang=lang)
    return judged_again(blank, submissions)


def returned(path: Path, folder: Path, **options: Any) -> Path:
    """The annotated copy of one file."""
    (copy,) = annotate(check(path), [path], folder, **options)
    return copy.path


def corrected(path: Path, folder: Path, **options: Any) -> Corrections:
    return fix(check(path), [path], folder, **options)


def said(report: Report) -> list[tuple[Any, ...]]:
    """What a report says of each place, the file's name aside."""
    return [(one.slug, one.severity, one.sheet, one.cell, one.row, one.field, one.value) for one in report.findings]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def png() -> io.BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b""))


def rich(path: Path) -> Path:
    """A list with nearly everything that Excel puts into a workbook, and findings in every row."""
    collection = xlsxwriter.Workbook(path)
    collection.set_properties({"title": "整改", "author": "王五"})
    collection.set_custom_property("clerk", "own")
    sheet, lists, notes = (collection.add_worksheet(name) for name in ("任务清单", "选项", "填表说明"))
    head = collection.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    body = collection.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    filled = collection.add_format({"border": 1, "bg_color": "#FFFF00", "font_color": "#FF0000", "bold": True, "locked": False})
    share = collection.add_format({"border": 1, "num_format": "0%", "align": "right"})
    sheet.merge_range("A1:J1", "澄湖市整改任务清单", collection.add_format({"bold": True, "font_size": 18, "align": "center"}))
    sheet.write("A2", "填报单位:澄湖市水务局")
    sheet.write_row("A3", HEADINGS, head)
    for at, row in enumerate(ROWS, 3):
        sheet.write_row(at, 0, row, body)
        sheet.write_number(at, 8, row[8], share)
    sheet.write("F4", ROWS[0][5], filled)
    sheet.write_blank("D5", None, filled)
    sheet.write_rich_string("D7", " 钟离岳", collection.add_format({"color": "red"}), " 副市长", body)
    sheet.write_comment("F4", "等上级批复\n联系人李四", {"author": "王五", "x_scale": 1.2})
    sheet.write_comment("B5", "船只清单另附", {"author": "赵六", "visible": True})
    sheet.data_validation("G4:G30", {"validate": "list", "source": "=选项!$A$1:$A$3", "input_title": "状态"})
    sheet.conditional_format("I4:I30", {"type": "data_bar"})
    sheet.conditional_format("D4:D30", {"type": "blanks", "format": collection.add_format({"bg_color": "#FFC7CE"})})
    sheet.insert_image("B12", "dot.png", {"image_data": png()})
    sheet.write_url("B6", "internal:'填表说明'!A1", body, ROWS[2][1])
    sheet.set_column("A:A", 6)
    sheet.set_column("B:H", 22)
    sheet.set_column("K:XFD", 4, None, {"hidden": True})
    sheet.set_row(3, 40)
    sheet.freeze_panes(3, 2)
    sheet.autofilter("A3:J7")
    sheet.print_area("A1:J7")
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_header("&C整改")
    sheet.protect("", {"format_cells": True})
    lists.write_column("A1", ("未启动", "整改中", "已完成"))
    lists.hide()
    notes.write("A1", "按月填报,下月五日前报送。")
    notes.add_table("A3:B5", {"name": "说明表"})
    notes.activate()
    collection.close()
    return path


@dataclass(frozen=True)
class Facts:
    """What openpyxl reads of a sheet beside its values."""

    comments: dict[str, tuple[str, str]]
    validations: list[tuple[str, str, str]]
    merges: set[str]
    rules: list[str]
    looks: dict[str, tuple[Any, ...]]
    fills: dict[str, str]
    widths: dict[str, float]
    values: dict[str, Any]


def facts(path: Path, sheet: str = "任务清单", *, columns: int = 10) -> Facts:
    found: Any = openpyxl.load_workbook(path)[sheet]
    cells = [cell for row in found.iter_rows(max_col=columns) for cell in row]
    return Facts(
        comments={cell.coordinate: (cell.comment.author, cell.comment.text) for cell in cells if cell.comment},
        validations=sorted((str(one.sqref), one.type, one.formula1) for one in found.data_validations.dataValidation),
        merges={str(area) for area in found.merged_cells.ranges},
        rules=sorted(
            f"{area.sqref}:{rule.type}:{rule.priority}"
            for area, rules in found.conditional_formatting._cf_rules.items()
            for rule in rules
        ),
        looks={
            cell.coordinate: (
                cell.font.name, cell.font.b, cell.font.color and cell.font.color.rgb, cell.border.left.style, cell.number_format,
                cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text, cell.protection.locked,
            )
            for cell in cells
        },
        fills={cell.coordinate: cell.fill.fgColor.rgb[-6:] for cell in cells if cell.fill.fill_type == "solid"},
        widths={name: one.width for name, one in found.column_dimensions.items() if name < "K"},
        values={cell.coordinate: cell.value for cell in cells if cell.value is not None},
    )  # fmt: skip


def with_thread(path: Path, cell: str) -> Path:
    """Make the comment of a cell of the first sheet a threaded one, as newer Excel writes it."""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    thread = (
        f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{cell}" dT="2026-01-01T00:00:00.00" personId="{{P}}" id="{{1}}"><text>请核实</text>'
        "</threadedComment></ThreadedComments>"
    )
    relation = (
        f'<Relationship Id="rId99" Type="{kind}/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
        "</Relationships>"
    ).encode()
    return patch(
        path,
        {
            "xl/threadedComments/threadedComment1.xml": thread.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": lambda part: part.replace(b"</Relationships>", relation),
        },
    )
