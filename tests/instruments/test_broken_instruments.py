"""Each shipped form, broken in one place: the fault is found and said. The file is named after its fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from knowledge_base import DATA
from knowledge_base.checks.instruments import CHECKS
from knowledge_base.model import Instrument
from tests.forms import CODES

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


def read(file: Path):
    return YAML(typ="safe").load(file)


def change(form, path: str, value) -> None:
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        form = form[part]
    form[last] = value


def told(form: dict, code: str) -> str:
    """Every problem of the three forms, one of which is given."""
    data = {other: read(DATA / "instruments" / f"{other}.yaml") for other in CODES} | {code: form}
    try:
        found = {other: (f"instruments/{other}.yaml", Instrument.model_validate(plain)) for other, plain in data.items()}
    except ValidationError as error:
        return str(error)
    return "\n".join(str(problem) for check in CHECKS for problem in check({"instruments": found}))


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_the_fault_is_found(file):
    case = read(file)
    form = read(DATA / "instruments" / f"{case['form']}.yaml")
    for path, value in case["change"].items():
        change(form, path, value)
    assert case["expected"] in told(form, case["form"])


def test_the_shipped_forms_have_no_problem():
    assert told(read(DATA / "instruments" / "elderly_33.yaml"), "elderly_33") == ""
    assert len(BROKEN) >= 20
