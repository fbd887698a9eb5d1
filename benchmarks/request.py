"""Creating an assessment over HTTP, stored durably (SQLite, synchronous FULL), against a bare JSON route on the same waitress server.

One server process, four threads; four connections that stay open, each with one request under way; the two take turns. The bare
route stands in an application of its own without our hooks: all that it does is read the same JSON body and answer a small one.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .timing import Goal, Race, race

REQUESTS, CONNECTIONS, TURNS = 200, 4, 11
"""Requests a turn, over all connections."""
FOLDER = None
ROOT = Path(__file__).parents[1]
SERVER = """
import os, sys
from flask import Flask, jsonify, request
from pathlib import Path
from werkzeug.middleware.dispatcher import DispatcherMiddleware
import waitress
from app import create_app, settle
from config import Settings

bare = Flask("bare", static_folder=None)

@bare.post("/")
def answer():
    return jsonify(ok=len(request.get_json()))

limits = dict(rate_limit="1000000/second", rate_limit_create="1000000/second")
app = create_app(Settings(var_dir=Path(sys.argv[1]), log_level="error", **limits))
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/bare": bare})
settle()
server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""


def measure() -> list[Race]:
    sample = json.loads((ROOT / "docs" / "samples" / "person.json").read_text(encoding="utf-8"))
    sheet = json.dumps({"instrument": "gbt_46939_2025", **sample}).encode()
    with _server() as port, ExitStack() as open_:
        connections = [open_.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(CONNECTIONS)]
        threads = open_.enter_context(ThreadPoolExecutor(CONNECTIONS))
        contestants = {
            "bare JSON route": _burst(connections, threads, _request("/bare/", sheet), b"200"),
            "POST /api/v1/assessments": _burst(connections, threads, _request("/api/v1/assessments", sheet), b"201"),
        }
        goals = {"POST /api/v1/assessments": Goal("at most 4: 0.25 x the rate", most=4)}
        return [race(f"{REQUESTS} requests, waitress, SQLite FULL", contestants, base="bare JSON route", repeats=TURNS, goals=goals)]


@contextmanager
def _server() -> Iterator[int]:
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()
            process.wait()


def _request(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _burst(connections: list[socket.socket], threads: ThreadPoolExecutor, request: bytes, status: bytes) -> Callable[[], None]:
    """Send `REQUESTS` of the same request, shared among the connections. Raises where one is answered otherwise."""

    def run() -> None:
        list(threads.map(lambda connection: _exchange(connection, request, status), connections))

    return run


def _exchange(connection: socket.socket, request: bytes, status: bytes) -> None:
    for _ in range(REQUESTS // CONNECTIONS):
        connection.sendall(request)
        head, _, rest = _until_blank_line(connection).partition(b"\r\n\r\n")
        if head.split(b" ", 2)[1] != status:
            raise RuntimeError(f"answered {head.splitlines()[0]!r}: {rest[:300]!r}")
        missing = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) - len(rest)
        while missing > 0:
            missing -= len(connection.recv(65536))


def _until_blank_line(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            raise RuntimeError("the server closed the connection")
        received += part
    return received
