"""Counting on the desk: pages, files to take along, forms sent, and who is kept out."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from tcm_engine.center.indicators import employer_state
from tests.architecture import catalogues
from tests.architecture.test_catalogues import ROOT
from tests.center import indicator_people as people
from tests.web.plain_browser import Page

from .people import House


@pytest.fixture
def today(ours: House) -> date:
    return ours.center.clock().date()


def campaign(ours: House, unit: str = "一车间") -> str:
    calm, qi = people.sheet(ours.center), people.sheet(ours.center, **people.QI)
    return people.add_campaign(ours.center, ours.organisation, {unit: [calm] * 12 + [qi] * 11 + [None] * 2})


def form_at(page: Page, end: str) -> int:
    """Which form of a page is sent to an address that ends so."""
    return next(n for n, form in enumerate(page.forms) if form.action.endswith(end))


def resident(ours: House, today: date, name: str = "张三") -> str:
    with ours.center.records.write() as db:
        row, _ = people.add_client(db, ours.center, ours.organisation, name=name, birth_date="1950-03-01", code="001-00023")
        result = people.sheet(ours.center, on=date(today.year, 1, 1), **people.QI)
        return people.add_sitting(db, ours.center, ours.organisation, row, result)[1]


def test_the_page_begins_with_what_stands_out_and_explains_every_number(ours: House) -> None:
    public = campaign(ours)
    browser = ours.browser("manager")
    page = browser.open(f"/desk/indicators?campaign={public}&by=unit")
    assert page.h1 == "共评估23人，最常见的主要体质是平和质：12人，占52%。"
    assert "已评估人数，占活动名单总人数的比例" in page.text and "25中有23" in page.text
    assert ["气虚质", "11", "23", "48%"] in [row[:4] for row in page.rows]
    assert ["一车间", "12", "11"] in [row[:3] for row in page.rows]
    assert not {"导致", "因为", "由于"} & set(page.text.split())


def test_nobody_yet_says_how_to_begin(ours: House) -> None:
    page = ours.browser("practitioner").open("/desk/indicators")
    assert page.h1 == "这段时间或这个活动中还没有人评估。"
    page = ours.browser("practitioner").open("/desk/elderly")
    assert "录入客户及出生日期后" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("begins=2026-05-01&ends=2026-04-01", "最后一天早于第一天"),
        ("begins=yesterday", "这不是日期"),
        ("by=unit", "单位部门属于活动"),
        ("begins=1990-01-01&ends=2026-01-01", "超过了5年"),
    ],
)
def test_what_cannot_be_counted_is_said_beside_its_field(ours: House, query: str, words: str) -> None:
    browser = ours.browser("manager")
    assert words in browser.open(f"/desk/indicators?{query}").text
    assert browser.response.status_code == 200
    assert browser.client.get(f"/desk/indicators/file.csv?{query}").status_code == 303


def test_files_hold_the_same_numbers_and_no_formula(ours: House) -> None:
    public = campaign(ours, unit='=HYPERLINK("http://x")')
    browser = ours.browser("manager")
    sheet = browser.client.get(f"/desk/indicators/file.csv?campaign={public}&by=unit")
    assert sheet.mimetype == "text/csv" and sheet.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
    assert ["气虚质", "11", "23"] in [row[:3] for row in rows]
    assert '\'=HYPERLINK("http://x")' in [row[0] for row in rows if row]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    book = browser.client.get(f"/desk/indicators/file.xlsx?campaign={public}&by=unit").data
    with zipfile.ZipFile(io.BytesIO(book)) as inside:
        assert not [name for name in inside.namelist() if b"<f>" in inside.read(name)]
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    cells = [row for name in read.sheet_names for row in read.get_sheet_by_name(name).to_python()]
    assert ["气虚质", 11.0, 23.0] in [row[:3] for row in cells]


def test_the_report_is_a_pdf_with_the_centres_face(ours: House) -> None:
    campaign(ours)
    answer = ours.browser("manager").client.get("/desk/indicators/file.pdf")
    assert answer.data.startswith(b"%PDF") and "attachment" in answer.headers["Content-Disposition"]


def test_an_employers_report_is_issued_and_taken_along(ours: House) -> None:
    public = campaign(ours)
    browser = ours.browser("manager")
    page = browser.open(f"/desk/indicators/campaigns/{public}")
    assert "还没有出具过报告" in page.text and "还有23名" in page.text
    browser.send(len(page.forms) - 1)
    assert "第1期" in browser.page.text and "还有0名" in browser.page.text
    assert "出具报告" not in browser.page.text
    report = employer_state(ours.center, ours.caller("manager"), public).issued[0].public_id
    for kind in ("csv", "xlsx", "pdf"):
        assert browser.client.get(f"/desk/indicators/campaigns/{public}/{report}.{kind}").status_code == 200
    assert browser.post(f"/desk/indicators/campaigns/{public}/issue", {}).h1


def test_a_withheld_cell_is_words_and_never_none(ours: House) -> None:
    calm, qi = people.sheet(ours.center), people.sheet(ours.center, **people.QI)
    units = {"甲": [calm] * 20 + [qi] * 3, "乙": [calm] * 15 + [qi] * 16, "丙": [calm] * 12 + [qi] * 18}
    public = people.add_campaign(ours.center, ours.organisation, units)
    browser = ours.browser("manager")
    page = browser.open(f"/desk/indicators/campaigns/{public}")
    browser.send(len(page.forms) - 1)
    row = next(row for row in browser.page.rows if row[0] == "甲")
    assert row == ["甲", "隐去（＜5或为保护）", "隐去（＜5或为保护）", "23"]
    report = employer_state(ours.center, ours.caller("manager"), public).issued[0].public_id
    table = browser.client.get(f"/desk/indicators/campaigns/{public}/{report}.csv").data.decode("utf-8-sig")
    assert "甲,隐去（＜5或为保护）,隐去（＜5或为保护）,23" in table


def test_the_year_of_the_elderly_from_list_to_form_to_rate(ours: House, today: date) -> None:
    resident(ours, today)
    manager = ours.browser("manager")
    page = manager.open("/desk/elderly")
    assert page.h1 == f"{today.year}年：1名65岁及以上居民中，0人已接受服务"
    manager.open(next(href for href, _ in page.links if "/elderly/forms/" in href))
    assert manager.page.h1 == "老年人中医药健康管理服务记录表" and "还没有记录保健指导" in manager.page.text
    manager.send(len(manager.page.forms) - 1, practitioner="")
    assert "请至少勾选一项" in manager.page.text and "没有写明指导的医师" in manager.page.text
    manager.send(len(manager.page.forms) - 1, **{"box-qi_deficiency": ["diet", "movement"], "practitioner": "李四"})
    assert "已保存" in manager.page.text and "还没有记录保健指导" not in manager.page.text
    page = manager.open("/desk/elderly")
    assert "1名65岁及以上居民中，1人已接受服务" in page.h1
    manager.send(form_at(page, "/elderly/residents"), people="400")
    assert "400名65岁及以上居民中，1人已接受服务" in manager.page.h1 and "0.2%" in manager.page.text
    manager.send(form_at(manager.page, "/elderly/residents"), people="many")
    assert "请填整数" in manager.page.text


def test_the_form_prints_in_chinese_and_its_name_says_nothing(ours: House, today: date) -> None:
    public = resident(ours, today)
    answer = ours.browser("practitioner").client.get(f"/desk/elderly/forms/{public}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert "张三" not in answer.headers["Content-Disposition"] and public not in answer.headers["Content-Disposition"]


def test_all_forms_of_a_year_are_printed_as_long_work(ours: House, today: date) -> None:
    resident(ours, today)
    browser = ours.browser("practitioner")
    page = browser.open("/desk/elderly")
    place = form_at(page, "/elderly/print")
    browser.send(place)
    assert "/desk/jobs/" in browser.response.request.path
    browser.open("/desk/elderly")
    answer = browser.post(
        "/desk/elderly/print", {"year": "2020", "branch": "", "csrf_token": browser.page.forms[place].fields["csrf_token"][0]}
    )
    assert "没有可打印的" in answer.text


def test_only_a_full_export_carries_names(ours: House, today: date) -> None:
    resident(ours, today, name="=张三")
    assert ours.browser("manager").client.get("/desk/elderly/due.csv").status_code == 403
    answer = ours.browser("administrator").client.get("/desk/elderly/due.csv")
    assert "'=张三" in answer.data.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("role", "indicators", "elderly"),
    [("operator", 403, 200), ("practitioner", 200, 200), ("manager", 200, 200), ("administrator", 200, 200), ("auditor", 200, 403)],
)
def test_who_sees_what(ours: House, today: date, role: str, indicators: int, elderly: int) -> None:
    public, form = campaign(ours), resident(ours, today)
    browser = ours.browser(role)  # type: ignore[arg-type]
    for path in ("/desk/indicators", "/desk/indicators/file.csv", f"/desk/indicators/campaigns/{public}"):
        assert browser.client.get(path).status_code == indicators, path
    for path in ("/desk/elderly", f"/desk/elderly/forms/{form}", f"/desk/elderly/forms/{form}.pdf"):
        assert browser.client.get(path).status_code == elderly, path


def test_nothing_of_ours_is_found_by_others_and_it_looks_like_nothing_at_all(ours: House, theirs: House, today: date) -> None:
    public, form = campaign(ours), resident(ours, today)
    browser = theirs.browser("administrator")
    unknown = browser.open("/desk/elderly/forms/unknown").text
    for path in (
        f"/desk/elderly/forms/{form}",
        f"/desk/elderly/forms/{form}.pdf",
        f"/desk/indicators?campaign={public}",
        f"/desk/indicators/file.csv?campaign={public}",
        f"/desk/indicators/campaigns/{public}",
        f"/desk/indicators/campaigns/{public}/x.csv",
        "/desk/elderly?year=1999",
        "/desk/elderly?branch=unknown",
    ):
        assert browser.open(path).text == unknown, path
        assert browser.response.status_code == 404, path
    assert "张三" not in browser.open("/desk/elderly").text


def test_every_message_of_the_area_stands_where_its_pages_look() -> None:
    known = catalogues.messages(ROOT)
    mine = {**catalogues.used(ROOT, "web/desk/indicators"), **catalogues.used(ROOT, "web/templates/desk/indicators")}
    assert [msgid for msgid in mine if not any(known[domain].get(msgid) for domain in ("indicators", "desk", "web"))] == []
