"""The search of the interface: named facts and given facts judge alike, and nothing is accepted that is not known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Service

PATH = "/api/v1/knowledge/search"


def ask(service: Service, **query: Any) -> dict[str, Any]:
    response = service.client.get(PATH, query_string={"lang": "en", "limit": 3} | query)
    assert response.status_code == 200, response.json
    return dict(response.json)


def judged(body: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(dict(one) for one in body["judgements"] if one["id"] == id_)


@pytest.mark.parametrize(
    ("question", "given", "food", "rule"),
    [
        ("孕妇 山楂", {}, "shanzha", "pregnancy.blood_moving"),
        ("山楂", {"pregnant": "true"}, "shanzha", "pregnancy.blood_moving"),
        ("gout beer", {}, "pijiu", "gout.alcohol"),
        ("beer", {"condition": ["gout", "asthma"]}, "pijiu", "gout.alcohol"),
        ("花生", {"allergy": "peanut"}, "huasheng", "allergies.peanut"),
    ],
)
def test_what_is_named_and_what_is_given_count_alike(quick: Service, question: str, given: dict[str, Any], food: str, rule: str) -> None:
    body = ask(quick, q=question, **given)
    found = judged(body, food)
    assert found["verdict"] == "not_for"
    assert found["asked_for"] is True
    reason = next(one for one in found["reasons"] if one["code"] == rule)
    assert reason["text"]
    assert reason["evidence"]["grade_word"]
    assert set(reason["evidence"]["sources"]) <= {source["number"] for source in body["sources"]}


def test_a_type_that_is_given_vetoes(quick: Service) -> None:
    found = judged(ask(quick, q="ginger", constitution="damp_heat"), "shengjiang")
    assert found["verdict"] == "not_for"
    assert "Damp-heat" in found["reasons"][0]["text"]


def test_a_warning_sign_stands_before_everything(quick: Service) -> None:
    body = ask(quick, q="胸痛按哪里", lang="zh-Hans")
    assert body["flags"][0]["code"] == "chest_pain"
    assert "120" in body["flags"][0]["action"]
    assert body["hits"] == body["judgements"] == []


def test_what_is_not_known_is_said(quick: Service) -> None:
    assert "Nothing is known of you" in ask(quick, q="ginger")["note"]
    note = ask(quick, q="ginger", condition="gout")["note"]
    assert "the question names alone" in note
    assert "medicines" in note
    assert "illnesses" not in note


@pytest.mark.parametrize(
    "query", ["pregnant=yes", "lactating=", "constitution=wet", "condition=gout&condition=x", "medicine=", "allergy=a"]
)
def test_facts_are_read_strictly(quick: Service, query: str) -> None:
    response = quick.client.get(f"{PATH}?q=a&{query}")
    assert response.status_code == 422
    assert [fault["path"] for fault in response.json["faults"]] == ["?" + query.split("=")[0]]
