"""A printed plan, A4, tagged: ours against WeasyPrint as its docs use it, and against chromium's print.

All set the same HTML and the same style. WeasyPrint as documented: `HTML(string=…).write_pdf(stylesheets=[CSS(…)])`, its own fetcher, the
system's Noto Sans CJK, PDF/UA. Each document is for another person (another name), one warm process, every collection of garbage
included. Ours is shown twice: with every part laid out anew, and where somebody with the same pieces was printed before (the plan, the
how-to and the safety pages are then kept; cover, result, scores and margins are laid out for each person).
"""

from __future__ import annotations

import gc
import json
import logging
import subprocess
import tempfile
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from reports import fonts, render
from tcm_engine import Engine
from tcm_engine.model import Listed, Profile
from tcm_engine.views import Letterhead, PlanView, present

from .timing import Goal, Race, race

ROOT = Path(__file__).parents[1]
LANG = "zh-Hans"
_PEOPLE = count(1)


def measure() -> list[Race]:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    view = _view()
    contestants = {
        "WeasyPrint as documented, Noto Sans CJK": lambda: _stock(_next(view)),
        "ours, every part anew": lambda: _anew(_next(view)),
        "ours, somebody had the same pieces before": lambda: _ours(_next(view)),
        "chromium --print-to-pdf, cold": lambda: _chromium(_next(view)),
    }
    goals = {"ours, somebody had the same pieces before": Goal("at most 0.5", most=0.5)}
    slow = {"chromium --print-to-pdf, cold": 2}
    return [race("one plan as PDF", contestants, base="WeasyPrint as documented, Noto Sans CJK", repeats=5, slow=slow, goals=goals)]


def _view() -> PlanView:
    sample = json.loads((ROOT / "docs" / "samples" / "person.json").read_text(encoding="utf-8"))
    engine, who, day = Engine.load(), sample["person"], date(2026, 11, 23)
    assessment = engine.assess("gbt_46939_2025", sample["answers"], sex=who["sex"], assessed_on=day)
    profile = Profile(
        sex=who["sex"],
        birth_date=date.fromisoformat(who["birth_date"]),
        pregnant=False,
        lactating=False,
        conditions=Listed(tuple(who["conditions"])),
        medicines=Listed(tuple(who["medicines"])),
        allergies=Listed(tuple(who["allergies"])),
        complaints=Listed(tuple(who["complaints"])),
    )
    return present(engine.plan(assessment, profile, on=day), LANG, knowledge=engine.knowledge)


def _next(view: PlanView) -> PlanView:
    """The same plan for another person."""
    return replace(view, letterhead=Letterhead(client_name=f"来宾{next(_PEOPLE)}"))


def _ours(view: PlanView) -> bytes:
    pdf = render.render_pdf(view)
    gc.collect()
    return pdf


def _anew(view: PlanView) -> bytes:
    kept = dict(render._KEPT)
    render._KEPT.clear()
    pdf = _ours(view)
    render._KEPT.update(kept)
    return pdf


def _plain_style() -> str:
    """The style without our faces: the system's Noto by name."""
    style = render.css(LANG).replace(f'"{fonts.family_of(LANG)}", ', "")
    return "\n".join(line for line in style.splitlines() if not line.startswith("@font-face"))


def _stock(view: PlanView) -> bytes:
    from weasyprint import CSS, HTML

    pdf = HTML(string=render.render_html(view)).write_pdf(stylesheets=[CSS(string=_plain_style())], pdf_variant="pdf/ua-1")
    gc.collect()
    return pdf


def _chromium(view: PlanView) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        page.write_text(render.render_html(view).replace("</head>", f"<style>{_plain_style()}</style></head>"), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True)
        return pdf.read_bytes()
