"""schemathesis against the whole description, all its checks and phases with their own defaults, over WSGI in this process."""

from __future__ import annotations

from collections import Counter

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from .conftest import Service, without_internals

EXAMPLES = 25
"""Random cases an operation, beside the thousands that its coverage phase derives from the schemas."""


def test_schemathesis_finds_nothing(quick: Service) -> None:
    app = without_internals(quick.app)
    quick.client.get("/api/v1/knowledge/search?q=a")  # the index is fitted once, before cases are timed
    config = SchemathesisConfig.from_dict({"generation": {"max-examples": EXAMPLES}, "seed": 20261123})
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    cases: Counter[str] = Counter()
    found: dict[tuple[str, str], str] = {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found[(type(event).__name__, str(getattr(event, "label", "")))] = str(getattr(event, "value", getattr(event, "exception", "")))
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                cases[event.recorder.label] += 1
                for check in checks:
                    if check.failure_info is not None:
                        failure = check.failure_info.failure
                        found[(event.recorder.label, failure.title)] = f"{failure.message}\n{check.failure_info.code_sample}"
    assert found == {}
    assert cases["POST /assessments"] > 5000
    assert len([label for label in cases if label != "Stateful tests"]) == 10
