"""Pages for the people of a campaign: by the link of an invitation, or in turn on a device that staff signed in."""

from .blueprint import create_invited

__all__ = ["create_invited"]
