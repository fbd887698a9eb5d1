"""Finding one person among those of a campaign by what people know of themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from tcm_engine.center import Center
from tcm_engine.records import campaign_person, open_json

Listed = campaign_person.Listed
PersonRow = campaign_person.PersonRow


def matching(center: Center, people: Iterable[Listed], number: int | None, digits: str, first: str) -> list[PersonRow]:
    """Those whose name begins with `first` and whose number, or last four of identity card or telephone, is given."""
    last = unicodedata.normalize("NFKC", digits).strip().upper()
    initial = unicodedata.normalize("NFKC", first).strip().lower()[:1]
    if not initial:
        return []
    found = []
    for one in people:
        if number is not None and one.person.number != number:
            continue
        identity = open_json(center.records.vault, "client", one.client_public, one.content)["identity"]
        ends = (str(identity.get("id_number", ""))[-4:], str(identity.get("phone", ""))[-4:])
        if (number is not None or (len(last) == 4 and last in ends)) and initial in _firsts(str(identity["name"])):
            found.append(one.person)
    return found


def _firsts(name: str) -> set[str]:
    letters = lazy_pinyin(name[:1], style=Style.FIRST_LETTER)
    return {name[:1].lower(), *(letter[:1].lower() for letter in letters)}
