"""What a mailing needs of a master workbook, and whether it is this campaign's and this round's at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.regular_file import bytes_of
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ledger.reading import read_master
from rectify_xl.provenance import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master


@dataclass(frozen=True, slots=True)
class MasterFile:
    """A master workbook as it is on the disk, and what it says."""

    content: bytes
    master: Master


def open_master(path: Path, campaign: Campaign) -> MasterFile:
    """Read a master workbook.

    Raises:
        RectifyError: it cannot be read, or is not the master of this campaign and round.
    """
    content = _bytes(path)
    marks = read_marks(content).properties
    if marks.get(stamp.KIND) != stamp.MASTER:
        raise RectifyError(
            f"{path}: 不是本软件生成的总台账；请用 rectify-xl merge 生成后再发送",
            f"{path}: no master of ours; make one with rectify-xl merge and send that",
        )
    problem = foreign(marks, campaign)
    if problem:
        raise RectifyError(f"{path}: {problem.zh}", f"{path}: {problem.en}")
    return MasterFile(content, read_master(path, campaign=campaign))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a master workbook, as the workbooks dispatched from it name it.

    Raises:
        RectifyError: it cannot be read.
    """
    return hashlib.sha256(_bytes(path)).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return bytes_of(path)
    except OSError as error:
        raise RectifyError(
            f"{path}: 无法打开（{os_reason(error).zh}）；请检查路径，或关闭正在使用它的程序",
            f"{path}: cannot be opened ({os_reason(error).en}); check the path, or close the program that uses it",
        ) from error


def foreign(marks: Mapping[str, str], campaign: Campaign) -> Text | None:
    """Why a file of ours is not one of this campaign and this round, if it is not."""
    for key, ours, what in (
        (stamp.CAMPAIGN, campaign.name, Text("活动", "campaign")),
        (stamp.ROUND, campaign.round_id, Text("轮次", "round")),
    ):
        theirs, wanted = stamp.stamped(marks.get(key, "")), stamp.stamped(ours)
        if stamp.name_key(theirs) != stamp.name_key(wanted):
            return Text(
                f"这个文件属于{what.zh}“{theirs or '（空）'}”，而活动配置是“{wanted or '（空）'}”，没有发送；"
                "请核对 --campaign 和文件，或重新生成",
                f"this file belongs to the {what.en} “{theirs or '(none)'}”, while the settings say “{wanted or '(none)'}”;"
                " it was not sent; check --campaign and the file, or make it again",
            )
    return None
