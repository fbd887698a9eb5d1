"""`tcm kb stale` and `tcm kb why`: what to read again, and what an entry rests on. Registered in `cli`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cli_shared import catalog, clear_errors, stop

if TYPE_CHECKING:
    from knowledge_base import StaleGroup, Why
    from tcm_engine.views import Catalog

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
WORDS = {
    "unreviewed": "unreviewed",
    "disputed": "disputed",
    "verified": "verified",
    "old": "old",
    "recipe": "in the recipe",
    "uses": "uses it",
    "serves": "serves it",
    "step": "step of the programme",
    "sign": "warning sign",
    "block": "withholds",
    "limit": "limits",
    "warn": "warns",
    "avoids": "avoids",
    "favours": "favours",
}
"""Codes of `knowledge_base.stale` and `.why` -> messages."""
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of what is written.")
_json = click.option("--json", "as_json", is_flag=True, help="As one JSON object.")


@click.command()
@click.option("--months", type=click.IntRange(0, 600), default=12, show_default=True, help="Verified so many months ago counts as old.")
@click.option("--source", metavar="CODE", help="Only statements that cite this source.")
@click.option("--counts", is_flag=True, help="Only how many there are under each source.")
@_json
@_lang
def stale(months: int, source: str | None, counts: bool, as_json: bool, lang: str) -> None:
    """Statements to read again, by source: unreviewed first, then disputed, then those reviewed long ago."""
    import knowledge_base

    with clear_errors(lang):
        knowledge = knowledge_base.load()
    if source and source not in knowledge.sources:
        stop(catalog(lang)("Nothing has the code {code}.", code=source))
    groups = knowledge_base.stale(knowledge, datetime.now().astimezone().date(), months)
    groups = tuple(group for group in groups if source in (None, group.source.code))
    if as_json:
        _as_json({"statements": _distinct(groups), "sources": [_group(group, counts) for group in groups]})
        return
    t = catalog(lang)
    for group in groups:
        click.echo(t("{title} ({code}): {unreviewed} unreviewed, {disputed} disputed, {old} old", **_heading(group, lang)))
        for one in group.statements if not counts else ():
            click.echo(
                "\t".join(("", t(WORDS[one.reason]), str(one.on), f"{one.register}/{one.key}", one.path, one.locator, one.note)).rstrip()
            )
    click.echo(t("{count} statements to read again", count=_distinct(groups)))


@click.command()
@click.argument("code")
@_json
@_lang
def why(code: str, as_json: bool, lang: str) -> None:
    """What CODE rests on (a piece, food, point, rule …), what names it, and where its benefit comes from."""
    import knowledge_base

    with clear_errors(lang):
        knowledge = knowledge_base.load()
    try:
        found = knowledge_base.why(knowledge, code)
    except KeyError:
        stop(catalog(lang)("Nothing has the code {code}.", code=code))
    if as_json:
        _as_json([_plain(one) for one in found])
        return
    for one in found:
        _tell(one, lang, catalog(lang))


def _heading(group: StaleGroup, lang: str) -> dict[str, Any]:
    return {"title": group.source.title.in_(lang), "code": group.source.code, **group.counts()}


def _distinct(groups: tuple[StaleGroup, ...]) -> int:
    """Statements that stand under several sources count once."""
    return len({(one.register, one.key, one.path) for group in groups for one in group.statements})


def _group(group: StaleGroup, counts: bool) -> dict[str, Any]:
    listed = {} if counts else {"statements": [_plain(one) for one in group.statements]}
    return {"source": group.source.code, **group.counts(), **listed}


def _tell(one: Why, lang: str, t: Catalog) -> None:
    click.echo(f"{one.register}/{one.key}\t{one.name.in_(lang)}")
    click.echo(t("Rests on"))
    for said in one.rests_on:
        seen = f"{said.source} ({said.seen})"
        click.echo("\t".join(("", said.path, seen, said.title.in_(lang), said.locator, said.grade, t(WORDS[said.status]), str(said.on))))
        for words in filter(None, (said.decision, said.note)):
            click.echo(f"\t\t{words}")
    if one.benefit:
        click.echo(t("Benefit, and what it comes from"))
    for because in one.benefit:
        click.echo(f"\t{because.constitution}\t{because.level:+d}\t{', '.join(because.comes_from)}".rstrip())
    if one.differs:
        click.echo(f"\t{one.differs}")
    if one.named_by:
        click.echo(t("Named by, or acted on by"))
    for mention in one.named_by:
        click.echo("\t".join(("", f"{mention.register}/{mention.key}", t(WORDS[mention.relation]), mention.detail, mention.name.in_(lang))))


def _plain(record: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(record)


def _as_json(told: Any) -> None:
    """Texts as objects of their languages, days as ISO strings."""
    import json

    def of(value: Any) -> Any:
        return value.model_dump(mode="json") if hasattr(value, "model_dump") else str(value)

    click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=of))
