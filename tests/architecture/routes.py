"""The addresses that the service really answers."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from app import create_app
from config import Settings


def endpoints() -> list[str]:
    """`GET /api/v1/plans/ID` for every address for programs; parameters as `ID`."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(var_dir=Path(folder)))
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(("/api/", "/health/"))]
    return sorted(f"{method} {_named(rule.rule)}" for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})


def _named(rule: str) -> str:
    return re.sub(r"<[^>]+>", "ID", rule)
