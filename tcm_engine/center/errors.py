"""What a use case refuses, beside InvalidInput."""


class NotFound(LookupError):
    """No such record, or expired, or another organisation's: a caller is not told which."""


class KeyReused(ValueError):
    """An Idempotency-Key that was already used with another request."""
