"""The sample campaign's whole round, run through the command line, and all that it wrote, as texts that can be compared.

Everything runs in one folder under relative names, so that no text holds a path of the machine it was made on.
"""

from __future__ import annotations

import json
import shutil
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.cli import main
from tests.goldens.as_text import NOTICE, additions, changes, digest, digests, long_texts, mail_lines, paper_lines, workbook_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DAY, EARLIER, LATER = "2026-11-21", "2026-10-21", "2026-12-20"
_SAMPLE = Path(__file__).parents[2] / "samples" / "city"
_LISTS = "city/submissions"
_WRITTEN = {".xlsx", ".xlsm", ".docx"}
_TEXTS = {".yaml", ".csv", ".txt"}


def run_round(folder: Path) -> dict[str, str]:
    """Run the round in ``folder``, an empty directory.

    Returns:
        The golden texts by file name.
    """
    shutil.copytree(_SAMPLE, folder / "city")
    with chdir(folder):
        commands = _Commands()
        _run_commands(commands)
        texts = dict(_texts(folder, commands))
    written = {name: "".join(f"{line}\n" for line in lines) for name, lines in texts.items()}
    assert not [name for name, text in written.items() if str(folder) in text], "a text holds the path it was written under"
    return written


class _Commands:
    """Runs commands and keeps what they said."""

    def __init__(self) -> None:
        self.console: list[str] = []
        self.data: dict[str, Any] = {}

    def run(self, *words: str, data: str = "") -> None:
        """Run one command; ``data`` names its JSON instead of keeping it with what the other commands said."""
        out, progress, status = StringIO(), StringIO(), 0
        with redirect_stdout(out), redirect_stderr(progress):
            try:
                main(words, prog_name="rectify-xl")
            except SystemExit as done:
                status = done.code
        self.console += [f"$ rectify-xl {' '.join(words)}", f"[exit status {status}]", *progress.getvalue().splitlines()]
        if data:
            self.data[data] = json.loads(out.getvalue())
        else:
            self.console += out.getvalue().splitlines()
        self.console.append("")


def _run_commands(commands: _Commands) -> None:
    run = commands.run
    campaign = ("--campaign", "city")
    for lang in ("zh", "en"):
        said = (*campaign, "--as-of", DAY, "--lang", lang)
        run(
            "validate", _LISTS, *said, "-o", f"{lang}/report.xlsx", "--annotate", f"{lang}/annotated", "--format", "json",
            data=f"validate-{lang}",
        )  # fmt: skip
        run("merge", _LISTS, *said, "-o", f"{lang}/master.xlsx", "--format", "json", data=f"merge-{lang}")
        run("summarize", f"{lang}/master.xlsx", *campaign, "-o", f"{lang}/later.xlsx", "--as-of", LATER)
        run("explain", "--lang", lang)
        run("send", "zh/master.xlsx", *campaign, "--lang", lang)
        run("template", *campaign, "--lang", lang, "-o", f"{lang}/template.xlsx")
        run("deadline", "2026年三季度末", "9月前完成，长期坚持", "立行立改", "尽快", "2026年11月31日", "--lang", lang, *campaign)
    run("validate", _LISTS, *campaign, "--as-of", DAY, "--fix", "--unsafe", "--fixed", "zh/fixed")
    run("validate", _LISTS, *campaign, "--as-of", DAY, "--format", "sarif", data="sarif")
    run("validate", _LISTS, "--as-of", DAY, "--format", "json", data="validate-no-campaign")
    run("merge", _LISTS, *campaign, "--as-of", EARLIER, "-o", "zh/earlier.xlsx")
    run("merge", _LISTS, *campaign, "--as-of", DAY, "--base", "zh/earlier.xlsx", "-o", "zh/based.xlsx")
    run("merge", _LISTS, *campaign, "--as-of", DAY, "--strict", "-o", "zh/strict.xlsx")
    run("template", *campaign, "--unit", "市水利局", "-o", "zh/template-unit.xlsx")
    run("summarize", "zh/master.xlsx", *campaign, "-o", "zh/again.xlsx", "--as-of", DAY, "--cards", "papers/cards")
    run("bulletin", "zh/master.xlsx", *campaign, "-o", "papers/bulletin.docx")
    run("notice", "zh/master.xlsx", *campaign, "--all", "-o", "papers/letters")
    run("publicity", "zh/master.xlsx", *campaign, "--due", "--start", "2026-11-23", "-o", "papers/public")
    run("dossier", "zh/master.xlsx", *campaign, "--task", "59", "--task", "60", "-o", "papers/closing")
    run("lookback", "zh/master.xlsx", *campaign, "-n", "2", "--seed", "7", "-o", "zh/lookback.xlsx")
    mailings = {
        "master": ("zh/master.xlsx",),
        "returns": ("--returns", "zh/annotated"),
        "reminders": ("--reminders", "zh/master.xlsx"),
    }
    for kind, words in mailings.items():
        run("send", *words, *campaign)
        shutil.move("city/outbox-preview", f"mail-{kind}")
    run("init", "started")


