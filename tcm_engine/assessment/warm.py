"""No compilation inside a request: compiled kernels are kept on disk, and loaded once before work begins."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numba
import numpy as np

from .batch_scores import conclude_sheets, score_sheets
from .form import Form

_KERNELS = tuple(f"tcm_engine.kernels.{name}" for name in ("scoring", "concluding", "matching", "csv_rows", "csv_lines"))


def use_cache_folder(folder: Path) -> None:
    """Keep compiled kernels in `folder`, which is made readable by its owner alone: what lies there is executed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # numba makes it when it is loaded
    for module in map(import_module, _KERNELS):
        for kernel in vars(module).values():
            if hasattr(kernel, "enable_caching"):
                kernel.enable_caching()


def warm_up(form: Form) -> None:
    """Compile or load the kernels; call it once before requests are served, and before workers fork."""
    sheet, sex = np.ones((len(form.keys), 1), np.uint8), np.zeros(1, np.uint8)
    conclude_sheets(form, sheet, sex, score_sheets(form, sheet, sex))
