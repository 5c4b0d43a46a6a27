"""``closing.materials`` and ``closing.materials_folder`` of campaign.yaml - what has to be in the dossier of a task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.campaign.yaml_nodes import Node

DEFAULT = "default"
_USUAL = ("销号申请表", "情况说明", "佐证材料", "验收意见")
_SEPARATORS = LazyPattern(r"[、,，;；/／\n]+")


@dataclass(frozen=True, slots=True, repr=False)
class Materials(ShortRepr):
    """What a dossier takes, by kind of task.

    Attributes:
        by_kind: 问题类别 -> names of materials; those of ``default`` are wanted of any other kind.
        folder: where the materials are, a folder per task in it; None where no folder is kept.
    """

    by_kind: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {DEFAULT: _USUAL})
    folder: Path | None = None

    def of(self, category: str) -> tuple[str, ...]:
        """The materials of a task of this kind; of several kinds (工程类、监管类) those of all of them, each once."""
        known = {text_key(kind): names for kind, names in self.by_kind.items() if kind != DEFAULT}
        kinds = [category] if text_key(category) in known else _SEPARATORS.split(category)
        named = [known[text_key(kind)] for kind in kinds if text_key(kind) in known]
        return tuple(dict.fromkeys(name for names in named or [self.by_kind[DEFAULT]] for name in names))


def read_materials(table: Mapping[str, Node]) -> Materials:
    """The two keys of ``closing:``.

    Raises:
        RectifyError: a kind has no materials, or one of them twice; the message names file, line and key.
    """
    kinds = {kind: _names(node) for kind, node in table["materials"].table(None).items()} if "materials" in table else {}
    folder = table.get("materials_folder")
    if folder and not folder.text():
        raise folder.empty()
    return Materials({DEFAULT: _USUAL, **kinds}, folder.path.parent / folder.text() if folder else None)


def _names(node: Node) -> tuple[str, ...]:
    names: list[str] = []
    for item in node.items():
        name = item.text()
        if not text_key(name):
            raise item.error("这里应为材料的名称", "the name of a material should stand here")
        if name in names:
            raise item.error(f"材料“{name}”写了两次", f"the material {name} is there twice")
        names.append(name)
    if not names:
        raise node.empty()
    return tuple(names)
