"""Scripts as modules."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def drill_module() -> ModuleType:
    """scripts/drill.py."""
    found = spec_from_file_location("drill", Path(__file__).parents[2] / "scripts" / "drill.py")
    assert found and found.loader
    module = module_from_spec(found)
    sys.modules["drill"] = module
    found.loader.exec_module(module)
    return module
