"""The rules of the house as functions over a source tree: each returns its violations as `file:line what`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGES = ("knowledge_base", "tcm_engine", "reports", "api", "web")
SHIPPED = (
    *PACKAGES,
    "app.py",
    "cli.py",
    "cli_kb.py",
    "cli_privacy.py",
    "cli_shared.py",
    "cli_user.py",
    "cli_work.py",
    "config.py",
    "workbench.py",
)
PURE = (
    "knowledge_base",
    *(
        f"tcm_engine/{room}"
        for room in ("kernels", "model", "assessment", "patterns", "planning", "evaluation", "search", "batch", "views")
    ),
    "tcm_engine/engine.py",
    "reports",
)
"""What may not know the time, the environment or chance: all of it comes as an argument."""

OPEN_MODULES = ("knowledge_base.model", "reports.figures")
"""Modules that others may import although they are no package's front."""
OPEN_ROOM = "tcm_engine.kernels"
"""Each of its modules is a front of its own: who scores should not load what matches. Only public names."""

WINGS = tuple(f"tcm_engine.center.{wing}" for wing in ("access", "clients", "campaigns", "work", "privacy", "indicators"))
"""Packages inside a room with a front of their own."""

FORBIDDEN_CALLS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today",
    "date.today", "time.time", "time.time_ns", "time.monotonic", "time.localtime", "time.gmtime", "uuid.uuid1", "uuid.uuid4", "uuid4",
    "os.urandom",
}  # fmt: skip
FORBIDDEN_MODULES = {"random", "secrets", "time"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "os.putenv"}
DEFAULT_DAY = ("tcm_engine/engine.py", "date.today")
"""The one exception: the public face dates a sheet with today where a caller names no day."""
LONGEST_FILE = 400


def python_files(root: Path, places: Iterable[str]) -> list[Path]:
    """Every .py file under `places` (folders or files, relative to `root`), sorted."""
    found: list[Path] = []
    for place in places:
        path = root / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def clock_environment_and_chance(root: Path, places: Iterable[str] = PURE) -> list[str]:
    """Uses of the clock, the environment or randomness in pure rooms."""
    return [f"{spot} {what}" for file in python_files(root, places) for spot, what in _impure(root, file)]


def environment_reads(root: Path, places: Iterable[str] = SHIPPED) -> list[str]:
    """Reads of the environment anywhere but in the settings table."""
    files = [file for file in python_files(root, places) if file != root / "config.py"]
    return [f"{_spot(root, file, node)} {name}" for file in files for node, name in _names(file) if name in ENVIRONMENT]


def side_doors(root: Path, places: Iterable[str] = SHIPPED) -> list[str]:
    """Imports across packages that do not go through the other package's `__init__` and its `__all__`."""
    return [found for file in python_files(root, places) for found in _side_doors(root, file)]


def long_files(root: Path, files: Iterable[Path]) -> list[str]:
    counted = [(file, len(file.read_text(encoding="utf-8").splitlines())) for file in files]
    return [f"{file.relative_to(root)} has {lines} lines" for file, lines in counted if lines > LONGEST_FILE]


def words_found(root: Path, files: Iterable[Path], pattern: re.Pattern[str]) -> list[str]:
    """Lines of text files that match `pattern`."""
    found = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(root)}:{number} {m[0]}" for number, line in enumerate(lines, 1) if (m := pattern.search(line))]
    return found


def _impure(root: Path, file: Path) -> Iterator[tuple[str, str]]:
    for node, name in _names(file):
        if (str(file.relative_to(root)), name) == DEFAULT_DAY:
            continue
        if name in FORBIDDEN_CALLS or name in ENVIRONMENT or name.split(".")[0] == "random":
            yield _spot(root, file, node), name
    for node, module, _ in _imports(root, file):
        if module.split(".")[0] in FORBIDDEN_MODULES:
            yield _spot(root, file, node), f"import {module}"


def _side_doors(root: Path, file: Path) -> Iterator[str]:
    own = _package(_module(root, file))
    for node, module, name in _imports(root, file):
        package = _package(module)
        if package.split(".")[0] not in PACKAGES or package == own or module in OPEN_MODULES or f"{module}.{name}" in OPEN_MODULES:
            continue
        if package == OPEN_ROOM and not name.startswith("_"):
            continue
        if module != package:
            yield f"{_spot(root, file, node)} imports {module}, not {package}"
        elif name and name not in _front(root, package):
            yield f"{_spot(root, file, node)} imports {name}, which {package} does not name in __all__"


def _package(module: str) -> str:
    """The package whose front `module` stands behind: a room of the engine, or a top-level package."""
    parts = module.split(".")
    if ".".join(parts[:3]) in WINGS:
        return ".".join(parts[:3])
    return ".".join(parts[:2]) if parts[0] == "tcm_engine" and len(parts) > 1 else parts[0]


def _front(root: Path, package: str) -> set[str]:
    folder = root / package.replace(".", "/")
    front = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    if front.name != "__init__.py":
        return {name for node in _tree(front).body for name in _defined(node) if not name.startswith("_")}
    rooms = {entry.stem for entry in folder.iterdir() if entry.is_dir()} if package == "tcm_engine" else set()
    return rooms | {
        element.value
        for node in _tree(front).body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets)
        for element in getattr(node.value, "elts", [])
        if isinstance(element, ast.Constant)
    }


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return [node.name]
    return [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]


def _imports(root: Path, file: Path) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, absolute module, imported name or empty) of every import, relative ones resolved."""
    here = _module(root, file).split(".")
    folder = here if file.name == "__init__.py" else here[:-1]
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node, module, alias.name) for alias in node.names)


def _names(file: Path) -> Iterator[tuple[ast.AST, str]]:
    """Dotted names that are used: `os.environ`, `date.today`."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Attribute | ast.Name):
            yield node, _dotted(node)


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def _module(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _spot(root: Path, file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(root)}:{getattr(node, 'lineno', 0)}"
