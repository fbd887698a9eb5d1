"""The texts that clients agree to, version by version, as data in `texts/`: a file for each purpose, the newest version first.

Laws are cited by article of the Personal Information Protection Law (PIPL) of the People's Republic of China.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML

from knowledge_base import to_traditional

Purpose = Literal["health_data", "automated_decision", "practitioner", "employer_report", "follow_up"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Point:
    text: str
    articles: tuple[int, ...]
    """Of the PIPL, which this paragraph answers."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    purpose: Purpose
    version: str
    title: str
    points: tuple[Point, ...]
    question: str
    """What is answered with yes or no."""


def current_texts(lang: str) -> tuple[ConsentText, ...]:
    """The newest version of every purpose, in the order in which they are asked; `lang` is `zh-Hans`, `zh-Hant` or `en`."""
    return tuple(_text(purpose, _versions(purpose)[0], lang) for purpose in PURPOSES)


def current_text(purpose: Purpose, lang: str) -> ConsentText:
    return _text(purpose, _versions(purpose)[0], lang)


def text_of(purpose: str, version: str, lang: str) -> ConsentText | None:
    """The text as it stood in a version; None for one that we never had."""
    for purpose_ in PURPOSES:
        for found in _versions(purpose_) if purpose_ == purpose else ():
            if found["version"] == version:
                return _text(purpose_, found, lang)
    return None


@cache
def valid_versions(purpose: Purpose) -> tuple[str, ...]:
    """Versions whose consent still holds: the newest, and those before it back to the last that changed what is done (PIPL Art. 14)."""
    valid = []
    for found in _versions(purpose):
        valid.append(str(found["version"]))
        if found["renews"]:
            break
    return tuple(valid)


@cache
def _versions(purpose: Purpose) -> tuple[dict[str, Any], ...]:
    with (_FOLDER / f"{purpose}.yaml").open(encoding="utf-8") as file:
        return tuple(YAML(typ="safe", pure=True).load(file)["versions"])


def _text(purpose: Purpose, found: dict[str, Any], lang: str) -> ConsentText:
    points = tuple(Point(_in(point, lang), tuple(point["articles"])) for point in found["points"])
    return ConsentText(purpose, str(found["version"]), _in(found["title"], lang), points, _in(found["question"], lang))


def _in(words: dict[str, Any], lang: str) -> str:
    if lang == "en":
        return str(words["en"])
    return to_traditional(str(words["zh"])) if lang == "zh-Hant" else str(words["zh"])
