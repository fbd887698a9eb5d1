"""Papers of this area: the consent form, and a client's copy of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tcm_engine.center.privacy import ClientCopy, ConsentText
from tcm_engine.views import Letterhead, PaperBlock, PaperView

from . import labels

Say = Callable[..., str]


def consent_form(texts: Sequence[ConsentText], head: Letterhead, lang: str, say: Say) -> PaperView:
    return PaperView(
        lang,
        head,
        say("Consent to the processing of personal information"),
        say("Please read each point and tick yes or no. You may leave any of them out, and change your mind at any time."),
        tuple(_asked(text, say) for text in texts),
        (say("Name: {name}", name=head.client_name), say("Signature:"), say("Date:")),
        say("Versions {versions}. Personal Information Protection Law, articles as cited.", versions=_versions(texts)),
    )


def copy_paper(copy: ClientCopy, head: Letterhead, lang: str, day: str, say: Say) -> PaperView:
    """Every value with the name under which it is kept; what is empty is left out."""
    found: dict[str, list[Mapping[str, Any]]] = {**copy.content["tables"], "seen_by": copy.content["seen_by"]}
    blocks = tuple(
        PaperBlock(
            _numbered(say(labels.TABLE[name]) if name in labels.TABLE else name, number, len(rows)),
            facts=tuple((_named(path, say), _shown(path, value, say)) for path, value in _flat(row)),
        )
        for name, rows in found.items()
        for number, row in enumerate(rows, 1)
    )
    lead = say("Everything that is kept of you, as of {day}. The same is in the file for machines.", day=day)
    return PaperView(lang, head, say("Copy of your personal information"), lead, blocks, foot=say("Confidential. Keep this paper safe."))


def _asked(text: ConsentText, say: Say) -> PaperBlock:
    cited = tuple(
        say("{text} (Art. {numbers})", text=point.text, numbers=say(", ").join(map(str, point.articles))) for point in text.points
    )
    return PaperBlock(text.title, cited, question=text.question, choices=(say("Yes"), say("No")))


def _versions(texts: Sequence[ConsentText]) -> str:
    return ", ".join(sorted({text.version for text in texts}))


def _numbered(heading: str, number: int, count: int) -> str:
    return f"{heading} {number}/{count}" if count > 1 else heading


def _named(path: tuple[str, ...], say: Say) -> str:
    shown = [say(labels.FIELD[part]) if part in labels.FIELD else part for part in path if part not in ("content", "identity")]
    return " / ".join(shown)


def _shown(path: tuple[str, ...], value: str, say: Say) -> str:
    """Codes of ours in words, moments to the minute."""
    if path and path[-1].endswith("at") and value[10:11] == "T":
        return value[:16].replace("T", " ") + " UTC"
    return say(labels.VALUE[value]) if value in labels.VALUE else value


def _flat(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _flat(one, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(one, list | Mapping) for one in value):
        for number, one in enumerate(value, 1):
            yield from _flat(one, (*path, str(number)))
    elif value not in (None, "", [], {}):
        yield path, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
