"""Where schemas/, templates/ and samples/ are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """The path of a file or folder that ships with rectify_xl, e.g. ``resource("schemas", "task_list.yaml")``.

    Raises:
        FileNotFoundError: no such file ships with the package.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    message = f"rectify_xl ships no {'/'.join(parts)}"
    raise FileNotFoundError(message)
