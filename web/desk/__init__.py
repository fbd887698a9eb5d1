"""The desk: pages for the people who work at a centre. Nothing here is shown without a session, and each page asks for its right."""

from .blueprint import create_desk

__all__ = ["create_desk"]
