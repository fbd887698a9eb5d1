"""What came with a request, read strictly: body, parameters, key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from knowledge_base.model import Instrument
from tcm_engine.center import Once
from tcm_engine.model import Fault, InvalidInput, day_of, key_in_path, read_strict

from .request_schemas import LONGEST_KEY

LARGEST_BODY = 64 * 1024
KEY_HEADER = "Idempotency-Key"
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


def body(allowed: tuple[str, ...], required: tuple[str, ...]) -> dict[str, Any]:
    """The JSON object that was sent. Raises InvalidInput, 413, 415."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = LARGEST_BODY
    given = read_strict(request.get_data(cache=True))
    if not isinstance(given, dict):
        raise InvalidInput([Fault("$", "not_an_object")])
    faults = [Fault(f"${key_in_path(key)}", "unknown_key") for key in given if key not in allowed]
    faults += [Fault(f"$.{key}", "missing") for key in required if key not in given]
    if faults:
        raise InvalidInput(faults)
    return given


def text(given: dict[str, Any], key: str) -> str:
    if not isinstance(given[key], str):
        raise InvalidInput([Fault(f"$.{key}", "not_text")])
    return str(given[key])


def day(given: dict[str, Any], key: str, first_year: int, last: date) -> date | None:
    """The day under `key`, None where there is none. Raises InvalidInput."""
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidInput([Fault(f"$.{key}", "not_text")])
    found = day_of(value)
    if found is None:
        raise InvalidInput([Fault(f"$.{key}", "not_a_date")])
    if found > last:
        raise InvalidInput([Fault(f"$.{key}", "too_late", {"maximum": last.isoformat()})])
    if found.year < first_year:
        raise InvalidInput([Fault(f"$.{key}", "too_early", {"minimum": f"{first_year}-01-01"})])
    return found


def seconds(given: dict[str, Any], key: str, most: int) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInput([Fault(f"$.{key}", "not_a_number")])
    if not 0 <= value <= most:
        raise InvalidInput([Fault(f"$.{key}", "out_of_range", {"minimum": 0, "maximum": most})])
    return float(value)


def once() -> Once | None:
    """The caller's Idempotency-Key with the request that it stands for. Raises InvalidInput."""
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise InvalidInput([Fault(KEY_HEADER, "not_valid")])
    return Once(key, hashlib.sha256(request.get_data(cache=True)).digest())


def query_text(name: str, longest: int) -> str:
    """A parameter of the query that has to be there. Raises InvalidInput."""
    found = request.args.get(name, "")
    if not found:
        raise InvalidInput([Fault(f"?{name}", "missing")])
    if len(found) > longest:
        raise InvalidInput([Fault(f"?{name}", "too_long", {"maximum": longest})])
    return found


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """A parameter of the query. Raises InvalidInput."""
    given = request.args.get(name)
    if given is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,9}", given):
        raise InvalidInput([Fault(f"?{name}", "not_a_whole_number")])
    if not least <= int(given) <= most:
        raise InvalidInput([Fault(f"?{name}", "out_of_range", {"minimum": least, "maximum": most})])
    return int(given)


def listed(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """A parameter that may be repeated, each a code of a register. Raises InvalidInput."""
    found, codes = request.args.getlist(name), frozenset(known)
    if not codes.issuperset(found):
        raise InvalidInput([Fault(f"?{name}", "unknown_code")])
    return tuple(found)


def yes_or_no(name: str) -> bool:
    """A parameter that is `true` or `false`; false where it is not given. Raises InvalidInput."""
    found = request.args.get(name, "false")
    if found not in ("true", "false"):
        raise InvalidInput([Fault(f"?{name}", "not_one_of", {"allowed": "true, false"})])
    return found == "true"


def refuse_twice(given: dict[str, Any], instruments: Mapping[str, Instrument]) -> None:
    """Refuse a measured number beside the answer that it stands for. Raises InvalidInput."""
    code, answers = given["instrument"], given["answers"]
    if not (isinstance(code, str) and code in instruments and isinstance(answers, dict)):
        return
    measured = [item for item in instruments[code].items if item.measure]
    twice = [item for item in measured if item.measure and answers.get(item.key) is not None and answers.get(item.measure.key) is not None]
    if twice:
        raise InvalidInput(Fault(f"$.answers.{item.measure.key}", "given_twice") for item in twice if item.measure)
