"""What a use case refuses, beside InvalidInput."""


class NotFound(LookupError):
    """No such record, or expired, or another organisation's: a caller is not told which."""


class KeyReused(ValueError):
    """An Idempotency-Key that was already used with another request."""


class NotAuthenticated(PermissionError):
    """A token that is unknown, expired or revoked, or whose account is disabled: a caller is not told which."""


class NotAllowed(PermissionError):
    """The caller's role does not grant this."""


class ConsentMissing(PermissionError):
    """A client has not agreed to `purpose`, or not to what is done today, or has withdrawn: nothing was processed."""

    def __init__(self, purpose: str):
        self.purpose = purpose
        super().__init__(f"no consent to {purpose}")


class Outdated(RuntimeError):
    """Somebody else changed the record since it was read: nothing was written. `now` is the record as it stands."""

    def __init__(self, now: object):
        self.now = now
        super().__init__("changed meanwhile")
