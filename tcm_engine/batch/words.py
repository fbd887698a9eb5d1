"""The conclusion as one sentence: its grammar. The words come from the catalogues; this module knows the order alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..assessment import types_in
from ..model import CONSTITUTIONS, Coded, Fault


@dataclass(frozen=True, slots=True)
class ConclusionWords:
    """Names and connecting words of one language; `气虚质，兼有阳虚质；有湿热质倾向`."""

    names: Mapping[str, str]
    """Constitution code -> name."""
    separator: str
    with_: str
    """Before the accompanying types."""
    tied: str
    """After types whose highest scores are equal."""
    leading_unknown: str
    """After types of which none can be called the leading one without the sex."""
    basically: str
    """Before the name of balanced."""
    tendency_joint: str
    """Between a statement and the tendencies."""
    tendency_before: str
    tendency_after: str
    nothing: str
    """Where nothing applies."""
    undetermined_before: str
    undetermined_after: str
    """Around the types that cannot be judged without the sex."""

    def say(self, conclusion: Coded) -> str:
        """The sentence of a conclusion; its codes are listed in `assessment.conclusion`."""
        lists = ("constitutions", "tendencies", "undetermined", "leading")
        types, tendencies, undetermined, leading = (types_in(conclusion, key) for key in lists)
        text = self._statement(conclusion.code, types, leading)
        if tendencies:
            joint = "" if conclusion.code == "tendencies_only" else self.tendency_joint
            text += joint + self.tendency_before + self._list(tendencies) + self.tendency_after
        if undetermined:
            text += self.undetermined_before + self._list(undetermined) + self.undetermined_after
        return text

    def _statement(self, code: str, types: tuple[str, ...], leading: tuple[str, ...]) -> str:
        if code == "tendencies_only":
            return ""
        if code == "undetermined":
            return self.nothing
        if code == "leading_unknown":
            return self._list(types) + self.leading_unknown
        first = leading or types[:1]
        others = types[len(first) :]
        text = (self.basically if code == "basically_balanced" else "") + self._list(first) + (self.tied if leading else "")
        return text + (self.with_ + self._list(others) if others else "")

    def _list(self, codes: tuple[str, ...]) -> str:
        return self.separator.join(self.names[code] for code in codes)

    def in_kernel_order(self) -> tuple[str, ...]:
        """The twenty words as `kernels.csv_lines` numbers them."""
        return (
            *(self.names[code] for code in CONSTITUTIONS),
            self.with_,
            self.tied,
            self.leading_unknown,
            self.basically,
            self.tendency_joint,
            self.tendency_before,
            self.tendency_after,
            self.nothing,
            self.undetermined_before,
            self.undetermined_after,
            self.separator,
        )


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words that a scores file and its errors file need, in one language; `views.phrases(lang, knowledge)` makes them."""

    conclusion: ConclusionWords
    fault: Callable[[Fault], str]
