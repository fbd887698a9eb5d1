"""Questions to knowledge: words in Chinese, pinyin or English find the nearest pieces. Loads scikit-learn when first used."""

from .find import LONGEST_QUESTION, SearchHit, find

__all__ = ["LONGEST_QUESTION", "SearchHit", "find"]
