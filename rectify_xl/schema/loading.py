"""schemas/*.yaml -> Schema. A mistake in one is refused with its file and field."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.common.resources import resource
from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.entry import FieldEntry
from rectify_xl.schema.fields import AS_WRITTEN, STATUS, Field, Grain, Kind, Owner, Role
from rectify_xl.schema.schema import Schema
from rectify_xl.schema.states import read_states

if TYPE_CHECKING:
    from collections.abc import Hashable

_FIELD_KEYS = {
    "label", "aliases", "owner", "grain", "kind", "role", "required", "choices", "states", "synonyms", "width", "hint",
}  # fmt: skip


# Columns of the library's DataFrames beside those of the schema.
RESERVED_KEYS = frozenset({
    "file", "sheet", "row", "first_row", "last_row", "reporting_unit", "other", "source", "due", "judged_by", "flag", "light",
    "in_doubt", "days", "kinds", "is_closed", "is_clear", "has_leader", "leads", "leaders", "disputed",
    "key", "round_id", "digests",
})  # fmt: skip


class _Loader(yaml.SafeLoader):
    """For an office's schemas: its messages show the line."""


class _ShippedLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """For the package's schemas, which are well formed: libyaml, where there is one, reads them in a tenth of 35 ms."""


def _mapping_of_unique_keys(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    """Refuse a key that stands twice: YAML itself would silently keep the last one."""
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} 写了两次 / stands twice", key.start_mark)
            seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


for _kind in (_Loader, _ShippedLoader):
    _kind.add_constructor("tag:yaml.org,2002:map", _mapping_of_unique_keys)


def load_schema(name: str | os.PathLike[str] = "task_list", base: str | os.PathLike[str] | None = None) -> Schema:
    """Read a schema by its name in schemas/ or by path (relative to ``base``, the campaign folder).

    Raises:
        RectifyError: no such schema, or it is not well formed; the message names file and field.
        TypeError: an argument is of a wrong type.
    """
    return _load(os.fspath(name), None if base is None else Path(base))


@lru_cache(maxsize=8)
def _load(name: str, base: Path | None) -> Schema:
    path = _schema_path(name, base)
    loader = _ShippedLoader if path.parent == resource("schemas") else _Loader
    try:
        content = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - a safe loader
    except RecursionError as error:
        raise RectifyError(
            f"{path}: 括号或缩进的层数太多，无法读取；请按 schemas 文件夹里的字段定义改写",
            f"{path}: it is nested too deeply; write it as the schemas that come with the package",
        ) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise RectifyError(f"{path}: 无法读取字段定义文件（{error}）", f"{path}: cannot read the schema ({error})") from error
    if not isinstance(content, dict) or not isinstance(content.get("fields"), dict):
        raise RectifyError(f"{path}: 字段定义文件需要 fields 一节", f"{path}: a schema needs fields")
    fields = tuple(_field(path.name, str(key), settings) for key, settings in content["fields"].items())
    version = content.get("version", 1)
    if not isinstance(version, int):
        raise RectifyError(f"{path.name}: version 应为整数", f"{path.name}: version must be a whole number")
    return Schema(str(content.get("name", path.stem)), version, _in_languages(content.get("label", path.stem)), fields)


def shipped_names() -> tuple[str, ...]:
    """The names of the schemas in schemas/, task_list first, then by name."""
    names = (path.stem for path in resource("schemas").glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: (name != "task_list", name)))


def shipped_schemas() -> tuple[Schema, ...]:
    """The schemas in schemas/, in the order of :func:`shipped_names`."""
    return tuple(map(load_schema, shipped_names()))


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
    near = nearest(name, known)
    raise RectifyError(
        f"找不到字段定义 {name}{near.zh}；可用：{'、'.join(known)}，或写一个 .yaml 文件的路径",
        f"there is no schema {name}{near.en}; known: {', '.join(known)}, or the path of a .yaml file",
    )


def _field(file: str, key: str, settings: object) -> Field:
    if not isinstance(settings, dict):
        raise FieldEntry(file, key, {}).error("应为“名称: 值”的列表", "must map names to values")
    entry = FieldEntry(file, key, settings)
    if key in RESERVED_KEYS or key.endswith(AS_WRITTEN):
        raise entry.error("的名称已用于结果表中的列；请换一个", "is the name of a column of our own; choose another")
    _check(entry)
    _check_status(entry)
    states = read_states(entry) if "states" in settings else ()
    choices = tuple(state.word for state in states) or _listed(entry, settings.get("choices"), "choices")
    options: dict[str, Any] = {name: settings[name] for name in ("owner", "grain", "role", "width") if name in settings}
    return Field(
        key=key,
        label=_in_languages(settings["label"]),
        kind=settings["kind"],
        aliases=_listed(entry, settings.get("aliases"), "aliases"),
        required=str(settings.get("required") or "").lower(),
        choices=choices,
        states=states,
        synonyms=_synonyms(entry, choices),
        hint=_in_languages(settings.get("hint", "")),
        **options,
    )


