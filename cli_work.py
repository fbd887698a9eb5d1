"""`tcm work`: the process that does long work."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from cli_shared import catalog, clear_errors, load_settings

if TYPE_CHECKING:
    from tcm_engine.center.work import Runner


@click.command()
@click.option("--once", is_flag=True, help="End when no job waits any more.")
@click.option("--with-parent", is_flag=True, hidden=True, help="End when standard input ends: whoever began this process is gone.")
def work(once: bool, with_parent: bool) -> None:
    """Do long work (plans of a campaign, archives) until Ctrl-C; of several such processes one works, the others wait."""
    from app import open_work
    from config import SettingsError
    from tcm_engine.center import SchemaBehind

    settings = load_settings()
    with clear_errors(settings.default_lang, SettingsError, SchemaBehind), _progress(settings.default_lang) as tell:
        runner = open_work(settings, tell)
        _stop_on_signals(runner)
        if with_parent:
            threading.Thread(target=_stop_with_parent, args=(runner,), daemon=True).start()
        runner.run(once)


def _stop_on_signals(runner: Runner) -> None:
    """What is in hand is ended first."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: runner.stopped.set())


def _stop_with_parent(runner: Runner) -> None:
    sys.stdin.buffer.read()
    runner.stopped.set()


@contextmanager
def _progress(lang: str) -> Iterator[Callable[..., None]]:
    """Draws each job on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    t = catalog(lang)
    words = {"plan_pdfs": t("Plans"), "archive": t("ZIP of plans"), "print": t("Files for the printer")}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[faults]}"),
    )
    tasks: dict[int, Any] = {}
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=600) as bar:

        def tell(order: Any, kind: str, counts: Any, packed: int) -> None:
            if order.job not in tasks:
                tasks[order.job] = bar.add_task(words.get(kind, kind), total=counts.total, faults="")
            faults = t("{count} with faults", count=counts.failed) if counts.failed else ""
            bar.update(tasks[order.job], completed=max(counts.done + counts.failed, packed), faults=faults)

        yield tell
