"""The telling of one object in one language: catalogue, knowledge base, and the numbered list of what was cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge_base import KnowledgeBase, to_traditional
from knowledge_base.model import Source, Statement, Text

from . import format, words
from .assessment_view import Evidence, SourceView
from .catalog import Catalog


class Telling:
    """Puts words on codes and numbers the sources in the order in which they are first cited."""

    def __init__(self, lang: str, knowledge: KnowledgeBase):
        self.lang = lang
        self.knowledge = knowledge
        self.t = Catalog.load("views", lang)
        self._places: dict[str, list[str]] = {}
        self._grades: set[str] = set()

    def say(self, text: Text | None) -> str:
        return text.in_(self.lang) if text is not None else ""

    def all(self, texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(text.in_(self.lang) for text in texts)

    def list(self, names: Iterable[str]) -> str:
        return format.listed(tuple(names), self.lang)

    def coded(self, table: words.Table, code: str, fallback: str = "other", **params: object) -> str:
        """The words of a code of one of the tables; those of `fallback` for a code that the table does not have."""
        msgid = table.get(code, table.get(fallback, ""))
        return self.t(msgid, **params) if msgid else ""

    def cite(self, statement: Statement) -> Evidence:
        """The evidence of a statement, its sources entered into the numbered list."""
        numbers = {self._number(citation.source, citation.locator) for citation in statement.cites}
        return self._evidence(str(statement.grade), statement.review.status, numbers)

    def cite_source(self, source: str, locator: str, grade: str, review: str) -> Evidence:
        """The evidence of a bound that the code itself holds; without a number where the knowledge base has no such source."""
        numbers = {self._number(source, locator)} if source in self.knowledge.sources else set()
        return self._evidence(grade, review, numbers)

    def _number(self, source: str, locator: str) -> int:
        places = self._places.setdefault(source, [])
        if locator not in places:
            places.append(locator)
        return tuple(self._places).index(source) + 1

    def _evidence(self, grade: str, review: str, numbers: set[int]) -> Evidence:
        self._grades.add(grade)
        return Evidence(
            grade=grade,
            grade_word=self.coded(words.GRADE, grade),
            unreviewed=self.coded(words.REVIEW_MARK, review),
            sources=tuple(sorted(numbers)),
        )

    def sources(self) -> tuple[SourceView, ...]:
        return tuple(self._source(n, code, places) for n, (code, places) in enumerate(self._places.items(), start=1))

    def _own(self, words_of_a_source: str) -> str:
        """Issuers, numbers and locators stand in the register as the source has them; in traditional Chinese they are converted."""
        return to_traditional(words_of_a_source) if self.lang == "zh-Hant" else words_of_a_source

    def evidence_key(self) -> tuple[tuple[str, str], ...]:
        """(word, meaning) of every evidence word used so far, strongest first."""
        used = [g for g in words.GRADE if g in self._grades]
        return tuple((self.coded(words.GRADE, g), self.coded(words.GRADE_KEY, g)) for g in used)

    def _source(self, number: int, code: str, places: Sequence[str]) -> SourceView:
        source: Source = self.knowledge.sources[code]
        return SourceView(
            number=number,
            code=code,
            title=self.say(source.title),
            issuer=self._own(source.issuer),
            year=str(source.year or ""),
            document=self._own(source.number),
            places=tuple(map(self._own, places)),
            grade_word=self.coded(words.GRADE, source.kind),
            seen_words=self.coded(words.SEEN, source.seen),
        )
