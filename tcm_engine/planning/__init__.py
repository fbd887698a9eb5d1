"""Profile, season and complaints to a plan: triage, exclude, veto, rank, choose, explain."""

from .catalogue import DOMAINS, Catalogue, compile_catalogue
from .facts import CHILDBEARING
from .matching import warm_up
from .matrix import coverage
from .planner import make_plan
from .triage import sign_concerns

__all__ = ["CHILDBEARING", "DOMAINS", "Catalogue", "compile_catalogue", "coverage", "make_plan", "sign_concerns", "warm_up"]
