"""Every route, on SQLite and PostgreSQL, as docs/guides/http-api.md promises it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tcm_engine.model import CONSTITUTIONS

from .conftest import Service


def test_instruments_are_listed_and_shown(service: Service) -> None:
    listed = service.client.get("/api/v1/instruments?lang=en").json["instruments"]
    assert {entry["id"]: entry["questions"] for entry in listed} == {"gbt_46939_2025": 26, "zyyxh_t157_2009": 60, "elderly_33": 33}
    shown = service.client.get("/api/v1/instruments/elderly_33").json
    assert [item["key"] for item in shown["items"]] == [f"q{number}" for number in range(1, 34)]
    assert {item["measure"]["key"] for item in shown["items"] if item["measure"]} == {
        "q9_bmi", "q14_colds_per_year", "q17_allergy_per_year", "q28_waist_cm",
    }  # fmt: skip
    assert len(shown["anchors"]) == 5
    assert service.client.get("/api/v1/instruments/nothing").status_code == 404


def test_an_assessment_is_made_and_read(service: Service) -> None:
    made = service.client.post("/api/v1/assessments", json=service.sheet())
    assert made.status_code == 201
    body = made.json
    assert made.headers["Location"] == f"/api/v1/assessments/{body['id']}"
    assert [score["constitution"] for score in body["scores"]] == list(CONSTITUTIONS)
    assert {"raw", "items", "score", "verdict", "margin_steps", "standard_error"} <= set(body["scores"][0])
    assert body["primary"] == "qi_deficiency"
    assert body["conclusion"].startswith("气虚质")
    assert body["engine_version"] == service.center.engine.version
    assert body["knowledge_version"] == service.center.engine.knowledge.digest
    read = service.client.get(made.headers["Location"])
    assert (read.status_code, read.json) == (200, body)
    assert service.client.get(made.headers["Location"] + "?lang=en").json["conclusion"].startswith("Qi-deficiency")


def test_words_no_register_knows_are_taken_and_ask_for_review(service: Service) -> None:
    body = service.client.post("/api/v1/assessments", json=service.sheet(person={"medicines": ["安神丸"], "sex": "female"})).json
    assert "unregistered_medicine" in body["review_reasons"]
    assert len(body["review"]) == len(body["review_reasons"])


def test_measured_numbers_stand_instead_of_answers(service: Service) -> None:
    keys = [f"q{number}" for number in range(1, 34)]
    sheet = {key: 2 for key in keys if key != "q9"} | {"q9_bmi": 24.9}
    body = service.client.post("/api/v1/assessments", json={"instrument": "elderly_33", "person": {}, "answers": sheet})
    plain = service.client.post("/api/v1/assessments", json={"instrument": "elderly_33", "person": {}, "answers": dict.fromkeys(keys, 2)})
    assert body.status_code == 201
    assert body.json["scores"] == plain.json["scores"]


def test_a_plan_is_made_read_and_printed(service: Service) -> None:
    source = service.assessed(person={"name": "李雷", "sex": "female", "birth_date": "1979-05-12"})
    made = service.client.post("/api/v1/plans", json={"assessment_id": source, "on": "2026-07-20", "lang": "zh-Hans"})
    assert made.status_code == 201
    body = made.json
    assert (body["season"], body["on"], body["assessment_id"]) == ("summer", "2026-07-20", source)
    assert {"id", "domain", "title", "uses", "cautions", "reasons", "sources"} <= set(body["items"][0])
    assert {"foods", "points", "techniques"} <= set(body["items"][0]["uses"])
    assert all({"id", "rule"} <= set(entry) for entry in body["excluded"])
    assert {"triage", "calendar", "first_week", "fingerprint"} <= set(body)
    listed = {entry["code"] for entry in body["sources"]}
    assert all(item["sources"] and set(item["sources"]) <= listed for item in body["items"])
    assert service.client.get(made.headers["Location"]).json == body
    english = service.client.get(made.headers["Location"] + "?lang=en").json
    assert english["fingerprint"] == body["fingerprint"]
    assert english["items"][0]["title"] != body["items"][0]["title"]
    document = service.client.get(made.headers["Location"] + ".pdf?lang=en")
    assert (document.mimetype, document.data.decode()) == ("application/pdf", "%PDF en 李雷")


def test_uses_name_foods_in_chinese_and_points_by_code(service: Service) -> None:
    knowledge = service.center.engine.knowledge
    body = service.client.post("/api/v1/plans", json={"assessment_id": service.assessed(), "lang": "en"}).json
    names = {food.name.zh for food in knowledge.foods.values()}
    for item in body["items"]:
        assert set(item["uses"]["foods"]) <= names
        assert set(item["uses"]["points"]) <= set(knowledge.points)
        assert set(item["uses"]["techniques"]) <= set(knowledge.techniques)


def test_the_same_key_and_body_give_the_same_answer(service: Service) -> None:
    headers = {"Idempotency-Key": "3f0c"}
    first, again = (service.client.post("/api/v1/assessments", json=service.sheet(), headers=headers) for _ in range(2))
    assert (again.status_code, again.data, again.headers["ETag"]) == (201, first.data, first.headers["ETag"])
    other = service.client.post("/api/v1/assessments", json=service.sheet(person={"sex": "female"}), headers=headers)
    assert (other.status_code, other.json["type"]) == (409, "urn:tcm-engine:problem:key-reused")
    plan = {"assessment_id": first.json["id"], "on": "2026-11-23"}
    assert len({service.client.post("/api/v1/plans", json=plan, headers=headers).data for _ in range(2)}) == 1


def test_of_many_that_race_with_one_key_all_get_the_same(service: Service) -> None:
    def race(_: int) -> bytes:
        return service.app.test_client().post("/api/v1/assessments", json=service.sheet(), headers={"Idempotency-Key": "race"}).data

    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(race, range(12)))) == 1


def test_nothing_is_found_after_the_visit(service: Service) -> None:
    source = service.assessed()
    plan = service.client.post("/api/v1/plans", json={"assessment_id": source}).json["id"]
    service.clock.forward(hours=2)
    for path in (f"assessments/{source}", f"plans/{plan}", f"plans/{plan}.pdf"):
        assert service.client.get(f"/api/v1/{path}").status_code == 404
    assert service.client.post("/api/v1/plans", json={"assessment_id": source}).status_code == 404


def test_an_unchanged_answer_is_not_sent_twice(service: Service) -> None:
    path = f"/api/v1/assessments/{service.assessed()}"
    tag = service.client.get(path).headers["ETag"]
    unchanged = service.client.get(path, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert service.client.get(path + "?lang=en", headers={"If-None-Match": tag}).status_code == 200


def test_knowledge_is_found_in_every_language(service: Service) -> None:
    for words in ("失眠", "insomnia", "睡不着"):
        hits = service.client.get("/api/v1/knowledge/search", query_string={"q": words, "limit": 3}).json["hits"]
        assert (hits[0]["kind"], hits[0]["id"]) == ("complaint", "insomnia"), words
    assert service.client.get("/api/v1/knowledge/search", query_string={"q": " "}).json["hits"] == []


def test_health_with_and_without_the_prefix(service: Service) -> None:
    for path in ("/api/v1/health/live", "/api/v1/health/ready", "/health/live", "/health/ready"):
        assert (service.client.get(path).status_code, service.client.get(path).json) == (200, {"status": "ok"})


def test_a_service_without_its_database_lives_but_is_not_ready(quick: Service, tmp_path: Path) -> None:
    quick.center.records.close()
    shutil.rmtree(tmp_path)
    assert quick.client.get("/health/live").status_code == 200
    unready = quick.client.get("/health/ready")
    assert (unready.status_code, unready.mimetype) == (503, "application/problem+json")


def test_the_language_is_the_one_that_is_asked_for(quick: Service) -> None:
    path = f"/api/v1/assessments/{quick.assessed()}"
    found = {
        accept: quick.client.get(path, headers={"Accept-Language": accept}).headers["Content-Language"]
        for accept in ("en-GB,zh;q=0.5", "zh-TW", "zh-HK,en", "zh-CN", "fr", "*")
    }
    assert found == {"en-GB,zh;q=0.5": "en", "zh-TW": "zh-Hant", "zh-HK,en": "zh-Hant", "zh-CN": "zh-Hans", "fr": "zh-Hans", "*": "zh-Hans"}
