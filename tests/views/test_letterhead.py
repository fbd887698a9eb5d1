"""A centre's own settings on its papers."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

from tcm_engine.center.access import OrganisationSettings
from tcm_engine.views import Letterhead, letterhead_of

FACE = OrganisationSettings(
    display_name="康和中心",
    contacts="010-1234",
    practitioner="李四",
    licence="110",
    logo=b64encode(b"picture").decode(),
    logo_mime="image/png",
)


def test_everything_that_a_centre_set_stands_on_its_papers():
    assert letterhead_of(FACE, "张三", organisation="kanghe") == Letterhead(
        "张三", "康和中心", b"picture", "image/png", "010-1234", "李四", "110", ""
    )


def test_who_signed_stands_instead_with_the_licence_and_the_day():
    head = letterhead_of(FACE, signed_by="王五", licence="220", signed_on="2026年11月24日")
    assert (head.practitioner, head.licence_no, head.reviewed_on) == ("王五", "220", "2026年11月24日")


def test_a_signature_without_a_licence_does_not_borrow_one():
    assert letterhead_of(FACE, signed_by="王五").licence_no == ""


def test_a_day_without_a_signature_is_no_signature():
    assert letterhead_of(FACE, signed_on="2026年11月24日").reviewed_on == ""


def test_a_centre_without_settings_has_its_organisations_name_and_no_logo():
    assert letterhead_of(OrganisationSettings(), organisation="清河") == Letterhead(centre_name="清河")


def test_a_damaged_logo_is_left_out():
    head = letterhead_of(replace(FACE, logo="%%%"))
    assert (head.logo, head.logo_mime) == (b"", "")
