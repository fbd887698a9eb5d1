"""The `tcm` command. Thin: each command imports what it needs when it runs, so that `tcm --help` pays for nothing.

Exit status: 0 done, 1 some rows failed where `--strict` was given, 2 cannot be run as asked, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli_kb import stale, why
from cli_privacy import audit, backup, key, restore
from cli_shared import catalog, clear_errors, load_settings, stop
from cli_user import user
from cli_work import work

if TYPE_CHECKING:
    from knowledge_base import KnowledgeBase
    from tcm_engine import Engine
    from tcm_engine.model import Assessment, Person, Plan
    from tcm_engine.search import Given

INSTRUMENTS = ("gbt_46939_2025", "zyyxh_t157_2009", "elderly_33")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
SOME_FAILED, STOPPED = 1, 130

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_target = click.Path(dir_okay=False, path_type=Path)
_folder = click.Path(file_okay=False, path_type=Path)

_instrument = click.option("--instrument", type=click.Choice(INSTRUMENTS), default=INSTRUMENTS[0], show_default=True, help="Questionnaire.")
_lang = click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of what is written.")
_on = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day the plan is made for; today if not given.")
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
    from knowledge_base import load_constitutions, load_instrument
    from tcm_engine.assessment import compile_form
    from tcm_engine.batch import score_file
    from tcm_engine.views import phrases

    with clear_errors(lang), _progress(lang) as progress:
        form, words = compile_form(load_instrument(instrument)), phrases(lang, load_constitutions())
        done = score_file(form, answers, scores, phrases=words, on=_day(None), progress=progress)
    _finish(lang, done.rows, done.failed, scores, done.errors_file, strict)


@main.command()
@_instrument
@click.argument("person", type=_file)
@click.option("-o", "--output", "document", type=_target, required=True, help="The PDF to write.")
@click.option("--json", "record", type=_target, help="Write the plan as JSON too.")
@_on
@_lang
def plan(instrument: str, person: Path, document: Path, record: Path | None, on: datetime | None, lang: str) -> None:
    """Compose a plan for PERSON (.json); print its verdict and where the PDF is."""
    from reports import render_pdf, typesetting
    from tcm_engine import Engine
    from tcm_engine.views import Letterhead, present

    with clear_errors(lang):
        engine = Engine.load(typesetting=typesetting())
        who, assessment = _read_sheet(engine, instrument, _read_json(person), _day(on))
        made = engine.plan(assessment, who.profile, on=_day(on))
        view = present(made, lang, letterhead=Letterhead(client_name=who.name), knowledge=engine.knowledge)
        _write(document, render_pdf(view))
        if record:
            from api import plan_json

            _write(record, plan_json(made, view))
    click.echo(view.assessment.statement)
    click.echo(document)


@main.command()
@_instrument
@click.argument("answers", type=_file)
@click.option("-o", "--output", "folder", type=_folder, required=True, help="Folder for scores, PDFs, errors.csv and the summary.")
@_on
@_lang
@_strict
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that make plans; one for each processor, at most 8, if not given.")
def batch(instrument: str, answers: Path, folder: Path, on: datetime | None, lang: str, strict: bool, workers: int | None) -> None:
    """Score every row of ANSWERS and make one PDF a person.

    Run again, it goes on where it stopped, for the day of the first run unless --on says another one.
    """
    from functools import partial

    from reports import typesetting
    from tcm_engine import Engine
    from tcm_engine.batch import compose_file
    from tcm_engine.views import phrases, say_summary

    with clear_errors(lang), _stoppable(lang), _progress(lang) as progress:
        engine = Engine.load(typesetting=typesetting())
        done = compose_file(
            engine,
            instrument,
            answers,
            folder,
            on=on.date() if on else None,
            today=_day(None),
            lang=lang,
            phrases=phrases(lang, engine.knowledge.constitutions),
            tell=partial(say_summary, lang=lang, knowledge=engine.knowledge),
            render=_render_plan,
            workers=workers,
            progress=progress,
        )
    t = catalog(lang)
    click.echo(t("Plans for {day}: {made} made now, {kept} made before", day=done.day, made=done.made, kept=done.kept))
    if done.outdated:
        click.echo(t("{count} plans that no row has any more: {folder}", count=done.outdated, folder=folder / "outdated"))
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

    with clear_errors(lang):
        knowledge = knowledge_base.load()
    click.echo(knowledge.digest)


@kb.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def coverage(as_json: bool) -> None:
    """Count what is there, sourced, bilingual, unreviewed."""
    import json

    from tcm_engine import Engine

    with clear_errors(LANGUAGES[0]):
        counted = Engine.load().coverage()
    click.echo(json.dumps(counted, indent=None if as_json else 2))


@kb.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="Most pieces shown.")
@click.option("--person", "sheet", type=_file, help="PERSON.json of who asks; what it does not say counts as it does in a plan.")
@_instrument
@click.option("--constitution", "types", multiple=True, help="Code of a type of who asks; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@_lang
def search(
    words: tuple[str, ...], limit: int, sheet: Path | None, instrument: str, types: tuple[str, ...], as_json: bool, lang: str
) -> None:
    """Pieces of knowledge nearest to the question WORDS, and whether each fits who asks."""
    import msgspec

    from tcm_engine import Engine
    from tcm_engine.search import LONGEST_QUESTION, Given, Named, answer
    from tcm_engine.views import present_answer

    settings = load_settings()
    with clear_errors(lang):
        engine, day = Engine.load(), _day(None)
        unknown = [code for code in types if code not in list(engine.knowledge.constitutions)]
        if unknown:
            stop(catalog(lang)("Nothing has the code {code}.", code=unknown[0]))
        who = _asker(engine, instrument, _read_json(sheet), day) if sheet else Given()
        question, cache = " ".join(words)[:LONGEST_QUESTION], settings.var_dir / "cache"
        found = answer(engine.catalogue, question, on=day, limit=limit, lang=lang, cache=cache, given=who, about=Named(constitutions=types))
    view = present_answer(found, lang, engine.knowledge)
    if as_json:
        click.echo(msgspec.json.encode({"answer": view, "hits": found.hits}).decode())
        return
    for flag in view.flags:
        click.echo(f"{flag.urgency_word}\t{flag.sign}\t{flag.action}")
    for one in view.judgements:
        click.echo(f"{one.verdict_word}\t{one.kind}\t{one.id}\t{one.title}")
        for reason in one.reasons:
            click.echo(
                "\t" + " ".join(filter(None, (reason.level_word, reason.text, reason.evidence and f"[{reason.evidence.grade_word}]")))
            )
    for hit in (hit for hit in found.hits if hit.kind in ("complaint", "constitution")):
        click.echo(f"{hit.kind}\t{hit.id}\t{hit.title}")
    click.echo("\n".join(filter(None, (view.note, view.disclaimer))))


@kb.command()
@_lang
def codes(lang: str) -> None:
    """Codes that PERSON.json and the profile columns of ANSWERS may use."""
    import knowledge_base

    with clear_errors(lang):
        for entry in knowledge_base.codes(knowledge_base.load()):
            click.echo(f"{entry.register}\t{entry.code}\t{entry.name.in_(lang)}")


@kb.command()
@click.argument("code")
@_lang
def show(code: str, lang: str) -> None:
    """The entry with this code or id, as JSON, from every register that has it."""
    import json

    import knowledge_base

    with clear_errors(lang):
        try:
            found = knowledge_base.show(knowledge_base.load(), code)
        except KeyError:
            stop(catalog(lang)("Nothing has the code {code}.", code=code))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


# --- service -----------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--host", help="Address to listen on; TCM_HOST if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; TCM_PORT if not given.")
def serve(host: str | None, port: int | None) -> None:
    """Serve pages and the HTTP API until Ctrl-C."""
    from app import CannotServe
    from app import serve as serve_until_stopped
    from config import SettingsError
    from tcm_engine.center import SchemaBehind

    settings = load_settings()
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    with clear_errors(settings.default_lang, CannotServe, SchemaBehind, SettingsError):
        serve_until_stopped(settings)


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to this version; makes it where there is none."""
    from sqlalchemy.exc import SQLAlchemyError

    from config import SettingsError
    from tcm_engine.records import Records, Vault
    from tcm_engine.records import upgrade as migrate

    settings = load_settings()
    with clear_errors(settings.default_lang, SettingsError, SQLAlchemyError):
        migrate(Records(settings.database, Vault(settings.secrets())))


