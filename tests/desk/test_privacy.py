"""Consents, rights, exports, retention and the audit trail at the desk, without scripts."""

from __future__ import annotations

import csv
import io
import json
import re

import pikepdf
import pytest

from tcm_engine.center.clients import add_client, read_identity
from tcm_engine.center.privacy import PURPOSES, consents_of, has_consent
from tcm_engine.records import audit

from .people import House

NAME = "柳如烟"


@pytest.fixture
def client(ours: House) -> tuple[int, str]:
    """(row, public id) of a client of ours."""
    identity = read_identity({"name": NAME, "sex": "female", "birth_date": "1979-05-12", "phone": "13812345678"})
    with ours.center.records.write() as db:
        ref = add_client(db, ours.center, ours.caller("operator"), identity)
    return ref.id, ref.public_id


def actions(at: House) -> list[str]:
    with at.center.records.read() as db:
        return [row.action for row in audit.audit_rows(db, at.organisation)]


def answers(**given: str) -> dict[str, str]:
    return {"means": "paper"} | given


def test_every_purpose_is_asked_by_itself_with_nothing_ticked(ours: House, client: tuple[int, str]) -> None:
    page = ours.browser("operator").open(f"/desk/clients/{client[1]}/consents")
    form = page.forms[-1]
    assert page.h1 == "同意书" and all(form.offered[purpose] == ["yes", "no"] for purpose in PURPOSES)
    assert not any(purpose in form.fields for purpose in PURPOSES) and "means" not in form.fields
    assert "尚未询问" in page.text and "第24条" in page.text


