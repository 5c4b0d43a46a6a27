"""The files of a folder that is to be mailed, each with what it says of itself: whose it is, for which campaign and round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.figures import whole_number
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.regular_file import bytes_of
from rectify_xl.intake.document_properties import RETURNED_TO, Marks, read_marks
from rectify_xl.mail.address import visible
from rectify_xl.mail.master_file import foreign
from rectify_xl.provenance import stamp
from rectify_xl.provenance.remarks import ASKED, RETURNED, is_sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_LOCKS = ("~$", ".")


@dataclass(frozen=True, slots=True)
class Copy:
    """One file. ``problem`` says why it cannot be mailed at all."""

    relative: str
    name: str
    content: bytes
    marks: Marks
    problem: Text | None = None

    @property
    def unit(self) -> str:
        """The unit that the file says it is for; never read from the file's name."""
        return self.marks.properties.get(RETURNED_TO if self.is_return else stamp.UNIT, "")

    @property
    def is_return(self) -> bool:
        """Whether it was written to go back to a unit."""
        marks = self.marks.properties
        ours = RETURNED in marks or marks.get(stamp.KIND) == stamp.NOTICE
        return ours and is_sheet_name("".join(self.marks.sheets[:1]))

    @property
    def is_unused(self) -> bool:
        """Whether it only says why nothing of the unit's file was used: no cell of it is marked."""
        return self.marks.properties.get(stamp.KIND) == stamp.NOTICE

    @property
    def checked(self) -> str:
        """The day of the check, for an annotated copy."""
        return self.marks.properties.get(RETURNED, "")

    @property
    def asked(self) -> int | None:
        """How many places of an annotated copy are to be corrected; None where it does not say."""
        return whole_number(self.marks.properties.get(ASKED, ""))


def no_return(copy: Copy, campaign: Campaign) -> Text | None:  # noqa: ARG001 - as no_form
    """Why a file is no annotated copy for a unit.

    The stamps of campaign and round are not asked: they are those of the template that the unit used, and one of last
    month is the very thing to send back.
    """
    if copy.is_return:
        return None if copy.unit else _WHOSE
    return Text("不是 rectify-xl validate --annotate 生成的标注副本", "no annotated copy made by rectify-xl validate --annotate")


_WHOSE = Text(
    "不知道是哪个单位的（校验时没能认出填报单位），请核对后另行退回",
    "it is not known whose it is (the check could not tell the unit); see to it and return it yourself",
)


def no_form(copy: Copy, campaign: Campaign) -> Text | None:
    """Why a file is no workbook for a unit to fill in in this round."""
    if copy.is_return or copy.marks.properties.get(stamp.KIND) != stamp.TEMPLATE:
        return Text("不是本软件生成的填报表", "no workbook of ours for a unit to fill in")
    if not copy.unit:
        return Text(
            "没有写明是给哪个单位的；请用 rectify-xl template --unit 为单位生成",
            "it does not say for which unit it is; make it with rectify-xl template --unit",
        )
    return foreign(copy.marks.properties, campaign)


def other_base(copy: Copy, digest: str) -> Text | None:
    """Why a prefilled workbook was not made of the master with this SHA-256 as it is now."""
    if copy.marks.properties.get(stamp.BASE) == digest:
        return None
    return Text(
        "不是由这份总台账现在的内容派发的；请用 rectify-xl dispatch 重新生成",
        "it was not dispatched from this master as it is now; make it again with rectify-xl dispatch",
    )


def copies_in(folder: Path) -> Iterator[Copy]:
    """The files of a folder and the folders in it, in order. What the system or Office leaves there does not count.

    Raises:
        RectifyError: there is no such folder, or nothing is in it.
    """
    if not folder.is_dir():
        raise RectifyError(f"{folder}: 没有这个文件夹；请检查路径", f"{folder}: there is no such folder; check the path")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _leftover(path)]
    if not paths:
        raise RectifyError(f"{folder}: 文件夹里没有可以发送的文件", f"{folder}: there is nothing to send in this folder")
    for path in paths:
        relative = visible(path.relative_to(folder).as_posix())
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            problem = Text(
                "不是 .xlsx 或 .xlsm 文件，不会发送，请移出这个文件夹",
                "neither .xlsx nor .xlsm, so it is not sent; move it out of this folder",
            )
            yield Copy(relative, path.name, b"", Marks({}, ()), problem)
            continue
        try:
            content = bytes_of(path)
        except OSError as error:
            problem = Text(f"无法打开（{os_reason(error).zh}）", f"cannot be opened ({os_reason(error).en})")
            yield Copy(relative, path.name, b"", Marks({}, ()), problem)
            continue
        yield Copy(relative, path.name, content, read_marks(content))


def _leftover(path: Path) -> bool:
    return path.name.startswith(_LOCKS) or path.name.lower() in _SYSTEM_FILES
