"""Names that every file system takes."""

from __future__ import annotations

import pytest

from rectify_xl.common.file_names import file_name, free_name


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("单位-市水务局", "单位-市水务局"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('领导-a<b>:"c"|d?*\\e\n', "领导-a_b_c_d_e_"),
        ("con", "_con"),
        ("LPT1.x", "_LPT1.x"),
        (" ... ", "_"),
        ("com¹", "_com¹"),
        ("NUL .txt", "_NUL .txt"),
        ("CONIN$", "_CONIN$"),
        ("市水务局\u202etxt.exe", "市水务局txt.exe"),
        ("市\u200b水\ud800务\x9b局", "市水务局"),
        ("\u202e. ", "_"),
        ("x" * 179 + "..甲", "x" * 179),
        ("~$市水务局", "_~$市水务局"),
        (".\u200b~$市水务局", "_~$市水务局"),
    ],
)
def test_file_names_are_safe_everywhere(name: str, wanted: str) -> None:
    assert file_name(name) == wanted


def test_file_names_are_short_enough() -> None:
    name = file_name("领" * 300)
    assert len(name.encode()) <= 180
    assert set(name) == {"领"}


def test_names_that_are_one_to_a_file_system_are_numbered() -> None:
    taken: set[str] = set()
    assert [free_name(name, taken) for name in ("Bureau A", "bureau a", "BUREAU A")] == ["Bureau A", "bureau a(2)", "BUREAU A(3)"]
    assert [free_name(name, taken) for name in ("Büro", "Bu\u0308ro")] == ["Büro", "Bu\u0308ro(2)"]
