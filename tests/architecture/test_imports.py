"""Who may import whom, and what pure rooms may not touch. Every rule is shown to fail on a small tree that breaks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_import_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


ROOMS = ("center", "records", "engine", "views", "batch", "evaluation", "search", "planning", "patterns", "assessment", "model", "kernels")


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("knowledge_base/a.py", "import tcm_engine", "knowledge_base imports nothing of ours"),
        ("tcm_engine/model/a.py", "import tcm_engine.planning", "The rooms of the engine import only what lies below them"),
        ("tcm_engine/views/a.py", "import flask", "What is pure knows no web, no database and no renderer"),
        ("tcm_engine/records/a.py", "import flask", "records know the model and the database, nothing above"),
        ("tcm_engine/center/a.py", "import reports", "Use cases know neither pages nor renderers"),
        ("reports/a.py", "import sqlalchemy", "reports draw views and touch nothing that is kept"),
        ("web/a.py", "import weasyprint", "api and web call use cases, no SQL, no kernels, no renderer"),
        ("web/a.py", "import api", "api and web do not know each other"),
    ],
)
def test_each_import_contract_can_break(tmp_path: Path, file: str, line: str, broken: str) -> None:
    files = dict.fromkeys([f"{package}/__init__.py" for package in rules.PACKAGES], "")
    files |= dict.fromkeys([f"tcm_engine/{room}/__init__.py" for room in ROOMS], "")
    write(tmp_path, files | {file: line, "pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8")})
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert f"{broken} BROKEN" in result.stdout


def test_across_packages_only_fronts_are_imported() -> None:
    assert rules.side_doors(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "from tcm_engine.model.plan import Plan",
        "from tcm_engine.model import hidden",
        "import tcm_engine.model.plan",
        "from ..model.plan import Plan",
    ],
)
def test_a_side_door_is_found(tmp_path: Path, line: str) -> None:
    front = {"tcm_engine/__init__.py": "", "tcm_engine/model/__init__.py": "__all__ = ['Plan']", "tcm_engine/views/a.py": line}
    assert len(rules.side_doors(write(tmp_path, front), ["tcm_engine"])) == 1


@pytest.mark.parametrize(
    "line", ["from tcm_engine.model import Plan", "from ..model import Plan", "from knowledge_base.model import Food", "from .b import c"]
)
def test_a_front_door_is_open(tmp_path: Path, line: str) -> None:
    front = {"tcm_engine/__init__.py": "", "tcm_engine/model/__init__.py": "__all__ = ['Plan']", "tcm_engine/views/a.py": line}
    assert rules.side_doors(write(tmp_path, front), ["tcm_engine"]) == []


def test_pure_rooms_know_no_clock_environment_or_chance() -> None:
    assert rules.clock_environment_and_chance(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date\ndate.today()",
        "import os\nos.environ['X']",
        "import random",
        "import numpy\nnumpy.datetime\nimport time",
        "from secrets import token_hex",
    ],
)
def test_impurity_is_found(tmp_path: Path, line: str) -> None:
    assert len(rules.clock_environment_and_chance(write(tmp_path, {"knowledge_base/a.py": line}), ["knowledge_base"])) == 1


def test_only_the_settings_table_reads_the_environment() -> None:
    assert rules.environment_reads(ROOT) == []


@pytest.mark.parametrize("line", ["import os\nx = os.environ.get('A')", "import os\nos.getenv('A')"])
def test_an_environment_read_is_found(tmp_path: Path, line: str) -> None:
    assert len(rules.environment_reads(write(tmp_path, {"web/a.py": line, "config.py": line}), ["web", "config.py"])) == 1
