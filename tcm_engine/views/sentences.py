"""The words of a conclusion in one line, and what a file of scores needs: the same for one person and for a million rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from knowledge_base.model import ConstitutionEntry
from tcm_engine.batch import ConclusionWords, Phrases

from .catalog import Catalog
from .fault_words import say_fault


def conclusion_words(lang: str, constitutions: Mapping[str, ConstitutionEntry]) -> ConclusionWords:
    """The connecting words of a language, with the names of the constitutions."""
    t = Catalog.load("views", lang)
    return ConclusionWords(
        names={code: entry.name.in_(lang) for code, entry in constitutions.items()},
        separator=t(", "),
        with_=t(", with "),
        tied=t(", equally marked"),
        leading_unknown=t(", the leading type unknown without the sex"),
        basically=t("basically "),
        tendency_joint=t("; "),
        tendency_before=t("tendency to "),
        tendency_after=_after(lang, t),
        nothing=t("no type can be determined"),
        undetermined_before=t("; not determined without the sex: "),
        undetermined_after="",
    )


def _after(lang: str, t: Catalog) -> str:
    """What follows a list of tendencies: Chinese has 倾向 there, English has said it before."""
    return "" if lang == "en" else t(" tendency")


def phrases(lang: str, constitutions: Mapping[str, ConstitutionEntry]) -> Phrases:
    """What `batch.score_file` writes in words."""
    return Phrases(conclusion_words(lang, constitutions), partial(say_fault, lang=lang))
