"""What is known: data that a clinician can read and edit, its shapes, its loader and its checks."""

from .base import KnowledgeBase
from .codes import codes, show
from .features import features_of_advice, features_of_food
from .loader import CACHE, DATA, load, load_constitutions, load_instrument
from .problem import KnowledgeError, Problem
from .stale import StaleGroup, StaleStatement, stale
from .traditional import to_traditional
from .why import Why, why

__all__ = [
    "CACHE",
    "DATA",
    "KnowledgeBase",
    "KnowledgeError",
    "Problem",
    "StaleGroup",
    "StaleStatement",
    "Why",
    "codes",
    "features_of_advice",
    "features_of_food",
    "load",
    "load_constitutions",
    "load_instrument",
    "show",
    "stale",
    "to_traditional",
    "why",
]
