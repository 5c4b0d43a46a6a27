"""What campaign.yaml says under ``schema:`` when it leaves the choice to the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from rectify_xl.schema.schema import Schema

AUTO = "auto"


@dataclass(frozen=True, slots=True, repr=False)
class SchemaChoice(ShortRepr):
    """That the schema is chosen, and by what it was: the ``files`` of the run, the ``master`` read, or nothing yet.

    ``candidates`` are the schemas to choose from, the one that wins a tie first.
    """

    candidates: tuple[Schema, ...]
    by: Literal["", "files", "master"] = ""
