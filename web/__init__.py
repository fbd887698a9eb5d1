"""The web pages: the self-test, and the desk of a centre. Blueprints that are given what they need and keep nothing of their own."""

from .blueprint import create_blueprint
from .desk import create_desk
from .errors import problem_page
from .invited import create_invited
from .services import Services

__all__ = ["Services", "create_blueprint", "create_desk", "create_invited", "problem_page"]
