"""The OpenAPI 3.1 description, made from the operations, the classes of their answers and the knowledge that is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from pydantic import TypeAdapter

from tcm_engine import Engine
from tcm_engine.views import LANGUAGES

from .given import KEY_HEADER
from .operations import PREFIX, Operation
from .problems import CHALLENGE, MIMETYPE, TITLES, Problem, kind_of
from .request_schemas import ID, LONGEST_KEY, Schema, request_schemas

_TEMPLATE = "#/components/schemas/{model}"
_ALWAYS = (429, 500)
_TAG: Schema = {"type": "string", "pattern": '^"[0-9a-f]{32}"$'}
_ETAG = {"ETag": {"description": "Digest of this answer, for If-None-Match.", "schema": _TAG}}
_LOCATION = {"Location": {"description": "Path of what was made.", "schema": {"type": "string"}}}
_CHALLENGE = {"WWW-Authenticate": {"description": "RFC 6750.", "schema": {"const": CHALLENGE}}}
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "Token of an account. What is made with it belongs to the account's organisation, is kept until it is removed, "
    "and is shown to tokens of that organisation alone. Without one: a self-test.",
}
_TOKEN_OR_NONE: list[Schema] = [{}, {"token": []}]
_LANG = {
    "name": "lang",
    "in": "query",
    "required": False,
    "schema": {"enum": list(LANGUAGES)},
    "description": "Language of the words; else as Accept-Language prefers.",
}
_PARAMETERS: dict[str, Schema] = {
    "lang": _LANG,
    "q": {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "Words or a question in Chinese, pinyin or English. What it names of a person counts for the judgements.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    },
    "limit": {"name": "limit", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}},
}
_REGISTERS = {"constitution": "constitutions", "condition": "conditions", "medicine": "medicines", "allergy": "allergens"}
"""Parameters that may be repeated -> the register whose codes they take."""
_FACTS = ("pregnant", "lactating")
_KEY = {
    "name": KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "The same key with the same body makes one record, however often; remembered as long as the record, at most a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of an earlier answer: 304 where nothing changed.",
    "schema": {"type": "string"},
}


def document(operations: Iterable[Operation], engine: Engine, today: date) -> bytes:
    """The description on the day `today`: dates that are accepted end with it."""
    return _document(tuple(operations), engine, today)


@lru_cache(maxsize=4)
def _document(operations: tuple[Operation, ...], engine: Engine, today: date) -> bytes:
    schemas = answer_schemas({one.answer for one in operations if one.answer} | {Problem})
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, engine)
    content = {
        "openapi": "3.1.0",
        "info": {
            "title": "TCM Engine",
            "version": engine.version,
            "description": "Scores TCM constitution questionnaires and composes seasonal plans. Wellness support: never a diagnosis.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted({**schemas, **request_schemas(engine.knowledge, today)}.items())),
            "securitySchemes": {"token": _TOKEN},
        },
    }
    return msgspec.json.encode(content)


def answer_schemas(classes: set[type]) -> dict[str, Schema]:
    """Name -> closed schema of each class and of every class in it, all of whose fields are always sent."""
    adapters: list[Any] = [(one.__name__, "serialization", TypeAdapter(one)) for one in sorted(classes, key=lambda one: one.__name__)]
    named, defined = TypeAdapter.json_schemas(adapters, ref_template=_TEMPLATE)
    schemas = dict(defined.get("$defs", {}))
    for (name, _), schema in named.items():
        schemas.setdefault(name, schema)
    return {name: _closed(schema) for name, schema in schemas.items()}


def _operation(one: Operation, engine: Engine) -> Schema:
    described: Schema = {"operationId": one.name, "summary": one.summary, "parameters": _parameters(one, engine)}
    if one.takes:
        schema = {"$ref": _TEMPLATE.format(model=one.takes)}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if one.right:
        described["security"] = _TOKEN_OR_NONE
    described["responses"] = {str(one.status): _success(one)}
    if one.tagged and one.method == "GET":
        described["responses"]["304"] = {"description": "Nothing changed since the ETag that was sent."}
    for status in sorted({*one.refusals, *_ALWAYS, *([401, 403] if one.right else []), *([503] if one.path.endswith("ready") else [])}):
        described["responses"][str(status)] = _refusal(status, one)
    return described


def _parameters(one: Operation, engine: Engine) -> list[Schema]:
    found = [_PARAMETERS[name] if name in _PARAMETERS else _about(name, engine) for name in one.query]
    if "{id}" in one.path:
        known = {"enum": list(engine.knowledge.instruments)} if one.path.startswith("/instruments") else {"type": "string", "pattern": ID}
        found.append({"name": "id", "in": "path", "required": True, "schema": known})
    if one.method == "POST":
        found.append(_KEY)
    elif one.tagged:
        found.append(_IF_NONE_MATCH)
    return found


def _about(name: str, engine: Engine) -> Schema:
    """A fact of who asks, given beside the question."""
    if name in _FACTS:
        schema: Schema = {"type": "boolean", "default": False}
    else:
        codes = [str(code) for code in getattr(engine.knowledge, _REGISTERS[name])]
        schema = {"type": "array", "items": {"enum": codes}}
    described = "Holds for who asks, as if the question named it. Not kept and not logged."
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": described}


def _success(one: Operation) -> Schema:
    headers = (_LOCATION if one.status == 201 else {}) | (_ETAG if one.tagged or one.status == 201 else {})
    if one.answer is None:
        content: Schema = {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}}
    else:
        content = {"application/json": {"schema": {"$ref": _TEMPLATE.format(model=one.answer.__name__)}}}
    described: Schema = {"description": one.summary, "headers": headers, "content": content}
    links = {f"{name}_of_this": _link(name, place) for name, place in one.links}
    return described | ({"links": links} if links else {})


def _link(name: str, place: str) -> Schema:
    made = "$response.body#/id"
    if place == "id":
        return {"operationId": name, "parameters": {"id": made}}
    return {"operationId": name, "requestBody": {place.removeprefix("$."): made}}


def _refusal(status: int, one: Operation) -> Schema:
    kinds = [kind_of(status)] if status != 403 or 403 in one.refusals else []
    kinds += ["not-allowed"] if status == 403 else []
    return {
        "description": ". ".join(TITLES[kind] for kind in kinds),
        **({"headers": _CHALLENGE} if status == 401 else {}),
        "content": {MIMETYPE: {"schema": {"$ref": _TEMPLATE.format(model="Problem")}}},
    }


def _closed(schema: Any) -> Any:
    """Every object closed and all its fields required; pydantic's titles left out."""
    if isinstance(schema, list):
        return [_closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _closed(value) for key, value in schema.items() if key != "title" or not isinstance(value, str)}
    if made.get("type") == "object" and "properties" in made:
        made |= {"additionalProperties": False, "required": list(made["properties"])}
    return made
