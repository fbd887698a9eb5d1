"""Tables of millions: files of answers in, files of scores or folders of plans out."""

from .compose_file import ComposedFile, compose_file
from .faults import FileFault
from .plan_task import Terms
from .score_file import ScoredFile, score_file
from .summary import Summary
from .words import ConclusionWords, Phrases

__all__ = [
    "ComposedFile",
    "ConclusionWords",
    "FileFault",
    "Phrases",
    "ScoredFile",
    "Summary",
    "Terms",
    "compose_file",
    "score_file",
]
