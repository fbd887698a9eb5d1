"""The fitted index: TF-IDF over terms, stored as plain arrays under the knowledge's digest, so that no process fits it twice."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from .entries import TITLE_WEIGHT, Entry
from .terms import pinyin_terms, terms

FORMAT = 1
"""Raised with every change of terms or weights: an index of another format is fitted anew."""


@dataclass(frozen=True, slots=True)
class Index:
    vectorizer: Any
    matrix: csr_matrix
    """Entries by terms, rows of length one."""

    def likeness(self, question: str) -> np.ndarray:
        """float64 [entries]: cosine of the question and each entry, 0..1."""
        return np.asarray((self.matrix @ self.vectorizer.transform([terms(question)]).T).todense()).ravel()


def index_of(entries: Sequence[Entry], digest: str, cache: Path) -> Index:
    """The stored index of this knowledge; fitted and stored where there is none that can be read."""
    file = cache / f"search-{FORMAT}-{digest[:32]}.npz"
    return _read(file, len(entries)) or _fit(entries, file)


def _fit(entries: Sequence[Entry], file: Path) -> Index:
    vectorizer = _vectorizer(None)
    matrix = vectorizer.fit_transform([_terms_of(entry) for entry in entries]).tocsr()
    words = np.array(vectorizer.get_feature_names_out(), dtype=np.str_)
    _write(file, words=words, idf=vectorizer.idf_, data=matrix.data, indices=matrix.indices, indptr=matrix.indptr)
    return Index(vectorizer, matrix)


def _read(file: Path, entries: int) -> Index | None:
    try:
        with np.load(file, allow_pickle=False) as stored:
            vectorizer = _vectorizer({str(word): number for number, word in enumerate(stored["words"])})
            vectorizer.idf_ = stored["idf"]
            shape = (entries, len(stored["words"]))
            return Index(vectorizer, csr_matrix((stored["data"], stored["indices"], stored["indptr"]), shape=shape))
    except (OSError, KeyError, ValueError, BadZipFile):
        return None


def _write(file: Path, **arrays: np.ndarray) -> None:
    """Whole or not at all: another process may read meanwhile. A folder that cannot be written costs time, not the answer."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as part:
            np.savez_compressed(part, **arrays)  # type: ignore[arg-type]  # arrays alone, no options
        os.replace(part.name, file)
    except OSError:
        return


def _vectorizer(vocabulary: dict[str, int] | None) -> Any:
    return TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, vocabulary=vocabulary)


def _as_is(counted: list[str]) -> list[str]:
    return counted


def _terms_of(entry: Entry) -> list[str]:
    named = [term for name in entry.names for term in terms(name)]
    return named * TITLE_WEIGHT + pinyin_terms(entry.names[:1]) + [term for words in entry.words for term in terms(words)]
