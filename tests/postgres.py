"""A private PostgreSQL cluster in a temporary folder, reached through a socket in it: no port, no password, no trace."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

_OWNER = "postgres"


class Cluster:
    """A running cluster; `database()` is an empty database in it."""

    def __init__(self, folder: Path):
        self.folder = folder

    @contextmanager
    def database(self) -> Iterator[str]:
        """SQLAlchemy address of a fresh database, dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql+psycopg://{_OWNER}@/{name}?host={self.folder}"
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user=_OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster, stop and remove it afterwards. Raises RuntimeError where PostgreSQL is not installed."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path may have 107 characters: no deep folder
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER, _OWNER)
        data = folder / "data"
        _run("initdb", "--pgdata", data, "--username", _OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        _run("pg_ctl", "--pgdata", data, "--wait", "--silent", "--log", folder / "log", "--options", f"-k {folder} -h '' -F", "start")
        try:
            yield Cluster(folder)
        finally:
            _run("pg_ctl", "--pgdata", data, "--wait", "--silent", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    """Run a program of PostgreSQL; as its own user where we are root, because it refuses to run as root."""
    as_owner = ["runuser", "-u", _OWNER, "--"] if os.geteuid() == 0 else []
    command = [*as_owner, _find(program), *map(str, arguments)]
    # The server keeps what it inherits open; a pipe would never end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", timeout=60, check=False)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{program} failed: {said.read().decode(errors='replace')}")


def _find(program: str) -> str:
    """The newest installed version; Debian keeps these outside PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(program)
    if not found:
        raise RuntimeError(f"{program} was not found; install PostgreSQL (Debian: apt-get install postgresql)")
    return found
