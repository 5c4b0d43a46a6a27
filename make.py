"""Set up what a target needs and run it: ``python3 make.py demo``, ``python3 make.py test``.

Needs Python alone, on Linux, macOS and Windows: the packages go into a virtual environment beside this file.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Kept readable for Python 3.6, so that an old one prints this sentence and no SyntaxError.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "rectify_xl 需要 Python 3.11 或更新版本，现在是 %d.%d；请安装后用它重新运行。\n"  # noqa: UP031
        "rectify_xl needs Python 3.11 or newer, this is %d.%d; install one and run this with it." % (sys.version_info[:2] * 2)
    )

import tomllib
from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
PROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
MINIMUM_VENV = ROOT / ".venv-minimum"
# What is deselected; see the markers in pyproject.toml.
QUICK = "not office and not kill and not slow and not long"
# What uses each dependency: readers of all formats, rules, the command line, workbooks, papers, mail.
MINIMUM = (
    "tests/goldens", "tests/intake", "tests/workers", "tests/campaign", "tests/schema", "tests/rules/test_cases.py", "tests/cli",
    "tests/workbook", "tests/ledger", "tests/papers", "tests/mail",
)  # fmt: skip
# Damaged and crafted files with their full counts.
FUZZ = ("tests/hostile/test_mutants.py", "tests/hostile/test_packages.py")
_CACHES = ".coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache"


def demo(words: list[str]) -> None:
    """Two rounds on the sample campaign, in the folder demo."""
    python = set_up()
    code = run(python, "-m", "rectify_xl", "demo", *(words or ["demo"]), check=False)
    if code != 1:  # the sample lists have errors on purpose
        sys.exit(code)


def lint(words: list[str]) -> None:
    """Style, types, the floors of the architecture, the generated documentation."""
    python = set_up("dev")
    run(python, "-m", "ruff", "check", ".", *words)
    run(python, "-m", "mypy")
    run(_script(VENV, "lint-imports"))
    run(python, "docs/make_docs.py", "--check")


def quick(words: list[str]) -> None:
    """The tests for the inner loop: no LibreOffice, no killed processes, nothing slow."""
    run(set_up("dev"), "-m", "pytest", "-m", QUICK, *words)


def test(words: list[str]) -> None:
    """Everything that guards a submission: lint, and the tests with coverage."""
    lint([])
    processes = (os.cpu_count() or 1) + 1  # tests that wait for other programs leave a core idle
    run(set_up("dev"), "-m", "pytest", "--cov", "--cov-report=term", "-n", str(processes), *words)


def long(words: list[str]) -> None:
    """All tests with their full counts: kills, mutants, generated sheets."""
    run(set_up("dev"), "-m", "pytest", "-m", "", *words, environment={"RECTIFY_XL_LONG": "1"})


def fuzz(words: list[str]) -> None:
    """3,000 damaged files of each input format, and every crafted package."""
    run(set_up("dev"), "-m", "pytest", "-m", "", *(words or FUZZ), environment={"RECTIFY_XL_LONG": "1"})


def goldens(_words: list[str]) -> None:
    """Renew tests/goldens, all that the sample round writes, and print what changed."""
    run(set_up("dev"), "-W", "ignore", "-m", "tests.goldens.renew")


def docs(_words: list[str]) -> None:
    """Renew the generated documentation."""
    run(set_up("dev"), "docs/make_docs.py")


def samples(_words: list[str]) -> None:
    """Rebuild the sample campaign (needs LibreOffice)."""
    run(set_up("dev"), "samples/build.py")


def bench(words: list[str]) -> None:
    """Time a large round."""
    run(set_up("dev"), "benchmarks/round.py", *words)


def test_minimum(words: list[str]) -> None:
    """Tests of every dependency with the lowest versions that pyproject.toml allows."""
    python = set_up("test", MINIMUM_VENV, lowest=True)
    run(python, "-m", "pytest", "-m", QUICK, *(words or MINIMUM))


def clean(_words: list[str]) -> None:
    """Remove the virtual environments, the demo and all caches."""
    for path in (VENV, MINIMUM_VENV, ROOT / "demo", *(path for name in _CACHES.split() for path in ROOT.glob(name))):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


TARGETS: dict[str, Callable[[list[str]], None]] = {
    "demo": demo, "test": test, "quick": quick, "long": long, "fuzz": fuzz, "lint": lint, "goldens": goldens, "docs": docs,
    "samples": samples, "bench": bench, "test-minimum": test_minimum, "clean": clean,
}  # fmt: skip


def set_up(extra: str = "", venv: Path = VENV, *, lowest: bool = False) -> Path:
    """Create the virtual environment if need be and install the project with this extra.

    A stamp holds what was installed from which pyproject.toml by which Python, and where, since an environment that was moved
    does not work; nothing is done while it is true.

    Args:
        extra: an optional dependency group; "" for the run-time packages only.
        venv: the environment's folder.
        lowest: install the lowest versions that pyproject.toml allows.

    Returns:
        The environment's Python.
    """
    base = _lowest_python() if lowest else sys.executable
    made_by = f"{ROOT}\n{sys.version if base == sys.executable else base}\n"
    wanted = f"{made_by}{hashlib.sha256(PROJECT.read_bytes()).hexdigest()}\n"
    stamp = venv / "installed.txt"
    held = stamp.read_text("utf-8") if stamp.exists() else ""
    python = _script(venv, "python")
    if held in (f"{wanted}{extra}\n", f"{wanted}dev\n"):
        return python
    if not held.startswith(made_by) or not python.exists():
        _create(venv, base)
    stamp.unlink(missing_ok=True)  # a broken installation is no installation
    print(f"Installing into {venv.name}: the project{f' with [{extra}]' if extra else ''} ...", flush=True)
    # Compiling every module of every package is half of the time; Python compiles what it imports.
    command: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    if lowest:
        constraints = venv / "constraints.txt"
        constraints.write_text("".join(f"{line}\n" for line in lowest_versions(extra)), "utf-8")
        command += ["--constraint", constraints]
    run(*command, "--editable", f".[{extra}]" if extra else ".")
    stamp.write_text(f"{wanted}{extra}\n", "utf-8")
    return python


def _create(venv: Path, base: str) -> None:
    # Debian and Ubuntu leave ensurepip to a package of its own; venv would fail with a long text and half a folder.
    if base == sys.executable and not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit(
            "这个 Python 没有 venv；请先安装，例如 Debian、Ubuntu：sudo apt install python3-venv，然后重新运行。\n"
            "This Python comes without venv; install it (Debian, Ubuntu: sudo apt install python3-venv) and run this again."
        )
    run(base, "-m", "venv", "--clear", venv)


def lowest_versions(extra: str) -> list[str]:
    """Constraints that pin each dependency of the project and of this extra to the lowest version it states."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    stated = [*project["dependencies"], *project["optional-dependencies"].get(extra, ())]
    pins = []
    for requirement in stated:
        name, bound, rest = requirement.partition(">=")
        if bound:
            version, marker, condition = rest.partition(";")
            pins.append(f"{name.partition('[')[0].strip()}=={version.split(',')[0].strip()}{marker}{condition}")
    return pins


