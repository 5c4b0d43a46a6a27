"""What a schema file says of one field, before it is a :class:`~rectify_xl.schema.fields.Field`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rectify_xl.common.errors import RectifyError


@dataclass(frozen=True)
class FieldEntry:
    """What a schema file says of one field, with the place to name in errors."""

    file: str
    key: str
    settings: dict[Any, Any]

    def error(self, zh: str, en: str) -> RectifyError:
        """An error that begins with file and field."""
        return RectifyError(f"{self.file}: 字段 {self.key} {zh}", f"{self.file}: field {self.key}: {en}")
