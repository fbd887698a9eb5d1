"""What is known: data that a clinician can read and edit, its shapes, its loader and its checks."""

from .loader import KnowledgeBase, KnowledgeError, Problem, load, load_instrument

__all__ = ["KnowledgeBase", "KnowledgeError", "Problem", "load", "load_instrument"]
