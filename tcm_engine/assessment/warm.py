"""No compilation inside a request: compiled kernels are kept on disk, and loaded once before work begins."""

from __future__ import annotations

import numpy as np

from .batch_scores import conclude_sheets, score_sheets
from .form import Form


def warm_up(form: Form) -> None:
    """Compile or load the kernels; call it once before requests are served, and before workers fork."""
    sheet, sex = np.ones((len(form.keys), 1), np.uint8), np.zeros(1, np.uint8)
    conclude_sheets(form, sheet, sex, score_sheets(form, sheet, sex))
