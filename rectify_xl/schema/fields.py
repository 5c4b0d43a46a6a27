"""schemas/*.yaml -> Schema(Field...): the one description of every column.

Header matching, conversion of values, the pandera schema, the columns of the master and the data
dictionary are all derived from it; see docs/add-a-column.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.common.resources import resource
from rectify_xl.common.text_keys import heading_key, text_key

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "long_text", "number", "percent", "date", "choice"]
Owner = Literal["office", "unit"]
Role = Literal["", "leader", "units", "deadline", "status"]
Grain = Literal["task", "unit"]

_FIELD_KEYS = {
    "label", "aliases", "owner", "grain", "kind", "role", "required", "choices", "synonyms", "width", "hint",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Field:
    """One column: how it is headed, what it may hold and who owns it."""

    key: str
    label: Mapping[str, str]
    kind: Kind
    aliases: tuple[str, ...] = ()
    owner: Owner = "unit"
    grain: Grain = "task"
    role: Role = ""
    required: str = ""
    choices: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    width: float = 12
    hint: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def choice_of(self) -> dict[str, str]:
        """Comparison key of every allowed value and synonym -> the value."""
        known = {text_key(choice): choice for choice in self.choices}
        return known | {text_key(said): meant for said, meant in self.synonyms.items()}

    @property
    def is_text(self) -> bool:
        """Whether the column holds words (and not numbers, dates or choices)."""
        return self.kind in ("text", "long_text")


@dataclass(frozen=True, eq=False)
class Schema:
    """The columns of one kind of list, in the order they are shown."""

    name: str
    version: int
    label: Mapping[str, str]
    fields: tuple[Field, ...]

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def __getitem__(self, key: str) -> Field:
        return self.by_key[key]

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Field key -> Field."""
        return {known.key: known for known in self.fields}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The field keys in order."""
        return tuple(self.by_key)

    @cached_property
    def headings(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Heading key -> the fields it may head with the rank of preference (0 is the label itself)."""
        found: dict[str, list[tuple[str, int]]] = {}
        for known in self.fields:
            for rank, heading in enumerate((known.label["zh"], known.label["en"], *known.aliases)):
                homes = found.setdefault(heading_key(heading).casefold(), [])
                if known.key not in (key for key, _ in homes):
                    homes.append((known.key, max(0, rank - 1)))
        return {heading: tuple(homes) for heading, homes in found.items()}

    @cached_property
    def required_groups(self) -> tuple[tuple[str, ...], ...]:
        """Groups of columns of which a list must have one member each."""
        groups: dict[str, list[str]] = {}
        for known in self.fields:
            if known.required:
                groups.setdefault(known.required if known.required != "true" else known.key, []).append(known.key)
        return tuple(tuple(group) for group in groups.values())

    def with_role(self, role: Role) -> tuple[str, ...]:
        """Keys of the fields that play ``role``."""
        return tuple(known.key for known in self.fields if known.role == role)


def _check(key: str, entry: dict[str, Any], where: str) -> None:
    """The plain values of a field: known names, allowed words, numbers where numbers belong."""
    for name in entry:
        if name not in _FIELD_KEYS:
            raise RectifyError(f"{where}: 字段 {key} 中有不认识的项 {name}{nearest(str(name), _FIELD_KEYS)}")
    if entry.get("kind") not in get_args(Kind) or "label" not in entry:
        raise RectifyError(f"{where}: 字段 {key} 需要 label 和 kind（可用：{'、'.join(get_args(Kind))}）")
    for name, allowed in (("owner", get_args(Owner)), ("role", get_args(Role)), ("grain", get_args(Grain))):
        if entry.get(name, allowed[0]) not in allowed:
            raise RectifyError(f"{where}: 字段 {key} 的 {name} 不能是 {entry[name]}；可用：{'、'.join(filter(None, allowed))}")
    if not isinstance(entry.get("width", 1), int | float):
        raise RectifyError(f"{where}: 字段 {key} 的 width 应为数字")


def _field(key: str, entry: object, where: str) -> Field:
    if not isinstance(entry, dict):
        raise RectifyError(f"{where}: 字段 {key} 应为“名称: 值”的列表")
    _check(key, entry, where)
    synonyms = entry.get("synonyms") or {}
    if not isinstance(synonyms, dict):
        raise RectifyError(f"{where}: 字段 {key} 的 synonyms 应为“值: [说法, …]”")
    choices = _listed(entry, "choices", f"{where}: 字段 {key}")
    said = {word: str(meant) for meant in synonyms for word in _listed(synonyms, meant, f"{where}: 字段 {key} 的 synonyms")}
    for meant in said.values():
        if meant not in choices:
            raise RectifyError(f"{where}: 字段 {key} 的 synonyms 指向 {meant}，choices 中没有{nearest(meant, choices)}")
    options: dict[str, Any] = {name: entry[name] for name in ("owner", "grain", "role", "width") if name in entry}
    return Field(
        key=key,
        label=_in_languages(entry["label"]),
        kind=entry["kind"],
        aliases=_listed(entry, "aliases", f"{where}: 字段 {key}"),
        required=str(entry.get("required") or "").lower(),
        choices=choices,
        synonyms=said,
        hint=_in_languages(entry.get("hint", "")),
        **options,
    )


def _listed(entry: Mapping[Any, Any], name: object, where: str) -> tuple[str, ...]:
    words = entry.get(name) or ()
    if not isinstance(words, list | tuple):
        raise RectifyError(f"{where} 的 {name} 应为列表，写成 [甲, 乙]")
    return tuple(map(str, words))


def _in_languages(entry: object) -> dict[str, str]:
    if isinstance(entry, dict):
        words = {str(language): str(text) for language, text in entry.items()}
        return {"zh": words.get("zh", words.get("en", "")), "en": words.get("en", words.get("zh", ""))}
    return {"zh": str(entry), "en": str(entry)}


@lru_cache(maxsize=8)
def load_schema(name: str = "task_list", base: Path | None = None) -> Schema:
    """Read a schema by its name in schemas/ or by path (relative to ``base``, the campaign folder).

    Raises:
        RectifyError: no such schema, or it is not well formed; the message names file and field.
    """
    path = _schema_path(name, base)
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{path}: 无法读取字段定义文件（{error}）"
        raise RectifyError(message) from error
    if not isinstance(content, dict) or not isinstance(content.get("fields"), dict):
        message = f"{path}: 字段定义文件需要 fields 一节"
        raise RectifyError(message)
    fields = tuple(_field(str(key), entry, path.name) for key, entry in content["fields"].items())
    label = _in_languages(content.get("label", path.stem))
    version = content.get("version", 1)
    if not isinstance(version, int):
        raise RectifyError(f"{path.name}: version 应为整数")
    return Schema(str(content.get("name", path.stem)), version, label, fields)


def _schema_path(name: str, base: Path | None) -> Path:
    if name.endswith((".yaml", ".yml")):
        path = (base or Path()) / name
        if path.is_file():
            return path
    folder = resource("schemas")
    shipped = folder / f"{Path(name).stem}.yaml"
    if shipped.is_file() and "/" not in name:
        return shipped
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    message = f"找不到字段定义 {name}{nearest(name, known)}；可用：{'、'.join(known)}，或写一个 .yaml 文件的路径"
    raise RectifyError(message)
