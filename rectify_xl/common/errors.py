"""The one error of the library: the job cannot be done, and what to do about it."""

from __future__ import annotations


class RectifyError(Exception):
    """The job cannot be done; the message says what is wrong and what to do (exit status 2)."""
