"""JSON Schemas of what is sent: exactly what the server accepts, made from the instruments and registers it has loaded.

Closed objects everywhere. A person's facts that cannot both be so, and items of the other sex, are told apart by variants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge_base import KnowledgeBase
from knowledge_base.model import Instrument, Item, Measure
from tcm_engine.model import LISTS, MOST_WORDS, PRINTABLE, VITALS, time_zones
from tcm_engine.views import LANGUAGES

from .days import days_between

Schema = dict[str, Any]
ID = r"^[A-Za-z0-9_-]{32}$"
FIRST_BIRTH, FIRST_SHEET = 1900, 2009
"""Years from which on birth dates and dates of sheets are accepted; the first form was published in 2009."""
FIRST_PLAN, LAST_PLAN = 1990, date(2050, 12, 31)
"""Days for which plans are made: those for which the solar terms were checked against astronomy."""
LONGEST_SITTING_S = 7 * 24 * 3600
LONGEST_KEY = 100
SEXES = ("female", "male", None)


def request_schemas(knowledge: KnowledgeBase, today: date) -> dict[str, Schema]:
    """Name -> schema, for `components/schemas`."""
    people = _people(knowledge, today)
    found = {name: schema for variants in people.values() for name, schema in variants.items()}
    sheets = {f"Sheet_{one.code}": _sheet(one, people, today) for one in knowledge.instruments.values()}
    profiles = {name.replace("Person", "Profile", 1): _without(schema, "name") for name, schema in found.items()}
    return {
        **_shared(knowledge),
        **found,
        **profiles,
        **sheets,
        "NewAssessment": {"oneOf": [_ref(name) for name in sheets]},
        "NewPlan": _plan(list(profiles)),
    }


def _sheet(instrument: Instrument, people: Mapping[str | None, Mapping[str, Schema]], today: date) -> Schema:
    limited = [item for item in instrument.items if item.sex]
    everyone = [_ref(name) for variants in people.values() for name in variants]
    sheet = _closed(
        {
            "instrument": {"const": str(instrument.code)},
            "person": {"oneOf": everyone},
            "answers": _answers(instrument),
            "assessed_on": _or_null({"type": "string", "pattern": days_between(FIRST_SHEET, today)}),
            "answered_in_s": {"type": ["number", "null"], "minimum": 0, "maximum": LONGEST_SITTING_S},
            "lang": {"enum": [*LANGUAGES, None]},
        },
        required=["instrument", "person", "answers"],
    )
    return sheet | {"oneOf": [_of_sex(limited, sex, list(people[sex])) for sex in SEXES]} if limited else sheet


def _of_sex(limited: list[Item], sex: str | None, people: list[str]) -> Schema:
    """What the items that are asked of one sex only have to be for a person of this sex; anything where it is not given."""
    own = [item.key for item in limited if item.sex == sex]
    answers: Schema = {
        "properties": {item.key: {"type": "integer" if item.sex == sex else "null" if sex else ["integer", "null"]} for item in limited}
    }
    person = {"oneOf": [_ref(name) for name in people]} if len(people) > 1 else _ref(people[0])
    return {"properties": {"person": person, "answers": answers | ({"required": own} if own else {})}}


def _plan(profiles: list[str]) -> Schema:
    return _closed(
        {
            "assessment_id": {"type": "string", "pattern": ID},
            "on": _or_null({"type": "string", "pattern": days_between(FIRST_PLAN, LAST_PLAN)}),
            "lang": {"enum": [*LANGUAGES, None]},
            "profile": {"oneOf": [*(_ref(name) for name in profiles), {"type": "null"}]},
        },
        required=["assessment_id"],
    )


def _answers(instrument: Instrument) -> Schema:
    properties: dict[str, Schema] = {}
    for item in instrument.items:
        properties[item.key] = _answer(item)
        if item.measure:
            properties[item.measure.key] = _measure(item.measure)
    schema = _closed(properties, [item.key for item in instrument.items if not item.measure and not item.sex])
    either = [_one_of_two(item.key, item.measure.key) for item in instrument.items if item.measure]
    return schema | {"allOf": either} if either else schema


def _answer(item: Item) -> Schema:
    optional = item.measure is not None or item.sex is not None
    return {"type": ["integer", "null"] if optional else "integer", "minimum": 1, "maximum": 5, "description": item.text.zh}


def _measure(measure: Measure) -> Schema:
    return {
        "type": ["integer" if measure.integer else "number", "null"],
        "minimum": measure.minimum,
        "maximum": measure.maximum,
        "description": f"{measure.label.zh} ({measure.unit.zh})",
    }


def _one_of_two(key: str, measure: str) -> Schema:
    """The answer or the measured number, and the other one absent or null."""
    return {
        "oneOf": [
            {"required": [one], "properties": {one: {"type": "number"}, other: {"type": "null"}}}
            for one, other in ((key, measure), (measure, key))
        ]
    }


def _people(knowledge: KnowledgeBase, today: date) -> dict[str | None, dict[str, Schema]]:
    """Sex -> name -> schema of a person of that sex; a pregnant one, who may name the trimester, apart."""
    shared = _person(knowledge, today)
    not_so: Schema = {"enum": [False, None]}
    null: Schema = {"type": "null"}
    either: Schema = {"type": ["boolean", "null"]}
    trimester: Schema = {"type": ["integer", "null"], "minimum": 1, "maximum": 3}
    female, male, unknown = ({"sex": sex} for sex in ({"const": "female"}, {"const": "male"}, null))
    expecting = {"pregnant": {"const": True}, "trimester": trimester, "lactating": either}
    not_expecting = {"pregnant": not_so, "trimester": null, "lactating": either}
    neither = {"pregnant": not_so, "trimester": null, "lactating": not_so}
    return {
        "female": {
            "PersonFemalePregnant": _closed({**shared, **female, **expecting}, ["sex", "pregnant"]),
            "PersonFemale": _closed({**shared, **female, **not_expecting}, ["sex"]),
        },
        "male": {"PersonMale": _closed({**shared, **male, **neither}, ["sex"])},
        None: {
            "PersonPregnant": _closed({**shared, **unknown, **expecting}, ["pregnant"]),
            "Person": _closed({**shared, **unknown, **not_expecting}, []),
        },
    }


def _person(knowledge: KnowledgeBase, today: date) -> dict[str, Schema]:
    line = {"pattern": PRINTABLE, "maxLength": 80}
    words = {"type": ["array", "null"], "maxItems": MOST_WORDS, "items": {"type": "string", "minLength": 1, **line}}
    registers: Mapping[str, Mapping[str, Any]] = {key: getattr(knowledge, register) for key, register in LISTS.items()}
    lists = {
        key: words | {"description": "Codes, or words as people write them. Codes: " + ", ".join(register)}
        for key, register in registers.items()
    }
    return {
        "name": {"type": ["string", "null"], **line},
        "birth_date": _or_null({"type": "string", "pattern": days_between(FIRST_BIRTH, today)}),
        **lists,
        "red_flags": _ref("RedFlags"),
        "vitals": _ref("Vitals"),
        "place": _ref("Place"),
    }


def _shared(knowledge: KnowledgeBase) -> dict[str, Schema]:
    return {
        "RedFlags": _optional({code: {"type": ["boolean", "null"], "description": f.sign.zh} for code, f in knowledge.red_flags.items()}),
        "Vitals": _optional({key: {"type": ["number", "null"], "minimum": low, "maximum": high} for key, (low, high) in VITALS.items()}),
        "Place": _optional(
            {
                "zone": {"enum": [*knowledge.zones, None]},
                "tz": {"enum": [*sorted(time_zones()), None]},
                "hemisphere": {"enum": ["north", "south", None]},
            }
        ),
    }


def _closed(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return schema | {"required": required} if required else schema


def _optional(properties: Mapping[str, Schema]) -> Schema:
    return {"type": ["object", "null"], "properties": dict(properties), "additionalProperties": False}


def _or_null(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}


def _without(schema: Schema, name: str) -> Schema:
    return schema | {"properties": {key: value for key, value in schema["properties"].items() if key != name}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
