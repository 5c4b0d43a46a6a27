"""States that a unit composes of several words: what is done, what comes next, whether it is late, who accepts."""

from __future__ import annotations

import pytest

from rectify_xl.schema.conversion import convert
from rectify_xl.schema.loading import load_schema

STATUS = load_schema()["status"]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        # What is done stays so until the step that is still to come.
        ("已完成待市级验收", "已完成"), ("已完成整改，待省级验收", "已完成"), ("已完成待县级初验", "已完成"),
        ("待县级销号", "已完成"),
        ("已完成，正在申请销号", "已完成"), ("已完成整改任务，申请销号", "已完成"), ("已完成，正在组织验收", "已完成"),
        ("已完成，已提交销号申请", "已完成"), ("已通过验收待销号", "已验收"), ("已通过市级验收，待销号", "已验收"),
        # Whoever accepts, it is accepted or not.
        ("已通过市级验收", "已验收"), ("通过县级验收", "已验收"), ("市级验收通过", "已验收"), ("已通过市级现场验收", "已验收"),
        ("上级验收合格", "已验收"), ("未通过市级验收", "整改中"), ("市级验收未通过", "整改中"), ("已申请市级验收", "已完成"),
        # The later of two steps in their order.
        ("已完成并通过市级验收", "已验收"), ("已验收，公示中", "公示中"), ("已完成整改，正在公示", "公示中"),
        ("已完成，已销号", "已销号"), ("已完成整改并验收销号", "已销号"),
        # Whether it is late is no state beside one.
        ("未完成（超期）", "整改中"), ("未完成，逾期", "整改中"), ("未完成（未到期）", "整改中"), ("整改中，已超期", "整改中"),
        ("未启动（未到时限）", "未启动"), ("已完成（超期）", "已完成"), ("已按期完成整改", "已完成"),
        ("未按时完成整改", "整改中"),
    ],
)  # fmt: skip
def test_a_composed_state_is_read(words: str, state: str) -> None:
    assert convert(STATUS, words) == state


@pytest.mark.parametrize(
    "words",
    [
        # Which of two is meant, or of which points, is not guessed; nor is a step that is over, or one of several acceptances.
        "已完成/已销号", "已完成、已销号", "已完成\n已销号", "已销号，已完成", "已完成公示", "已完成并公示",
        "整改中待验收", "已销号待验收", "已通过县级验收，待市级验收", "已通过初验", "已通过县级初验", "县级已销号",
        "已完成未公示", "未通过验收，待复查", "市级验收", "超期", "未到期", "已完成，未申请销号",
    ],
)  # fmt: skip
def test_what_may_be_another_state_stays_as_written(words: str) -> None:
    assert convert(STATUS, words) == words