for command in (stale, why):
    kb.add_command(command)
for _command in (user, audit, backup, restore, key, work):
    main.add_command(_command)


# --- shared ------------------------------------------------------------------------------------------------------------


def _day(on: datetime | None) -> date:
    return (on or datetime.now().astimezone()).date()


def _read_json(file: Path) -> dict[str, Any]:
    """The object of a JSON file. Raises InvalidInput at its path."""
    from tcm_engine.model import Fault, InvalidInput, read_strict

    found = read_strict(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(found, dict):
        raise InvalidInput([Fault("$", "not_an_object")])
    return found


def _read_sheet(engine: Engine, instrument: str, sheet: dict[str, Any], day: date) -> tuple[Person, Assessment]:
    """The person and the assessment of PERSON.json. Raises InvalidInput with the faults of both."""
    from tcm_engine.model import Fault, InvalidInput, Person, Profile, Registers, read_person

    faults = [Fault(f"$.{key}", "unknown_key") for key in sheet if key not in ("person", "answers")]
    given, answers = sheet.get("person", {}), sheet.get("answers", {})
    sex = given.get("sex") if isinstance(given, dict) else None
    who = Person(Profile())
    try:
        who = read_person(given, Registers.of(engine.knowledge), day, minimum_age=engine.instrument(instrument).minimum_age)
    except InvalidInput as invalid:
        faults += invalid.faults
    try:
        assessment = engine.assess(instrument, answers, sex=sex, assessed_on=day, birth_date=who.profile.birth_date)
    except InvalidInput as invalid:
        faults += invalid.faults
    if faults:
        raise InvalidInput(faults)
    return who, assessment


def _asker(engine: Engine, instrument: str, sheet: dict[str, Any], day: date) -> Given:
    """Who asks, from PERSON.json; its answers may be left out. Raises InvalidInput."""
    from tcm_engine.model import Registers, read_person
    from tcm_engine.search import Given

    if "answers" in sheet:
        who, assessment = _read_sheet(engine, instrument, sheet, day)
        return Given(who.profile, assessment)
    return Given(read_person(sheet.get("person", {}), Registers.of(engine.knowledge), day).profile)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _render_plan(plan: Plan, name: str, lang: str, knowledge: KnowledgeBase) -> bytes:
    """The PDF of one plan of a batch; runs in its worker processes."""
    from reports import render_pdf
    from tcm_engine.views import Letterhead, present

    return render_pdf(present(plan, lang, letterhead=Letterhead(client_name=name), knowledge=knowledge))


@contextmanager
def _stoppable(lang: str) -> Iterator[None]:
    """Ctrl-C, or a request to end, stops long work where it can be taken up again."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        click.echo(catalog(lang)("Stopped. What is done is kept; run the same command again to go on."), err=True)
        raise SystemExit(STOPPED) from None


@contextmanager
def _progress(lang: str) -> Iterator[Callable[..., None]]:
    """`progress(rows done)` or `progress(rows done, rows in all)`, drawn on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total=None: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = SpinnerColumn(), TextColumn("{task.description} {task.completed}{task.fields[of]}"), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=600) as bar:
        task = bar.add_task(catalog(lang)("Rows"), total=None, of="")
        yield lambda done, total=None: bar.update(task, completed=done, total=total, of=f"/{total}" if total else "")


def _finish(lang: str, rows: int, failed: int, target: Path, errors: Path | None, strict: bool) -> None:
    t = catalog(lang)
    click.echo(t("{rows} rows, {failed} with faults: {target}", rows=rows, failed=failed, target=target))
    if errors:
        click.echo(t("Faults, one a line: {file}", file=errors))
    if failed and strict:
        raise SystemExit(SOME_FAILED)


if __name__ == "__main__":
    main()
