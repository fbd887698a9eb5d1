"""Records of clients: who they are, how they are, what was measured, assessed, planned and is due."""

from .background import HABITS, Background, read_background
from .identity import Identity, read_identity
from .missing import MISSING, missing_of
from .record import Client, ClientRef, add_client, change_client, client_in, client_of, find_same, person_of_client
from .scoring import Scored, keep_for_client, score_for_client

__all__ = [
    "HABITS",
    "MISSING",
    "Background",
    "Client",
    "ClientRef",
    "Identity",
    "Scored",
    "add_client",
    "change_client",
    "client_in",
    "client_of",
    "find_same",
    "keep_for_client",
    "missing_of",
    "person_of_client",
    "read_background",
    "read_identity",
    "score_for_client",
]
