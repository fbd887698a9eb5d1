"""What a use case refuses, beside InvalidInput."""


class NotFound(LookupError):
    """No such record, or expired, or another organisation's: a caller is not told which."""


class KeyReused(ValueError):
    """An Idempotency-Key that was already used with another request."""


class NotAuthenticated(PermissionError):
    """A token that is unknown, expired or revoked, or whose account is disabled: a caller is not told which."""


class NotAllowed(PermissionError):
    """The caller's role does not grant this."""


class Outdated(RuntimeError):
    """Somebody else changed the record since it was read: nothing was written. `now` is the record as it stands."""

    def __init__(self, now: object):
        self.now = now
        super().__init__("changed meanwhile")
