"""``python -m rectify_xl``."""

from __future__ import annotations

from rectify_xl.cli import run

if __name__ == "__main__":
    run()
