"""Who may come in: sessions of signed-in accounts."""

from .sessions import IDLE, LONGEST, SignedIn, end_session, resume_session, start_session

__all__ = ["IDLE", "LONGEST", "SignedIn", "end_session", "resume_session", "start_session"]
