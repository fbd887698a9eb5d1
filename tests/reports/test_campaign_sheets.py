"""Sheets of a campaign: eight cards a page, forms that fit their pages, nothing about health on a card."""

from __future__ import annotations

import logging
from io import BytesIO

import pikepdf
import pytest

from reports import render_campaign_sheet
from tcm_engine import Engine
from tcm_engine.center.privacy import current_texts
from tcm_engine.views import Card, InvitationCards, Letterhead, PaperForms, PaperItem, ReminderList, ReminderRow

HEAD = Letterhead(centre_name="某某健康管理中心", contacts="010-12345678")
CARD = Card("欧阳一一", "研发中心（南区）", "0427-3", "https://health.example.com/i/AbCdEfGhIjKlMnOpQrStUvWxYz012345")


def pages(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as document:
        first = document.pages[0].mediabox
        assert (round(float(first[2])), round(float(first[3]))) == (595, 842)
        return len(document.pages)


def form(engine: Engine, instrument: str, lang: str, people: int, large: bool) -> PaperForms:
    found = engine.knowledge.instruments[instrument]
    items = tuple(PaperItem(number, item.text.in_(lang), "") for number, item in enumerate(found.items, 1))
    consent = tuple(text.question for text in current_texts(lang))
    return PaperForms(
        lang, HEAD, "2026年职工体质辨识", found.title.in_(lang), found.edition, found.recall.in_(lang),
        tuple(anchor.in_(lang) for anchor in found.anchors), items, consent, (CARD,) * people, large,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def no_warnings(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "weasyprint"):
        yield
    assert not [record.message for record in caplog.records if record.name.startswith("weasyprint")]


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_cards_stand_on_a_page(count: int, sheets: int) -> None:
    long = Card("买买提·艾力·阿卜杜热合曼", "某某实业有限公司第二事业部质量检验与技术服务中心", "99999-1", CARD.address)
    view = InvitationCards(
        "zh-Hans",
        HEAD,
        "某某实业有限公司2026年度职工中医体质辨识与健康管理活动",
        "2026年12月20日",
        5,
        (CARD, long, *(CARD,) * count)[:count],
    )
    assert pages(render_campaign_sheet(view)) == sheets


@pytest.mark.parametrize(
    ("instrument", "large", "sheets"), [("gbt_46939_2025", False, 1), ("elderly_33", True, 3), ("zyyxh_t157_2009", False, 3)]
)
def test_a_form_takes_few_pages_and_one_for_each_person(engine: Engine, instrument: str, large: bool, sheets: int) -> None:
    assert pages(render_campaign_sheet(form(engine, instrument, "zh-Hans", 0, large))) <= sheets
    each = pages(render_campaign_sheet(form(engine, instrument, "zh-Hans", 1, large)))
    assert pages(render_campaign_sheet(form(engine, instrument, "zh-Hans", 3, large))) == 3 * each


def test_english_and_a_list_of_many() -> None:
    rows = (ReminderRow("0427-3", "欧阳一一", "质检部", "13800138000", "not begun"),) * 100
    assert pages(render_campaign_sheet(ReminderList("en", HEAD, "Health check 2026", "24 November 2026", rows))) == 3
