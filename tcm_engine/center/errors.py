"""What a use case refuses, beside InvalidInput."""


class NotFound(LookupError):
    """No such record, or expired, or another organisation's: a caller is not told which."""


class KeyReused(ValueError):
    """An Idempotency-Key that was already used with another request."""


class NotAuthenticated(PermissionError):
    """A token that is unknown, expired or revoked, or whose account is disabled: a caller is not told which."""


class NotAllowed(PermissionError):
    """The caller's role does not grant this."""
