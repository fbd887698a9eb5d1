"""The HTTP interface under /api/v1: a blueprint that is given what it needs and keeps nothing of its own."""

from .access import token_scope
from .blueprint import create_blueprint
from .problems import problem
from .services import Services
from .showing import plan_json

__all__ = ["Services", "create_blueprint", "plan_json", "problem", "token_scope"]
