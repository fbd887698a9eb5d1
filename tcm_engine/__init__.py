"""What is computed and kept: see docs/architecture.md for the rooms."""

from .engine import Engine

__all__ = ["Engine"]
