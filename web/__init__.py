"""The web pages: the self-test. A blueprint that is given what it needs and keeps nothing of its own."""

from .blueprint import create_blueprint
from .errors import problem_page
from .services import Services

__all__ = ["Services", "create_blueprint", "problem_page"]
