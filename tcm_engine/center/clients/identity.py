"""Who somebody is: name, sex, day of birth, identity card, how to reach them. What a card says and what is written must agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tcm_engine.model import Fault, InvalidInput, Sex, day_of

from .id_number import IdNumber, read_id_number
from .names import folded_name, initials, readings

EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST = {"name": 80, "address": 200, "code": 40, "contact_name": 80, "contact_relation": 40, "employer": 120, "unit": 120}
"""Characters."""
PHONE = re.compile(r"[0-9]{7,15}")
_PHONE_SIGNS = str.maketrans("", "", " -()\u00a0\u2011\u2013\u2014")
_HOME_CODES = ("+86", "0086")


@dataclass(frozen=True, slots=True)
class Identity:
    """Empty text and None are "not known"."""

    name: str
    sex: Sex | None = None
    birth_date: date | None = None
    id_number: str = ""
    """GB 11643, 18 characters; it has given sex and day of birth where they were not written."""
    phone: str = ""
    """Digits, without +86."""
    address: str = ""
    code: str = ""
    """The centre's own number of the record; unique in the organisation."""
    contact_name: str = ""
    contact_relation: str = ""
    contact_phone: str = ""
    employer: str = ""
    unit: str = ""
    """Department, team or village group."""
    branch: str | None = None
    """Public id of a branch; None: of the whole organisation."""

    def entries(self) -> Iterator[tuple[str, str]]:
        """(kind, value) that the record is found by."""
        name = folded_name(self.name)
        yield "name", name
        yield from (("pinyin", one) for one in readings(self.name))
        yield from (("initials", one) for one in initials(self.name))
        if self.phone:
            yield "phone", self.phone
            yield "name_phone", f"{name}\0{self.phone}"
        if self.id_number:
            yield "id_number", self.id_number
        if self.code:
            yield "code", folded_name(self.code)
        if self.birth_date:
            yield "name_birth", f"{name}\0{self.birth_date.isoformat()}"


FIELDS = tuple(field.name for field in fields(Identity))


def read_identity(given: Mapping[str, Any], *, today: date | None = None) -> Identity:
    """The identity of texts as people and files write them; `birth_date` ISO or a date.

    Raises InvalidInput with every fault at `$.FIELD`: `missing`, `too_long`, `unfit_text`, `not_one_of`, `not_a_date`, `in_the_future`,
    `too_early`, `phone_unfit`, `id_number_shape`, `id_number_day`, `id_number_check`, `differs_from_id`, `unknown_key`.
    """
    faults = [Fault("$." + key if key.isidentifier() else "$", "unknown_key") for key in given if key not in FIELDS]
    texts = {key: _line(given.get(key), key, faults) for key in LONGEST}
    if not texts["name"] and not any(fault.path == "$.name" for fault in faults):
        faults.append(Fault("$.name", "missing"))
    phones = {key: _phone(given.get(key), key, faults) for key in ("phone", "contact_phone")}
    card = _card(given.get("id_number"), faults)
    sex, born = _sex(given.get("sex"), faults), _born(given.get("birth_date"), today, faults)
    if card:
        faults += _differences(card, sex, born, today)
    if faults:
        raise InvalidInput(faults)
    return Identity(
        **texts, **phones, id_number=card.number if card else "", sex=sex or (card.sex if card else None),
        birth_date=born or (card.birth_date if card else None), branch=given.get("branch") or None,
    )  # fmt: skip


def of_content(content: Mapping[str, Any], branch: str | None) -> Identity:
    """What `to_content` made."""
    kept = {key: content.get(key, "") for key in FIELDS if key not in ("sex", "birth_date", "branch")}
    born = content.get("birth_date")
    return Identity(**kept, sex=content.get("sex"), birth_date=date.fromisoformat(born) if born else None, branch=branch)


def to_content(identity: Identity) -> dict[str, Any]:
    """JSON of what is known. The branch stands in its own column."""
    kept = {key: getattr(identity, key) for key in FIELDS if key not in ("birth_date", "branch") and getattr(identity, key)}
    return kept | ({"birth_date": identity.birth_date.isoformat()} if identity.birth_date else {})


def read_phone(text: str) -> str | None:
    """Digits of a telephone number, without +86; None for what is none."""
    plain = unicodedata.normalize("NFKC", text).translate(_PHONE_SIGNS)
    for code in _HOME_CODES:
        plain = plain.removeprefix(code)
    return plain if PHONE.fullmatch(plain) else None


def _line(value: Any, key: str, faults: list[Fault]) -> str:
    text = unicodedata.normalize("NFC", str(value if value is not None else "")).strip()
    if not text.isprintable():
        faults.append(Fault(f"$.{key}", "unfit_text"))
    elif len(text) > LONGEST[key]:
        faults.append(Fault(f"$.{key}", "too_long", {"maximum": LONGEST[key]}))
    return text


def _phone(value: Any, key: str, faults: list[Fault]) -> str:
    text = str(value or "").strip()
    found = read_phone(text) if text else ""
    if found is None:
        faults.append(Fault(f"$.{key}", "phone_unfit"))
    return found or ""


def _card(value: Any, faults: list[Fault]) -> IdNumber | None:
    text = str(value or "").strip()
    found = read_id_number(text) if text else None
    if isinstance(found, str):
        faults.append(Fault("$.id_number", found))
        return None
    return found


def _sex(value: Any, faults: list[Fault]) -> Sex | None:
    if value in (None, "", "female", "male"):
        return value or None
    faults.append(Fault("$.sex", "not_one_of", {"allowed": "female, male"}))
    return None


def _born(value: Any, today: date | None, faults: list[Fault]) -> date | None:
    if value in (None, ""):
        return None
    born = value if isinstance(value, date) else day_of(str(value).strip())
    if born is None:
        faults.append(Fault("$.birth_date", "not_a_date"))
    elif today and born > today:
        faults.append(Fault("$.birth_date", "in_the_future"))
    elif born < EARLIEST_BIRTH:
        faults.append(Fault("$.birth_date", "too_early", {"minimum": EARLIEST_BIRTH.isoformat()}))
    return born


def _differences(card: IdNumber, sex: Sex | None, born: date | None, today: date | None) -> Iterator[Fault]:
    """What stands beside a card's number must agree with it; which of them is wrong only the card can tell."""
    if sex and sex != card.sex:
        yield Fault("$.sex", "differs_from_id")
    if born and born != card.birth_date:
        yield Fault("$.birth_date", "differs_from_id")
    if not born and today and card.birth_date > today:
        yield Fault("$.id_number", "id_number_day")
