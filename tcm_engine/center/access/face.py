"""The face of an organisation on its papers."""

from __future__ import annotations

from tcm_engine.center import Center
from tcm_engine.records import organisation_name
from tcm_engine.views import Letterhead, letterhead_of

from .settings import read_settings


def letterhead_for(
    center: Center, organisation: int, client_name: str = "", *, signed_by: str = "", licence: str = "", signed_on: str = ""
) -> Letterhead:
    """The letterhead of an organisation's own settings; see `views.letterhead_of`."""
    with center.records.read() as db:
        name = organisation_name(db, organisation)
    face = read_settings(center, organisation).settings
    return letterhead_of(face, client_name, organisation=name, signed_by=signed_by, licence=licence, signed_on=signed_on)
