"""Words in the reader's language: gettext catalogues, one domain per area, read without compiling.

A message's id is the English sentence. `zh-Hans` stands in `locale/zh_Hans/LC_MESSAGES/DOMAIN.po`; `zh-Hant` is made from it
by OpenCC with the knowledge base's reviewed exceptions; English is the id itself. A placeholder is written `{name}` and filled
by `Catalog.gettext(msgid, name=…)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from knowledge_base import to_traditional

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HTML_LANG: Mapping[str, str] = MappingProxyType({"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"})
"""What belongs into a lang attribute: with these, and no shorter ones, browsers and Pango choose the right glyph shapes."""
_FOLDER = Path(__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"


class UnknownLanguage(ValueError):
    """A language that we do not ship."""


class Catalog:
    """The messages of one domain in one language."""

    def __init__(self, domain: str, lang: str, messages: Mapping[str, str]):
        self.domain, self.lang, self.messages = domain, lang, messages

    @staticmethod
    def load(domain: str, lang: str) -> Catalog:
        """The catalogue of `domain` (`views`, `web`, `reports` …) in `zh-Hans`, `zh-Hant` or `en`; read once per process.

        Raises UnknownLanguage for any other language and FileNotFoundError for a domain without a file.
        """
        return _load(domain, lang)

    def gettext(self, msgid: str, **params: object) -> str:
        """The message with its placeholders filled; the English sentence where nobody translated it."""
        text = self.messages.get(msgid) or msgid
        return text.format_map(params) if params else text

    __call__ = gettext


def messages_of(domain: str) -> dict[str, str]:
    """Id -> simplified Chinese, as the .po file has it. Fuzzy and empty entries are left out."""
    from babel.messages.pofile import read_po

    with (_FOLDER / f"{domain}.po").open("rb") as file:
        entries = read_po(file, locale="zh_Hans")
    return {str(e.id): str(e.string) for e in entries if e.id and e.string and not e.fuzzy}


@cache
def _load(domain: str, lang: str) -> Catalog:
    if lang not in LANGUAGES:
        raise UnknownLanguage(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")
    messages = messages_of(domain)
    if lang == "en":
        messages = {}
    elif lang == "zh-Hant":
        messages = {msgid: to_traditional(text) for msgid, text in messages.items()}
    return Catalog(domain, lang, MappingProxyType(messages))
