"""What reading a cell costs: deadlines per second beside JioNLP, where it is installed, and what importing the readers adds.

usage: python benchmarks/language.py [SECONDS]

The phrases are the project's own test cases, one of each form, with every year moved by 0 to 9: no phrase is cached
on either side. JioNLP is timed in the same run, turn about, on the cells in which it finds a time at all, and twice:

* as its documentation asks for text with other words in it: ``jio.ner.extract_time``, which finds the expression and
  reads it. That is the job of ``parse_deadline``, and the ratio to hold it to;
* with ``jio.parse_time`` alone, which its documentation keeps for bare expressions without other words, on the cells
  that it calls bare itself (``strict``).

Shares of right days are printed beside the speed, since reading wrongly is quick. Deadlines within sentences of 60 and more
characters are timed apart from cells, and a last table shows how the time of the three parsers grows with the length of a text.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rectify_xl.language.deadline import parse_deadline  # noqa: E402 - the checkout goes first
from rectify_xl.language.leaders import parse_leaders  # noqa: E402
from rectify_xl.language.units import parse_units  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, date], object]

CASES = ROOT / "tests" / "language" / "deadline" / "cases_invented.jsonl"
IMPORTS = (
    "import rectify_xl.language",
    "from rectify_xl import parse_deadline",
    "from rectify_xl import parse_units",
    "from rectify_xl import parse_leaders",
)
RUNS = 15
#: around a deadline: what makes a sentence of a notice of it
BEFORE = "各县(市、区)人民政府和市直有关部门要对照反馈问题清单逐项明确整改措施、责任单位和责任人,"
BEHIND = ",并做好佐证材料的收集归档工作"
SHORTEST_SENTENCE = 60
GROWTH = (250, 500, 1000, 2000)
PARSERS = {
    "parse_deadline": (parse_deadline, "2026年9月底前完成,"),
    "parse_units": (parse_units, "市水利局牵头,市财政局、市审计局配合;"),
    "parse_leaders": (parse_leaders, "副市长林知远、市水利局局长苏晚晴;"),
}
_YEAR = re.compile(r"20[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Phrase(NamedTuple):
    """A cell, its issue date, and the last day a careful reader takes from it, if any."""

    text: str
    anchor: date
    due: str


def phrases(steps: int = 10) -> list[Phrase]:
    """The cells, with all years moved by each of 0 to ``steps`` - 1."""
    with CASES.open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    return [
        Phrase(
            _YEAR.sub(lambda year, step=step: str(int(year[0]) + step), case["text"]),  # type: ignore[misc]
            date.fromisoformat(case["anchor"]),
            case["due"][-1] if case["due"] else "",
        )
        for step in range(steps)
        for case in cases
    ]


def race(texts: list[Phrase], seconds: float, *readers: Reader) -> list[float]:
    """Calls per second of processor time of each reader: the best of its passes, taken in turn until the time is over."""
    best = [0.0] * len(readers)
    stop = time.process_time() + seconds * len(readers)
    while not all(best) or time.process_time() < stop:
        for index, read in enumerate(readers):
            start = time.process_time()
            for text, anchor, _ in texts:
                read(text, anchor)
            best[index] = max(best[index], len(texts) / (time.process_time() - start))
    return best


def ours(text: str, anchor: date) -> object:
    """Read one cell."""
    return parse_deadline(text, anchor=anchor)


def _jionlp() -> dict[str, Reader] | None:
    try:
        import jionlp  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - optional
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)  # it logs every text that is no time to it

    def reader(function: Callable[..., object], **options: bool) -> Reader:
        def read(text: str, anchor: date) -> object:
            base = {"year": anchor.year, "month": anchor.month, "day": anchor.day}
            try:
                return function(text, time_base=base, **options)
            except Exception:  # noqa: BLE001 - it refuses what is no time to it by raising anything
                return None

        return read

    return {
        "extract_time": reader(jionlp.ner.extract_time),
        "parse_time": reader(jionlp.parse_time),
        "strict": reader(jionlp.parse_time, strict=True),
    }


def _right(texts: list[Phrase], read: Reader) -> str:
    """The share of cells with a day whose last day is found; a day JioNLP gives is the end of its last span."""
    dated = [phrase for phrase in texts if phrase.due]
    hits = 0
    for text, anchor, due in dated:
        result = read(text, anchor)
        days = [str(day) for day in result.due] if hasattr(result, "due") else _DAY.findall(str(result))
        hits += days[-1:] == [due]
    return f"{hits} of {len(dated)} last days right"


def _beside(title: str, texts: list[Phrase], seconds: float, theirs: Reader) -> None:
    mine, other = race(texts, seconds, ours, theirs)
    once = [phrase for phrase in phrases(1) if phrase in texts]
    print(f"{title}: {len(texts):,} cells")
    print(f"  rectify_xl {mine:9,.0f} phrases/s   {_right(once, ours)}")
    print(f"  jionlp     {other:9,.0f} phrases/s   {_right(once, theirs)}")
    print(f"  ratio      {mine / other:9.1f}")


def sentences() -> list[Phrase]:
    """The cells as parts of sentences of at least ``SHORTEST_SENTENCE`` characters."""
    texts = [phrase._replace(text=f"{BEFORE}{phrase.text}{BEHIND}") for phrase in phrases()]
    return [phrase for phrase in texts if len(phrase.text) >= SHORTEST_SENTENCE]


def _growing() -> None:
    """Milliseconds of processor time for texts of growing length; each text begins otherwise, so that none is cached."""
    print("milliseconds for texts of " + ", ".join(map(str, GROWTH)) + " characters:")
    for name, (parse, piece) in PARSERS.items():
        costs = []
        for length in GROWTH:
            best = float("inf")
            for run in range(RUNS):
                text = f"{run}{length}" + (piece * length)[:length]
                start = time.process_time()
                parse(text[:length])
                best = min(best, time.process_time() - start)
            costs.append(f"{best * 1000:8.2f}")
        print(f"  {name:16}" + "".join(costs))


def _importing() -> None:
    """What an import adds to ``python -c pass``, with byte code written, as in an installed package."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    best = dict.fromkeys(("pass", *IMPORTS), float("inf"))
    for _ in range(RUNS):
        for statement in best:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True, cwd=ROOT, env=env)
            best[statement] = min(best[statement], time.perf_counter() - start)
    print(f"best of {RUNS} imports, beyond python -c pass ({best['pass'] * 1000:.0f} ms):")
    for statement in IMPORTS:
        print(f"  {statement:40}{(best[statement] - best['pass']) * 1000:6.1f} ms")


def main() -> None:
    """Print phrases per second, the comparison, and the cost of importing."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    texts = phrases()
    print(f"rectify_xl  {race(texts, seconds, ours)[0]:,.0f} phrases/s  ({len(texts):,} phrases, uncached, one process)")
    longer = sentences()
    print(f"in sentences {race(longer, seconds, ours)[0]:,.0f} phrases/s  ({len(longer):,} of {SHORTEST_SENTENCE}+ characters)")
    _growing()
    readers = _jionlp()
    if readers is None:
        print("jionlp      not installed")
    else:
        extract, bare, strict = readers["extract_time"], readers["parse_time"], readers["strict"]
        _beside("extract_time, cells as they stand", [p for p in texts if extract(p.text, p.anchor)], seconds, extract)
        _beside("parse_time, bare expressions", [p for p in texts if strict(p.text, p.anchor) is not None], seconds, bare)
    _importing()


if __name__ == "__main__":
    main()
