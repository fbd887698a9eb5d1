"""Questions to knowledge: words in Chinese, pinyin or English find the nearest pieces, and each is judged for who asks.

Loads scikit-learn when first used.
"""

from .answer import SearchAnswer, answer
from .asker import Given
from .find import LONGEST_QUESTION, SearchHit, find
from .judging import Because, Judgement
from .reading import Named

__all__ = ["LONGEST_QUESTION", "Because", "Given", "Judgement", "Named", "SearchAnswer", "SearchHit", "answer", "find"]
