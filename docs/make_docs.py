"""Writes the generated parts of the documentation; with --check, says which are stale and exits with 1.

Generated: docs/data-dictionary.md, the --help blocks of README.md (English) and README.zh-CN.md (Chinese), the sheets in
docs/workbook.md, and what the other make_*.py of this folder write.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from rectify_xl.cli import main as command
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
_SHEETS = re.compile(r"(<!-- sheets -->\n).*?(\n<!-- /sheets -->)", re.DOTALL)
_HELP = re.compile(r"(<!-- help: ([a-z ]*) -->\n```\n).*?(```)", re.DOTALL)


def data_dictionary() -> str:
    """Every column of every shipped schema."""
    parts = [
        "# Data dictionary",
        "",
        "Generated from `schemas/*.yaml` by `python3 make.py docs`. [Add a column](add-a-column.md) there and nowhere else.",
    ]
    for path in sorted((ROOT / "schemas").glob("*.yaml")):
        schema = load_schema(path.stem)
        parts += ["", f"## {schema.name} — {schema.label['zh']} / {schema.label['en']}", "", schema_table(schema.fields)]
        if schema.states.words:
            parts += ["", "What the states mean ([how to add one](add-a-state.md)):", "", states_table(schema)]
    return "\n".join(parts) + "\n"


def schema_table(fields: tuple[Field, ...]) -> str:
    """The columns of one schema as a Markdown table."""
    head = "| key | label | English | kind | owner | required | also headed as | allowed values | hint |\n" + "|---" * 9 + "|"
    rows = [head]
    for field in fields:
        required = {"": "", "true": "yes"}.get(field.required, f"one of “{field.required}”")
        cells = (
            f"`{field.key}`", field.label["zh"], field.label["en"], field.kind, field.owner, required,
            "、".join(field.aliases), "、".join(field.choices), field.hint["zh"],
        )  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def states_table(schema: Schema) -> str:
    """What the words of the status column mean, in order."""
    flags = ("closed", "standing", "reopened", "struck_off")
    rows = ["| state | means |", "|---|---|"]
    for state in schema.states:
        said = [flag for flag in flags if getattr(state, flag)] or ["under way" if state.started else "not started"]
        rows.append(f"| {state.word} | {', '.join(said)} |")
    return "\n".join(rows)


def with_sheets(page: str) -> str:
    """docs/workbook.md with the list of sheets as the registry has it."""
    rows = ["| sheet | English | what it lists |", "|---|---|---|"]
    rows += [f"| {sheet.name.zh} | {sheet.name.en} | {sheet.about.en} |" for sheet in master_sheets()]
    return _SHEETS.sub(lambda match: match[1] + "\n".join(rows) + match[2], page)


def with_help(path: Path, lang: str) -> str:
    """A README with its --help blocks as the commands print them today."""

    def block(match: re.Match[str]) -> str:
        words = match[2].split()
        result = CliRunner().invoke(command, [*words, "--help", "--lang", lang], prog_name="rectify-xl", terminal_width=100)
        return match[1] + result.output.rstrip() + "\n" + match[3]

    return _HELP.sub(block, path.read_text("utf-8"))


def main() -> int:
    """Write or check."""
    check = "--check" in sys.argv
    english, chinese = ROOT / "README.md", ROOT / "README.zh-CN.md"
    workbook = DOCS / "workbook.md"
    wanted = {
        DOCS / "data-dictionary.md": data_dictionary(),
        english: with_help(english, "en"),
        chinese: with_help(chinese, "zh"),
        workbook: with_sheets(workbook.read_text("utf-8")),
    }
    stale = 0
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            stale = 1
            if check:
                print(f"{path.relative_to(ROOT)} is stale; run python3 make.py docs")
            else:
                path.write_text(text, "utf-8")
    for script in sorted(DOCS.glob("make_*.py")):
        if script.name != Path(__file__).name:
            stale |= subprocess.run([sys.executable, str(script), *sys.argv[1:]], check=False).returncode
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(main())
