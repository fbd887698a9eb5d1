"""Compose the sample plans of docs/samples: one PDF for each person and language listed here, the same bytes each time.

Run from anywhere: `python scripts/samples.py`, or with the beginnings of some names (`python scripts/samples.py 02 07`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "samples"
sys.path.insert(0, str(ROOT))

from reports import render_pdf, typesetting  # noqa: E402 (the root comes first)
from tcm_engine import Engine  # noqa: E402
from tcm_engine.model import Registers, read_person, read_strict  # noqa: E402
from tcm_engine.views import present  # noqa: E402

SHORT, ELDERLY = "gbt_46939_2025", "elderly_33"


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    """Of NAME.json, and of the PDF beside it."""
    on: date
    instrument: str = SHORT
    languages: tuple[str, ...] = ("zh-Hans",)


SAMPLES = (
    Sample("01-pregnant-yang-deficiency", date(2026, 7, 25), languages=("zh-Hans", "en")),
    Sample("02-elderly-warfarin-damp-heat-yin", date(2026, 10, 12), ELDERLY),
    Sample("03-gout-qi-deficiency", date(2026, 5, 8)),
    Sample("04-g6pd-phlegm-dampness", date(2026, 3, 22)),
    Sample("05-vegetarian-menstrual-pain", date(2026, 11, 10)),
    Sample("06-night-nurse-insomnia", date(2026, 5, 25), languages=("zh-Hans", "en")),
    Sample("07-eighty-insulin-yin-deficiency", date(2026, 12, 24), ELDERLY),
    Sample("08-special-diathesis-allergies", date(2026, 4, 6)),
    Sample("09-kidney-heart-failure", date(2026, 2, 5)),
    Sample("10-balanced-white-dew", date(2026, 9, 8)),
    Sample("11-nothing-known", date(2026, 6, 8)),
    Sample("12-halal-phlegm-hypertension", date(2026, 8, 10)),
)


def compose(engine: Engine, sample: Sample) -> Iterator[tuple[Path, bytes]]:
    """Each PDF of one sample, with the file it belongs in. Raises InvalidInput where the sheet has a fault."""
    sheet = read_strict((FOLDER / f"{sample.name}.json").read_bytes())
    who = read_person(sheet["person"], Registers.of(engine.knowledge), sample.on)
    profile = who.profile
    assessment = engine.assess(sample.instrument, sheet["answers"], sex=profile.sex, assessed_on=sample.on, birth_date=profile.birth_date)
    plan = engine.plan(assessment, profile, on=sample.on)
    for lang in sample.languages:
        ending = "" if lang == "zh-Hans" else f".{lang}"
        yield FOLDER / f"{sample.name}{ending}.pdf", render_pdf(present(plan, lang, knowledge=engine.knowledge))


def main(beginnings: list[str]) -> None:
    """Write the samples whose names begin so; all of them where no beginning is given."""
    engine = Engine.load(typesetting=typesetting())
    for sample in SAMPLES:
        if not beginnings or sample.name.startswith(tuple(beginnings)):
            for file, content in compose(engine, sample):
                file.write_bytes(content)
                sys.stdout.write(f"{len(content) // 1024:5d} kB  {file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
