"""The face of a centre on paper: its own settings turned into a letterhead."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from typing import Protocol

from .plan_view import Letterhead


class Face(Protocol):
    """What an organisation set for its papers; every field may be empty."""

    @property
    def display_name(self) -> str: ...
    @property
    def contacts(self) -> str: ...
    @property
    def practitioner(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def logo(self) -> str:
        """Base64 of a picture file."""

    @property
    def logo_mime(self) -> str: ...


def letterhead_of(
    face: Face, client_name: str = "", *, organisation: str = "", signed_by: str = "", licence: str = "", signed_on: str = ""
) -> Letterhead:
    """Who a paper is for and from.

    `organisation` stands where the centre chose no name of its own. `signed_by` with `licence` is who signed; without it, the practitioner
    of the settings is named, and `signed_on` (the day in words) stays empty: the paper then says that nobody has reviewed it.
    """
    logo = _picture(face.logo)
    return Letterhead(
        client_name=client_name,
        centre_name=face.display_name or organisation,
        logo=logo,
        logo_mime=face.logo_mime if logo else "",
        contacts=face.contacts,
        practitioner=signed_by or face.practitioner,
        licence_no=licence if signed_by else face.licence,
        reviewed_on=signed_on if signed_by else "",
    )


def _picture(encoded: str) -> bytes:
    """Empty where it cannot be read: a damaged logo must not keep a plan from being printed."""
    try:
        return b64decode(encoded, validate=True)
    except Error:
        return b""