def test_yes_and_no_are_kept_and_shown_with_their_version(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("operator")
    browser.open(f"/desk/clients/{client[1]}/consents")
    page = browser.send(-1, **answers(health_data="yes", employer_report="no"))
    assert "已保存" in page.text and "2026-11-24" in page.text
    with ours.center.records.read() as db:
        assert has_consent(db, client[0], "health_data") and not has_consent(db, client[0], "employer_report")
        assert {one.purpose: one.refused for one in consents_of(db, ours.organisation, client[0])} == {
            "health_data": False,
            "employer_report": True,
        }


def test_what_is_missing_is_said_at_once_and_what_was_chosen_stays(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("operator")
    browser.open(f"/desk/clients/{client[1]}/consents")
    assert "请选择客户是怎样作答的" in browser.send(-1, health_data="yes").text
    page = browser.open(f"/desk/clients/{client[1]}/consents")
    page = browser.send(-1)
    assert "请至少对一项选择" in page.text and "请选择客户是怎样作答的" in page.text and page.title.startswith("错误")
    assert "consent_given" not in actions(ours)


def test_withdrawing_says_what_happens_and_happens_at_once(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("operator")
    browser.open(f"/desk/clients/{client[1]}/consents")
    browser.send(-1, **answers(health_data="yes"))
    page = browser.open(f"/desk/clients/{client[1]}/consents/health_data/withdraw")
    assert "不再为此人评估" in page.text
    page = browser.send(-1)
    assert "已撤回" in page.text
    with ours.center.records.read() as db:
        assert not has_consent(db, client[0], "health_data")
    assert browser.client.get(f"/desk/clients/{client[1]}/consents/advertising/withdraw").status_code == 404


def test_the_consent_form_prints_with_every_text(ours: House, client: tuple[int, str]) -> None:
    answer = ours.browser("operator").client.get(f"/desk/clients/{client[1]}/consents.pdf")
    assert answer.mimetype == "application/pdf" and NAME not in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert 1 <= len(pdf.pages) <= 3 and pdf.Root.MarkInfo.Marked


def test_the_copy_comes_as_pdf_and_json_and_is_written_down(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("manager")
    page = browser.open(f"/desk/clients/{client[1]}/rights")
    assert page.h1 == "客户的权利"
    content = json.loads(browser.client.get(f"/desk/clients/{client[1]}/copy.json").data)
    assert content["tables"]["client"][0]["content"]["identity"]["name"] == NAME
    answer = browser.client.get(f"/desk/clients/{client[1]}/copy.pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) >= 1
    assert NAME not in str(answer.headers) and actions(ours).count("client_copied") == 2


def test_erasing_is_asked_twice_and_leaves_the_number_alone(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("manager")
    page = browser.open(f"/desk/clients/{client[1]}/erase")
    assert NAME in page.h1 and "不能恢复" in page.text
    page = browser.send(-1)
    assert "请勾选已核实" in page.text and "client_erased" not in actions(ours)
    page = browser.send(-1, sure="1")
    assert page.h1 == "档案已删除" and client[1] in page.text and NAME not in page.text
    assert browser.client.get(f"/desk/clients/{client[1]}/rights").status_code == 404


PAGES = ("consents", "consents.pdf", "consents/health_data/withdraw", "rights", "copy.json", "copy.pdf", "erase")


@pytest.mark.parametrize("page", PAGES)
def test_another_organisation_s_client_is_as_unknown_as_none(ours: House, theirs: House, client: tuple[int, str], page: str) -> None:
    browser = theirs.browser("administrator").client
    there, nowhere = (browser.get(f"/desk/clients/{public}/{page}") for public in (client[1], "0" * 20))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert plain(there.data) == plain(nowhere.data.replace(b"0" * 20, client[1].encode()))


def plain(page: bytes) -> bytes:
    """Without the token of the sign-out form, which holds the second at which it was made."""
    return re.sub(rb'name="csrf_token"[^>]*', b"", page)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("operator", {"consents"}),
        ("practitioner", {"consents"}),
        ("manager", {"consents", "rights", "privacy"}),
        ("administrator", {"consents", "rights", "privacy", "audit", "check"}),
        ("auditor", {"audit", "check"}),
        ("client", set()),
    ],
)
def test_each_role_sees_its_pages_and_no_others(ours: House, client: tuple[int, str], role: str, allowed: set[str]) -> None:
    pages = {
        "consents": f"/desk/clients/{client[1]}/consents",
        "rights": f"/desk/clients/{client[1]}/rights",
        "privacy": "/desk/privacy",
        "audit": "/desk/audit",
        "check": "/desk/audit/check",
    }
    browser = ours.browser(role).client  # type: ignore[arg-type]
    assert {name for name, address in pages.items() if browser.get(address).status_code == 200} == allowed


def test_exports_ask_for_their_level(ours: House, client: tuple[int, str]) -> None:
    manager = ours.browser("manager")
    page = manager.open("/desk/privacy")
    assert page.forms[-1].offered["level"] == ["deidentified"]
    manager.send(-1, level="deidentified", kind="csv")
    assert manager.response.mimetype == "text/csv"
    manager.open("/desk/privacy")
    manager.send(-1, level="full", kind="csv")
    assert manager.response.status_code == 403
    administrator = ours.browser("administrator")
    administrator.open("/desk/privacy")
    administrator.send(-1, level="full", kind="json")
    assert json.loads(administrator.response.data)["level"] == "full"
    assert actions(ours).count("results_exported") == 2


def test_without_a_time_of_keeping_nothing_is_due(ours: House, client: tuple[int, str]) -> None:
    assert "尚未设定保存年限" in ours.browser("manager").open("/desk/privacy").text


def test_the_trail_is_filtered_downloaded_and_checked(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("auditor")
    page = browser.open("/desk/audit")
    assert "新建档案" in page.text and NAME not in page.text and "operator" in page.text
    assert "共1行" in browser.open("/desk/audit?action=client_added").text
    assert "没有符合的记录" in browser.open("/desk/audit?since=2031-01-01").text
    assert "日期请写成" in browser.open("/desk/audit?since=soon").text
    rows = list(csv.DictReader(io.StringIO(browser.client.get("/desk/audit.csv?action=client_added").data.decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["client_added"]
    browser.open("/desk/audit/check")
    page = browser.send(-1)
    assert "记录完整" in page.text
    with ours.center.records.read() as db:
        last = audit.find_head(db, ours.organisation)
        first = next(iter(audit.audit_rows(db, ours.organisation)))
    assert last
    assert "记录完整" in browser.send(-1, anchor=f"{first.number} {first.digest.hex()}").text
    assert "与上次核验时不同" in browser.send(-1, anchor=f"1 {'0' * 64}").text
    assert "请照原样填写" in browser.send(-1, anchor="something").text


def test_in_english_too(ours: House, client: tuple[int, str]) -> None:
    browser = ours.browser("administrator")
    browser.environment = {"headers": {"Accept-Language": "en"}}
    for address, title in (
        (f"/desk/clients/{client[1]}/consents", "Consents"),
        (f"/desk/clients/{client[1]}/rights", "Rights of the client"),
        ("/desk/privacy", "Privacy"),
        ("/desk/audit", "Audit trail"),
        ("/desk/audit/check", "Check the trail"),
    ):
        page = browser.open(address)
        assert page.h1 == title, address
