"""Profile, season and complaints to a plan: triage, exclude, veto, rank, choose, explain."""

from .catalogue import DOMAINS, Catalogue, compile_catalogue
from .matching import warm_up
from .planner import make_plan

__all__ = ["DOMAINS", "Catalogue", "compile_catalogue", "make_plan", "warm_up"]
