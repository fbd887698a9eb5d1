"""All drawings of movements in one place, from the modules that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import poses, poses_care, poses_forms, poses_home
from .poses import Drawing

DRAWINGS: Mapping[str, Drawing] = MappingProxyType({**poses.DRAWINGS, **poses_forms.DRAWINGS, **poses_home.DRAWINGS, **poses_care.DRAWINGS})
"""Code of a drawing, as `figure` of a movement names it."""
