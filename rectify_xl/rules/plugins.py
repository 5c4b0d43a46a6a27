"""Rules of other packages: the entry point group ``rectify_xl.rules`` (docs/own-rules.md)."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.rules.rule_modules import RuleModuleError, load_rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint

    from rectify_xl.rules.rule import Rule

GROUP = "rectify_xl.rules"


def plugin_rules() -> Iterator[Rule]:
    """The rules of every installed package that announces some, package by package.

    An entry point names a module that is a rule, or a package whose modules are rules; modules whose names begin with an
    underscore are a package's own business.

    Raises:
        RectifyError: a package is broken; the message names it. A rule that the office counts on must not be
            left out in silence.
    """
    for point in sorted(entry_points(group=GROUP), key=lambda point: (package_of(point), point.name)):
        package = package_of(point)
        try:
            found = point.load()
            modules = list(rule_modules(found)) if isinstance(found, ModuleType) else []
        except (Exception, SystemExit) as error:  # a foreign module may do anything when it is imported
            raise broken(
                package, f"{point.value} 无法导入（{_words(error)}）", f"{point.value} cannot be imported ({_words(error)})"
            ) from error
        if not modules:
            raise broken(package, f"{point.value} 里没有规则模块", f"{point.value} holds no rule module")
        for module in modules:
            try:
                yield load_rule(module, package)
            except RuleModuleError as error:
                zh, en = error.reason
                raise broken(package, f"模块 {module.__name__}：{zh}", f"module {module.__name__}: {en}") from error


def rule_modules(module: ModuleType) -> Iterator[ModuleType]:
    """The module itself, or the modules of a package and of its folders, loaded."""
    if not hasattr(module, "__path__"):
        yield module
        return
    for found in pkgutil.iter_modules(module.__path__, f"{module.__name__}."):
        if not found.name.rpartition(".")[2].startswith("_"):
            yield from rule_modules(import_module(found.name))


def package_of(point: EntryPoint) -> str:
    """The installed package of an entry point, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def broken(package: str, zh: str, en: str) -> RectifyError:
    """The error that an installed package of rules cannot be used."""
    name = package.partition(" ")[0]
    return RectifyError(
        f"规则包 {package} 不能使用：{zh}；请联系提供者修正，或先卸载（pip uninstall {name}）",
        f"The rule package {package} cannot be used: {en}; have it mended or remove it (pip uninstall {name})",
    )


def _words(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