def _texts(folder: Path, commands: _Commands) -> Iterator[tuple[str, Iterable[str]]]:
    yield "console.txt", commands.console
    yield from _data_texts(commands.data)
    known = long_texts(folder / "zh" / "master.xlsx")
    yield from _workbook_texts(folder, known)
    for kind in ("annotated", "fixed"):
        yield f"{kind}.txt", _copies(folder / "zh" / kind, folder / _LISTS, known)
    yield "papers.txt", _sections(folder / "papers", "*.docx", paper_lines)
    yield "mail.txt", [line for at in sorted(folder.glob("mail-*")) for line in _sections(at, "*.eml", mail_lines)]
    yield "started.txt", _sections(folder / "started", "*", _plain)
    written = [path for path in folder.rglob("*") if path.suffix in _WRITTEN and not path.parent.name.startswith("submissions")]
    yield "digests.txt", digests(written)


def _data_texts(data: dict[str, Any]) -> Iterator[tuple[str, Iterable[str]]]:
    """The JSON of validate in full; the other outputs as what they say otherwise."""
    lines = {name: json.dumps(value, ensure_ascii=False, indent=1).splitlines() for name, value in data.items()}
    whole = lines["validate-zh"]
    yield "validate-zh.json", whole
    yield "merge-zh.json.diff", additions(whole, lines["merge-zh"])
    yield "validate-en.json.diff", additions(whole, lines["validate-en"])
    yield "merge-en.json.diff", additions(lines["validate-en"], lines["merge-en"])
    yield "validate-no-campaign.json.diff", additions(whole, lines["validate-no-campaign"])
    yield "sarif.txt", [_one_line(result) for result in data["sarif"]["runs"][0]["results"]]


def _one_line(result: dict[str, Any]) -> str:
    """A SARIF result: its rule, level and places, whose texts stand in validate-zh.json, and a digest of the whole."""
    places = [json.dumps(place, ensure_ascii=False) for place in result.get("locations", ())]
    return " ".join((result["ruleId"], result["level"], *places, digest(json.dumps(result).encode())))


def _workbook_texts(folder: Path, known: set[str]) -> Iterator[tuple[str, Iterable[str]]]:
    """Master, report and template in full in Chinese; the other workbooks as what differs from these."""
    for name in ("master", "report", "template"):
        held = known if name == "report" else ()
        whole = workbook_lines(folder / "zh" / f"{name}.xlsx", held)
        yield f"{name}-zh.txt", whole
        yield f"{name}-en.txt.diff", additions(whole, workbook_lines(folder / "en" / f"{name}.xlsx", held))
        if name == "master":
            for other in ("later", "based"):
                yield f"master-{other}.txt.diff", additions(whole, workbook_lines(folder / "zh" / f"{other}.xlsx"))
        if name == "template":
            yield "template-unit.txt.diff", additions(whole, workbook_lines(folder / "zh" / "template-unit.xlsx"))


def _copies(copies: Path, originals: Path, known: set[str]) -> Iterator[str]:
    """What each copy changes in the unit's own file; in full where there is no file of that name and format."""
    for path in sorted(copies.rglob("*")):
        if path.is_dir():
            continue
        original = originals / path.relative_to(copies)
        yield f"=== {path.relative_to(copies)}"
        if original.exists() and original.read_bytes() == path.read_bytes():
            yield "the unit's own bytes"
        elif path.suffix not in {".xlsx", ".xlsm"}:
            yield from _plain(path)
        else:
            lines = workbook_lines(path, known)
            whole = not original.exists() or NOTICE in lines
            yield from lines if whole else changes(workbook_lines(original, known), lines)


def _sections(folder: Path, pattern: str, read: Any) -> Iterator[str]:
    for path in sorted(folder.rglob(pattern)):
        yield f"=== {path.relative_to(folder.parent).as_posix()}"
        yield from read(path)


def _plain(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines() if path.suffix in _TEXTS else []
