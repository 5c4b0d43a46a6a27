"""``python -m rectify_xl``."""

from __future__ import annotations

from rectify_xl.cli import main

if __name__ == "__main__":
    main(prog_name="rectify-xl")
