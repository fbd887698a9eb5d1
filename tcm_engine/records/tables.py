"""Every table, so that `metadata` is complete where it is read."""

from .account import account
from .api_token import api_token
from .assessment import assessment
from .draft import draft
from .idempotency import idempotency_key
from .organisation import organisation
from .plan import plan
from .schema import metadata

__all__ = ["account", "api_token", "assessment", "draft", "idempotency_key", "metadata", "organisation", "plan"]
