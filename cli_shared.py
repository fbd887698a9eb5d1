"""What every command of `tcm` needs: the settings, the words, and ending with clear reasons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from config import Settings
    from tcm_engine.views import Catalog

CANNOT_RUN = 2


@contextmanager
def clear_errors(lang: str, *expected: type[Exception]) -> Iterator[None]:
    """What cannot be run as asked ends with its reasons on stderr and status 2, never with a stack trace."""
    from knowledge_base import KnowledgeError
    from tcm_engine.model import InvalidInput

    understood: tuple[type[Exception], ...] = (KnowledgeError, *expected)
    try:
        yield
    except InvalidInput as invalid:
        from tcm_engine.views import say_fault

        stop("\n".join(f"{fault.path}: {say_fault(fault, lang)}" for fault in invalid.faults))
    except understood as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or ''}: {error.strerror or error}")


def catalog(lang: str) -> Catalog:
    from tcm_engine.views import Catalog

    return Catalog.load("cli", lang)


def load_settings() -> Settings:
    from config import SettingsError, load

    try:
        return load()
    except SettingsError as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(CANNOT_RUN)
