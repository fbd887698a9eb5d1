"""Tables of millions: files of answers in, files of scores out."""

from .faults import FileFault
from .score_file import ScoredFile, score_file
from .words import ConclusionWords, Phrases

__all__ = ["ConclusionWords", "FileFault", "Phrases", "ScoredFile", "score_file"]
