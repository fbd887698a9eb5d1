"""What is known: data that a clinician can read and edit, its shapes, its loader and its checks."""

from .base import KnowledgeBase
from .codes import codes, show
from .features import features_of_advice, features_of_food
from .loader import CACHE, DATA, load, load_constitutions, load_instrument
from .problem import KnowledgeError, Problem
from .traditional import to_traditional

__all__ = [
    "CACHE",
    "DATA",
    "KnowledgeBase",
    "KnowledgeError",
    "Problem",
    "codes",
    "features_of_advice",
    "features_of_food",
    "load",
    "load_constitutions",
    "load_instrument",
    "show",
    "to_traditional",
]
