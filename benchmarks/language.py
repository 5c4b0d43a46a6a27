"""Deadline phrases read per second, and how that compares with JioNLP where it is installed.

usage: python benchmarks/language.py [SECONDS]

The phrases are built from the project's own test cases: each invented phrase with every year moved by
0 to 9, so that no two calls see the same text. JioNLP is timed in the same run, on the phrases it reads at all.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rectify_xl.language.deadline import parse_deadline  # noqa: E402 - the checkout goes first

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = ROOT / "tests" / "language" / "deadline" / "cases_invented.jsonl"
_YEAR = re.compile(r"20[0-9]{2}")


def phrases() -> list[tuple[str, date]]:
    """Return (text, anchor) pairs, no two alike among those with a year."""
    with CASES.open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    return [
        (_YEAR.sub(lambda year, step=step: str(int(year[0]) + step), case["text"]), date.fromisoformat(case["anchor"]))  # type: ignore[misc]
        for step in range(10)
        for case in cases
    ]


def rate(read: Callable[[str, date], object], texts: list[tuple[str, date]], seconds: float) -> float:
    """Return calls per second: the best whole pass within ``seconds``, at least one."""
    best, stop = 0.0, time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        for text, anchor in texts:
            read(text, anchor)
        best = max(best, len(texts) / (time.perf_counter() - start))
        if time.perf_counter() > stop:
            return best


def _jionlp() -> Callable[[str, date], object] | None:
    try:
        import jionlp  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - optional
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)  # it logs every text that is no time to it

    def read(text: str, anchor: date) -> object:
        try:
            return jionlp.parse_time(text, time_base={"year": anchor.year, "month": anchor.month, "day": anchor.day})
        except Exception:  # noqa: BLE001 - it refuses what is no time to it by raising anything
            return None

    return read


def main() -> None:
    """Print phrases per second: over all phrases, then side by side over those JioNLP reads."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    texts = phrases()
    print(f"rectify_xl  {rate(_ours, texts, seconds):8,.0f} phrases/s  ({len(texts):,} phrases, uncached, one process)")
    other = _jionlp()
    if other is None:
        print("jionlp      not installed")
        return
    shared = [pair for pair in texts if other(*pair) is not None]
    ours, theirs = rate(_ours, shared, seconds), rate(other, shared, seconds)
    print(f"on the {len(shared):,} phrases JioNLP reads at all:")
    print(f"rectify_xl  {ours:8,.0f} phrases/s\njionlp      {theirs:8,.0f} phrases/s  (ratio {ours / theirs:.1f})")


def _ours(text: str, anchor: date) -> object:
    return parse_deadline(text, anchor=anchor)


if __name__ == "__main__":
    main()
