"""``python3 make.py goldens``: runs the sample round, prints what changed since the goldens were written, writes them."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.goldens.sample_round import run_round

TEXTS = Path(__file__).parent / "texts"


def main() -> None:
    """Renew the goldens; the difference goes to stdout."""
    sys.stdout.reconfigure(encoding="utf-8")
    with TemporaryDirectory() as folder:
        texts = run_round(Path(folder))
    TEXTS.mkdir(exist_ok=True)
    names = sorted({path.name for path in TEXTS.iterdir()} | set(texts))
    changed = 0
    for name in names:
        path = TEXTS / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = texts.get(name, "")
        if old != new:
            changed += 1
            was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
            sys.stdout.writelines(unified_diff(was, now, f"old/{name}", f"new/{name}", n=1))
        if name in texts:
            path.write_text(new, encoding="utf-8", newline="\n")
        else:
            path.unlink()
    sys.stdout.write(f"{changed} of {len(names)} texts changed\n")


if __name__ == "__main__":
    main()
