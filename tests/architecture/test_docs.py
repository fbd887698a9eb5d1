"""The docs name every setting, every command and every endpoint, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import config
from cli import main
from tcm_engine.version import VERSION
from tests.architecture.routes import endpoints

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guides"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def commands(group: click.Group, path: str = "tcm") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found += commands(command, f"{path} {name}") if isinstance(command, click.Group) else [f"{path} {name}"]
    return found


def unnamed(names: list[str], text: str) -> list[str]:
    """Those of `names` that `text` does not have as whole words."""
    return [name for name in names if not re.search(rf"(?<![\w/]){re.escape(name)}(?![\w/])", text)]


def broken_links(page: Path) -> list[str]:
    return [target for target in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / target).exists()]


def test_every_setting_is_described() -> None:
    text = (GUIDES / "operating.md").read_text(encoding="utf-8")
    settings = [config.variable(name) for name in config.Settings.model_fields]
    assert unnamed(settings, text) == []
    assert set(re.findall(r"`(TCM_[A-Z_]+)`", text)) - {"TCM_"} == set(settings)


def test_every_setting_has_help_and_a_default_that_is_no_secret() -> None:
    assert [name for name, field in config.Settings.model_fields.items() if not field.description or field.is_required()] == []
    assert config.Settings.model_fields["secret_key"].default is None


def test_every_command_is_described() -> None:
    text = (GUIDES / "command-line.md").read_text(encoding="utf-8")
    assert unnamed(commands(main), text) == []
    assert {found.rstrip() for found in re.findall(r"^\| `(tcm [a-z ]+)", text, re.MULTILINE)} == set(commands(main))


def test_every_endpoint_is_described() -> None:
    text = (GUIDES / "http-api.md").read_text(encoding="utf-8")
    assert unnamed(endpoints(), text) == []


def test_what_is_not_described_is_found() -> None:
    assert unnamed(["tcm score", "tcm sc", "GET /a"], "`tcm score`, GET /a/b") == ["tcm sc", "GET /a"]


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[here](a.md#top) [there](b.md) [web](https://example.org)")
    assert broken_links(tmp_path / "a.md") == ["b.md"]


def test_decisions_are_numbered_without_gap_and_have_four_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04d}" for number in range(1, len(pages) + 1)]
    parts = ("Status", "Context", "Decision", "Consequences")
    assert [(page.name, part) for page in pages for part in parts if part not in page.read_text(encoding="utf-8")] == []


def test_changelog_names_this_version() -> None:
    assert f"\n## {VERSION}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
