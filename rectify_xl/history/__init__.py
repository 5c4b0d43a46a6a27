"""What was said in which round?  Past masters and lists by digest, and an index of them that any SQLite tool can read."""

from __future__ import annotations

from rectify_xl.history.lives import Life, life_of
from rectify_xl.history.past import Past, last_deadlines, last_written, read_past
from rectify_xl.history.recording import Recording, recording

__all__ = ["Life", "Past", "Recording", "last_deadlines", "last_written", "life_of", "read_past", "recording"]