def _check(entry: FieldEntry) -> None:
    """The plain values of a field: known names, allowed words, numbers where numbers belong."""
    settings = entry.settings
    for name in settings:
        if name not in _FIELD_KEYS:
            near = nearest(str(name), _FIELD_KEYS)
            raise entry.error(
                f"中有不认识的项 {name}{near.zh}", f"unknown entry {name}{near.en}; known: {', '.join(sorted(_FIELD_KEYS))}"
            )
    kinds = get_args(Kind)
    if settings.get("kind") not in kinds or "label" not in settings:
        raise entry.error(f"需要 label 和 kind（可用：{'、'.join(kinds)}）", f"needs label and kind (one of {', '.join(kinds)})")
    for name, allowed in (("owner", get_args(Owner)), ("role", get_args(Role)), ("grain", get_args(Grain))):
        if settings.get(name, allowed[0]) not in allowed:
            words = tuple(filter(None, allowed))
            raise entry.error(
                f"的 {name} 不能是 {settings[name]}；可用：{'、'.join(words)}",
                f"{name} must be one of {', '.join(words)}, not {settings[name]}",
            )
    if not isinstance(settings.get("width", 1), int | float):
        raise entry.error("的 width 应为数字", "width must be a number")


def _check_status(entry: FieldEntry) -> None:
    """See that the status column, and it alone, says what its states mean."""
    is_choice = entry.settings["kind"] == "choice"
    if entry.settings.get("role") != "status":
        if "states" in entry.settings:
            raise entry.error("不是状态列，不能写 states", "is not the status column (role: status) and cannot have states")
        if entry.key == STATUS and is_choice:
            raise entry.error("需要 role: status", "needs role: status")
        return
    if entry.key != STATUS or not is_choice:
        raise entry.error(
            f"的 role: status 只能用在字段 {STATUS}（kind: choice）上", f"role: status is for the field {STATUS} of kind: choice"
        )
    if "choices" in entry.settings:
        raise entry.error("的可选值由 states 给出，请删去 choices", "its states are its choices; delete choices")
    if "states" not in entry.settings:
        raise entry.error(
            "需要 states 一节，写明有哪些状态、哪些算办结（closed: true）",
            "needs states: which there are, and which of them are done (closed: true)",
        )


def _synonyms(entry: FieldEntry, choices: tuple[str, ...]) -> dict[str, str]:
    """Every other wording -> the choice that it means; one that would mean two is refused."""
    synonyms = entry.settings.get("synonyms") or {}
    if not isinstance(synonyms, dict):
        raise entry.error("的 synonyms 应为“值: [说法, …]”", "synonyms must map a value to a list of wordings")
    for meant in map(str, synonyms):
        if meant not in choices:
            near = nearest(meant, choices)
            raise entry.error(
                f"的 synonyms 指向 {meant}，可选值中没有{near.zh}", f"synonyms of {meant}, which is no choice{near.en}"
            )
    meaning = {text_key(choice): choice for choice in choices}
    meaning_of: dict[str, str] = {}
    for meant, words in synonyms.items():
        for word in _listed(entry, words, f"synonyms {meant}"):
            other = meaning.setdefault(text_key(word), str(meant))
            if other != str(meant):
                raise entry.error(
                    f"的说法“{word}”既指“{other}”又指“{meant}”；请只留一处", f"“{word}” means both {other} and {meant}; keep one"
                )
            meaning_of[word] = str(meant)
    return meaning_of


def _listed(entry: FieldEntry, words: object, name: str) -> tuple[str, ...]:
    if words is None:
        return ()
    if not isinstance(words, list):
        raise entry.error(f"的 {name} 应为列表，写成 [甲, 乙]", f"{name} must be a list, [one, other]")
    for word in words:
        if isinstance(word, bool | dict | list) or word is None:
            raise entry.error(f"的 {name} 中 {word} 不是文字；请加上引号", f"{word} in {name} is not a text; put it in quotes")
    return tuple(map(str, words))


def _in_languages(entry: object) -> dict[str, str]:
    if isinstance(entry, dict):
        words = {str(language): str(text) for language, text in entry.items()}
        return {"zh": words.get("zh", words.get("en", "")), "en": words.get("en", words.get("zh", ""))}
    return {"zh": str(entry), "en": str(entry)}
