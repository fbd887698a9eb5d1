"""Message ids that code and templates use, found in their syntax trees, and what the catalogues have for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

FOLDER = Path("tcm_engine/views/locale/zh_Hans/LC_MESSAGES")
CALLS = {"_", "_m", "_t", "t", "gettext", "translate", "translate_markup", "say", "N_"}
"""Names of the functions whose first argument is a message id, or for N_ a table whose values are."""


def messages(root: Path) -> dict[str, dict[str, str]]:
    """Domain -> message id -> translation, fuzzy ones as empty."""
    return {file.stem: _read(file) for file in sorted((root / FOLDER).glob("*.po"))}


def used(root: Path, place: str) -> dict[str, str]:
    """Message id -> `file:line` of a use, for every literal id under a folder (or in a file)."""
    found: dict[str, str] = {}
    top = root / place
    files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.suffix in {".py", ".html", ".svg", ".xml"})
    for file in files:
        for line, msgid in _in_python(file) if file.suffix == ".py" else _in_template(file):
            found.setdefault(msgid, f"{file.relative_to(root)}:{line}")
    return found


def literals(root: Path, places: tuple[str, ...]) -> set[str]:
    """Every string constant in code and templates: what an id that is in use must be among."""
    found: set[str] = set()
    for place in places:
        top = root / place
        for file in [top] if top.is_file() else [path for path in top.rglob("*") if path.suffix in {".py", ".html", ".svg", ".xml"}]:
            if file.suffix == ".py":
                found |= {
                    n.value
                    for n in ast.walk(ast.parse(file.read_text("utf-8")))
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
            else:
                found |= {n.value for n in _template(file).find_all(nodes.Const) if isinstance(n.value, str)}
    return found


def _read(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        return {str(e.id): "" if e.fuzzy else str(e.string) for e in read_po(stream, locale="zh_Hans") if e.id}


def _in_python(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
            for constant in _constants(node.args[0]):
                yield node.lineno, constant


def _constants(node: ast.expr) -> Iterator[str]:
    """The literal ids of an argument: a string, either branch of a choice, the values of a table."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _constants(value)


def _in_template(file: Path) -> Iterator[tuple[int, str]]:
    for call in _template(file).find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        first = call.args[0] if call.args else None
        if name in CALLS and isinstance(first, nodes.Const) and isinstance(first.value, str):
            yield call.lineno, first.value


def _template(file: Path) -> nodes.Template:
    return Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(file.read_text("utf-8"))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
