"""The `tcm` command. Thin: each command imports what it needs when it runs, so that `tcm --help` pays for nothing.

Exit status: 0 done, 1 some rows failed where `--strict` was given, 2 cannot be run as asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from config import Settings

INSTRUMENTS = ("gbt_46939_2025", "zyyxh_t157_2009", "elderly_33")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
CANNOT_RUN = 2

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_target = click.Path(dir_okay=False, path_type=Path)
_folder = click.Path(file_okay=False, path_type=Path)

_instrument = click.option("--instrument", type=click.Choice(INSTRUMENTS), default=INSTRUMENTS[0], show_default=True, help="Questionnaire.")
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of what is written.")
_strict = click.option("--strict", is_flag=True, help="Exit with status 1 if any row failed.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tcm-engine", prog_name="tcm")
def main() -> None:
    """Constitution scores by the national standard, and plans composed from a sourced knowledge base."""


# --- scoring and plans -------------------------------------------------------------------------------------------------


@main.command()
@_instrument
@click.argument("answers", type=_file)
@click.option("-o", "--output", "scores", type=_target, required=True, help="SCORES: .csv or .parquet, by extension.")
@_lang
@_strict
def score(instrument: str, answers: Path, scores: Path, lang: str, strict: bool) -> None:
    """Score every row of ANSWERS (.csv or .parquet)."""
    from tcm_engine import Engine
    from tcm_engine.batch import score_file

    with _clear_errors(lang), _progress(lang) as progress:
        done = score_file(Engine.load(), instrument, answers, scores, lang=lang, progress=progress)
    _finish(lang, done.rows, done.failed, scores, done.errors_file, strict)


@main.command()
@_instrument
@click.argument("person", type=_file)
@click.option("-o", "--output", "document", type=_target, required=True, help="The PDF to write.")
@click.option("--json", "record", type=_target, help="Write the plan as JSON too.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day the plan is made for; today if not given.")
@_lang
def plan(instrument: str, person: Path, document: Path, record: Path | None, on: Any, lang: str) -> None:
    """Compose a plan for PERSON (.json) and print its verdict and where the PDF is."""
    from reports import render_pdf
    from tcm_engine import Engine
    from tcm_engine.batch import read_person
    from tcm_engine.views import present

    with _clear_errors(lang):
        engine = Engine.load()
        sheet = read_person(engine, instrument, person)
        day = on.date() if on else date.today()
        assessment = engine.assess(instrument, sheet.answers, sex=sheet.profile.sex, profile=sheet.profile, on=day)
        view = present(engine.plan(assessment, sheet.profile, on=day), lang, name=sheet.name)
        _write(document, render_pdf(view))
        if record:
            _write(record, view.json().encode())
    click.echo(view.headline)
    click.echo(document)


@main.command()
@_instrument
@click.argument("answers", type=_file)
@click.option("-o", "--output", "folder", type=_folder, required=True, help="Folder for scores, PDFs, errors.csv and the summary.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day the plans are made for; today if not given.")
@_lang
@_strict
def batch(instrument: str, answers: Path, folder: Path, on: Any, lang: str, strict: bool) -> None:
    """Score every row of ANSWERS and make one PDF a person. Run again, it goes on where it stopped."""
    from reports import render_pdf
    from tcm_engine import Engine
    from tcm_engine.batch import compose_file

    with _clear_errors(lang), _progress(lang) as progress:
        day = on.date() if on else date.today()
        done = compose_file(Engine.load(), instrument, answers, folder, on=day, lang=lang, render=render_pdf, progress=progress)
    _finish(lang, done.rows, done.failed, folder, done.errors_file, strict)


# --- knowledge ---------------------------------------------------------------------------------------------------------


@main.group()
def kb() -> None:
    """What the knowledge base holds."""


@kb.command()
@_lang
def check(lang: str) -> None:
    """Check every file; print all problems at once."""
    import knowledge_base

    with _clear_errors(lang):
        knowledge = knowledge_base.load()
    click.echo(knowledge.digest)


@kb.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def coverage(as_json: bool) -> None:
    """Count what is there, sourced, bilingual, unreviewed."""
    import json

    import knowledge_base

    counted = knowledge_base.load().coverage()
    click.echo(json.dumps(counted) if as_json else "\n".join(f"{name}: {count}" for name, count in counted.items()))


@kb.command()
@click.argument("words", nargs=-1, required=True)
@_lang
def search(words: tuple[str, ...], lang: str) -> None:
    """Pieces of knowledge nearest to WORDS."""
    from tcm_engine import Engine
    from tcm_engine.search import search as find

    with _clear_errors(lang):
        for hit in find(Engine.load().knowledge, " ".join(words), lang=lang):
            click.echo(f"{hit.id}\t{hit.title}")


@kb.command()
@_lang
def codes(lang: str) -> None:
    """Codes that PERSON.json and the profile columns of ANSWERS may use."""
    import knowledge_base

    knowledge = knowledge_base.load()
    for register in ("conditions", "medicines", "allergens", "complaints", "red_flags", "preferences", "zones"):
        for entry in getattr(knowledge, register).values():
            click.echo(f"{register}\t{entry.code}\t{entry.name.in_(lang)}")


# --- service -----------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--host", help="Address to listen on; TCM_HOST if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; TCM_PORT if not given.")
def serve(host: str | None, port: int | None) -> None:
    """Serve pages and the HTTP API until Ctrl-C."""
    from app import serve as serve_until_stopped

    settings = _settings()
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    with _clear_errors(settings.default_lang):
        serve_until_stopped(settings)


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to this version; makes it where there is none."""
    from tcm_engine.records import upgrade as migrate

    settings = _settings()
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    with _clear_errors(settings.default_lang):
        migrate(settings.database)


# --- shared ------------------------------------------------------------------------------------------------------------


def _settings() -> Settings:
    from config import SettingsError, load

    try:
        return load()
    except SettingsError as error:
        _stop(str(error))


if __name__ == "__main__":
    main()
