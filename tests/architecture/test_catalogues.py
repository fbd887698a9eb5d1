"""Every message is translated, with the same placeholders; no catalogue keeps a message that nobody uses."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from tests.architecture import catalogues

ROOT = Path(__file__).parents[2]
ROOMS = {
    "tcm_engine/views": "views",
    "web": "web",
    "api": "api",
    "reports": "reports",
    "cli.py": "cli",
    "cli_kb.py": "cli",
    "cli_user.py": "cli",
    "cli_privacy.py": "cli",
    "cli_work.py": "cli",
    "app.py": "cli",
}
"""Where messages are used -> the catalogue that has them."""
PLACES = ("tcm_engine", "web", "api", "reports", "cli.py", "cli_kb.py", "cli_privacy.py", "cli_user.py", "cli_work.py", "app.py")
MESSAGES = catalogues.messages(ROOT)


DESK = ("desk", "access", "clients", "campaigns", "work", "privacy", "indicators")
"""Catalogues of the desk's areas, beside those of the pages."""


def untranslated(root: Path, place: str, domain: str) -> list[str]:
    known = catalogues.messages(root)
    elsewhere = {"faults", domain, *(DESK if domain == "web" else ())}
    return [
        f"{spot} {msgid!r}"
        for msgid, spot in catalogues.used(root, place).items()
        if not any(known.get(d, {}).get(msgid) for d in elsewhere)
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("place", "domain"), ROOMS.items())
def test_every_message_used_is_translated(place: str, domain: str) -> None:
    assert untranslated(ROOT, place, domain) == []


@pytest.mark.parametrize("domain", MESSAGES)
def test_every_message_is_used_and_none_is_empty(domain: str) -> None:
    literals = catalogues.literals(ROOT, PLACES)
    assert [msgid for msgid, text in MESSAGES[domain].items() if msgid not in literals or not text] == []


@pytest.mark.parametrize("domain", MESSAGES)
def test_translations_have_the_placeholders_of_their_ids(domain: str) -> None:
    assert [msgid for msgid, text in MESSAGES[domain].items() if placeholders(text) - placeholders(msgid)] == []


def test_a_missing_translation_is_found(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "a.py").write_text("t('Good day')\nN_({'a': 'Table'})\n")
    (tmp_path / "web" / "a.html").write_text("{{ _('In a page') }} {{ _('Known') }}")
    (tmp_path / catalogues.FOLDER).mkdir(parents=True)
    (tmp_path / catalogues.FOLDER / "web.po").write_text('msgid "Known"\nmsgstr "x"\n\n#, fuzzy\nmsgid "Good day"\nmsgstr "x"\n')
    assert len(untranslated(tmp_path, "web", "web")) == 3