def _lowest_python() -> str:
    """The lowest Python that the project allows: this one, or one found by its name."""
    lowest = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["requires-python"].removeprefix(">=").strip()
    if lowest == "{}.{}".format(*sys.version_info[:2]):
        return sys.executable
    found = shutil.which(f"python{lowest}")
    if not found:
        sys.exit(f"make.py: the lowest versions are tested with Python {lowest}, and there is no python{lowest} on the PATH")
    return found


def _script(venv: Path, name: str) -> Path:
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def run(*command: str | Path, check: bool = True, environment: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and stop with its exit status where that is a failure."""
    words = [str(word) for word in command]
    variables = {**os.environ, **(environment or {})}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # each of the tests' many processes would compile the project anew
    code = subprocess.run(words, cwd=ROOT, env=variables, check=False).returncode
    if check and code:
        sys.exit(code)
    return code


def main(words: list[str]) -> None:
    """Run the target named first; what follows goes to the command behind it, such as pytest."""
    usage = "\n".join(f"  {name:13} {target.__doc__}" for name, target in TARGETS.items())
    if not words or words[0] in {"-h", "--help", "help"}:
        print(f"python3 make.py TARGET\n\n{usage}")
    elif words[0] not in TARGETS:
        sys.exit(f"make.py: no target {words[0]}; there are\n{usage}")
    else:
        TARGETS[words[0]](words[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
