"""What a practitioner wants to know beside the profile: earlier illness, the family's, habits. Empty is "not known"."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tcm_engine.model import Fault, InvalidInput

LONGEST_TEXT = 2000
"""Characters."""
HABITS: Mapping[str, tuple[str, ...]] = {
    "smoking": ("never", "former", "current"),
    "drinking": ("never", "occasionally", "weekly", "daily"),
    "exercise": ("rarely", "weekly", "most_days"),
    "sleep": ("under_6", "from_6_to_8", "over_8"),
}
"""Code of a habit -> its answers; hours of sleep a night."""
TEXTS = ("history", "family", "remark")


@dataclass(frozen=True, slots=True)
class Background:
    history: str = ""
    """Illness, operations, accidents until now, in the staff's words."""
    family: str = ""
    """Illness of parents and siblings."""
    remark: str = ""
    smoking: str = ""
    drinking: str = ""
    exercise: str = ""
    sleep: str = ""

    def content(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


def background_of(content: Mapping[str, Any]) -> Background:
    return Background(**{key: content[key] for key in (*TEXTS, *HABITS) if content.get(key)})


def read_background(given: Mapping[str, Any]) -> Background:
    """Raises InvalidInput with every fault at `$.FIELD`: `too_long`, `unfit_text`, `not_one_of`."""
    faults, values = [], {}
    for key in TEXTS:
        text = unicodedata.normalize("NFC", str(given.get(key) or "")).replace("\r\n", "\n").strip()
        if len(text) > LONGEST_TEXT:
            faults.append(Fault(f"$.{key}", "too_long", {"maximum": LONGEST_TEXT}))
        elif not text.replace("\n", "").replace("\t", "").isprintable():
            faults.append(Fault(f"$.{key}", "unfit_text"))
        values[key] = text
    for key, answers in HABITS.items():
        values[key] = str(given.get(key) or "")
        if values[key] and values[key] not in answers:
            faults.append(Fault(f"$.{key}", "not_one_of", {"allowed": ", ".join(answers)}))
    if faults:
        raise InvalidInput(faults)
    return Background(**values)
