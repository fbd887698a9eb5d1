"""What shows where: candidates for a practitioner to confirm, each with what speaks for it."""

from .candidates import candidate_of

__all__ = ["candidate_of"]
