"""Sheets of a campaign as PDF, A4: cards to cut out, forms to fill in, a list to work through."""

from __future__ import annotations

import segno
from markupsafe import Markup

from tcm_engine.views import CampaignSheet, InvitationCards, PaperForms

from ..render import render_sheet


def render(view: CampaignSheet) -> bytes:
    """The sheet as a tagged PDF. The same view gives the same pages."""
    folder = "cards" if isinstance(view, InvitationCards) else "form" if isinstance(view, PaperForms) else "reminders"
    return render_sheet(f"sheets/{folder}", view, qr=_qr)


def _qr(address: str, millimetres: int) -> Markup:
    """A QR code as one path, quiet zone included; error correction M: a folded card still opens."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=1, border=2, dark="#000", light=None, omitsize=True)
    return Markup(drawn.replace("<svg ", f'<svg width="{millimetres}mm" height="{millimetres}mm" ', 1))  # noqa: S704  # our own drawing


__all__ = ["render"]
