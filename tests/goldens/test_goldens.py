"""What the sample round writes is what it wrote before; ``python3 make.py goldens`` renews the texts and shows what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.goldens.as_text import changes, written_with
from tests.goldens.sample_round import run_round

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.name for path in TEXTS.iterdir())


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return run_round(tmp_path_factory.mktemp("round"))


def test_the_sample_round_writes_what_it_wrote_before(texts: Mapping[str, str]) -> None:
    differences = []
    for name in sorted({*NAMES, *texts}):
        path = TEXTS / name
        old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        new = texts.get(name, "").splitlines()
        if name == "digests.txt" and old[:1] != [written_with()]:
            continue  # another version of a library may write the same content in other bytes
        found = [line for line in changes(old, new) if line[0] != " "]
        differences += [f"--- {name}", *found[:20]] if found else []
    assert not differences, "\n".join([*differences, "If this is intended: python3 make.py goldens"])
