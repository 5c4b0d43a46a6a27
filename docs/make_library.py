"""Writes the reference at the end of docs/library.md from the docstrings; with --check, says whether it is stale.

With --examples it also runs the examples and writes what they show.
"""

from __future__ import annotations

import contextlib
import dataclasses
import doctest
import inspect
import io
import re
import sys
import tempfile
import traceback
from enum import Enum
from pathlib import Path
from typing import Any

import rectify_xl as rx

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "library.md"
BEGIN, END = "<!-- reference -->\n", "<!-- end of reference -->\n"
_BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LONGEST_LINE = 110
_MARKUP = re.compile(r":\w+:`~?(?:[\w.]*\.)?(\w+)`|``([^`]+)``")


def reference() -> str:
    """All public functions and types, by name."""
    found = {name: getattr(rx, name) for name in rx.__all__ if not name.startswith("__")}
    functions = [_function(name, one) for name, one in found.items() if inspect.isroutine(one)]
    types = [_type(name, one) for name, one in found.items() if inspect.isclass(one)]
    head = "| {} | {} |\n|---|---|"
    return "\n".join(["### Functions", "", *functions, "### Types", "", head.format("type", "is"), *types, ""])


def _function(name: str, function: Any) -> str:  # noqa: ANN401 - whatever is public
    signature = inspect.signature(function)
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parts.append(f"{parameter.name}: {parameter.annotation}{default}")
    line = f"{name}({', '.join(parts)}) -> {signature.return_annotation}"
    if len(line) > _LONGEST_LINE:
        line = "\n".join([f"{name}(", *(f"    {part}," for part in parts), f") -> {signature.return_annotation}"])
    return f"```python\n{line}\n```\n\n{_plain(_first(function))}\n"


def _type(name: str, kind: type) -> str:
    """Name, first sentence, and what it has."""
    if dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind) if not field.name.startswith("_")]
    elif issubclass(kind, Enum):
        fields = [member.name for member in kind]
    else:
        fields = list(getattr(kind, "_fields", ()))
    known = {base for one in (Exception, tuple, str) for base in dir(one)}
    more = [f"{member}()" if inspect.isfunction(getattr(kind, member)) else member for member in vars(kind)
            if not member.startswith("_") and member not in fields and member not in known]  # fmt: skip
    listed = ", ".join(f"`{member}`" for member in (*fields, *more))
    return f"| `{name}` | {_plain(_first(kind))}{'<br>' if listed else ''}{listed} |"


def _first(documented: Any) -> str:  # noqa: ANN401
    return " ".join((inspect.getdoc(documented) or "").partition("\n\n")[0].split())


def _plain(text: str) -> str:
    """The markup of docstrings as Markdown."""
    return _MARKUP.sub(lambda match: f"`{match[1] or match[2]}`", text).replace("|", "\\|")


def with_examples(page: str) -> str:
    """The page with what its examples show today, run in a folder with the samples."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("samples").symlink_to(ROOT / "samples")
        return _BLOCK.sub(lambda block: f"```pycon\n{_session(block[1], names)}```", page)


def _session(block: str, names: dict[str, Any]) -> str:
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(block):
        first, *more = example.source.splitlines()
        lines += [f">>> {first}", *(f"... {line}" for line in more), *_shown(example.source, names).splitlines()]
    return "".join(f"{line}\n" for line in lines)


def _shown(source: str, names: dict[str, Any]) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        try:
            exec(compile(source, "<example>", "single"), names)  # noqa: S102 - our own page
        except Exception as error:  # noqa: BLE001 - some examples show errors
            print("Traceback (most recent call last):\n    ...\n", *traceback.format_exception_only(error), sep="")
    return shown.getvalue()


def main() -> int:
    """Write or check; return the exit status."""
    page = PAGE.read_text("utf-8")
    if "--examples" in sys.argv[1:]:
        page = with_examples(page)
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    text = f"{head}{BEGIN}\n{reference()}\n{END}{tail}"
    if "--check" in sys.argv[1:]:
        if text == page:
            return 0
        print(f"{PAGE.relative_to(ROOT)} is stale; run python3 make.py docs")
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
