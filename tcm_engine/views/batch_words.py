"""A batch told in words: plain text for whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_base import KnowledgeBase
from knowledge_base.model import Constitution
from tcm_engine.batch import Summary

from . import format, words
from .catalog import Catalog


def say_summary(summary: Summary, lang: str, knowledge: KnowledgeBase) -> str:
    """The numbers of a batch, a line each, in `zh-Hans`, `zh-Hant` or `en`."""
    t, terms = Catalog.load("views", lang), summary.terms
    parts = [
        t("Plans of a batch, {day}", day=format.day(terms.day, lang)),
        knowledge.instruments[terms.instrument].title.in_(lang),
        "",
        t("Rows: {count}", count=summary.rows),
        t("Scored: {count}", count=summary.scored),
        t("Plans: {count}", count=summary.plans),
        t("Rows with faults: {count}", count=summary.failed),
        t("Plans for a practitioner to look at: {count}", count=summary.to_review),
        *_part(t("Leading type"), _leading(summary, t, lang, knowledge)),
        *_part(t("Verdicts"), _verdicts(summary, t, lang, knowledge)),
        *_part(t("Why a practitioner should look"), _reviews(summary, t)),
        *_part(t("Faults, by the number of rows"), summary.faults),
        *_part(t("Where the program broke down"), summary.breakdowns),
        "",
        t("Engine {version}", version=terms.engine_version),
        t("Knowledge {version}", version=terms.knowledge_version),
        t("Not a diagnosis; it cannot replace seeing a doctor"),
    ]
    return "\n".join(parts) + "\n"


def _part(title: str, counted: Mapping[str, object]) -> Iterator[str]:
    """A heading with its lines; nothing where there are none."""
    if counted:
        yield from ("", title, *(f"  {name}  {count}" for name, count in counted.items()))


def _names(lang: str, knowledge: KnowledgeBase) -> dict[str, str]:
    return {code.value: knowledge.constitutions[code].name.in_(lang) for code in Constitution}


def _leading(summary: Summary, t: Catalog, lang: str, knowledge: KnowledgeBase) -> dict[str, int]:
    names = {**_names(lang, knowledge), "none": t("none, or several alike")}
    return {names[code]: count for code, count in summary.primary.items() if count}


def _verdicts(summary: Summary, t: Catalog, lang: str, knowledge: KnowledgeBase) -> dict[str, str]:
    names = _names(lang, knowledge)
    return {
        names[code]: ", ".join(f"{t(words.VERDICT[verdict])} {count}" for verdict, count in found.items() if count)
        for code, found in summary.verdicts.items()
        if any(found.values())
    }


def _reviews(summary: Summary, t: Catalog) -> dict[str, int]:
    table = words.REVIEW_REASON
    return {t(table.get(code, table["other"])): count for code, count in summary.review_reasons.items()}
