"""What an operation of the interface is: its address, what it takes and gives. Routes are registered and described from these alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tcm_engine.center import Right

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view returns: an object to encode, or bytes as they are."""

    body: Any
    status: int = 200
    location: str = ""
    """Path of the record that was made."""
    mimetype: str = "application/json"
    tagged: bool = False
    """Whether it carries an ETag and may be asked for with If-None-Match."""


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    """Below PREFIX, in OpenAPI's words: `/plans/{id}`."""
    summary: str
    view: Callable[..., Answer]
    answer: type | None
    """Class of the answer; None for a PDF."""
    takes: str = ""
    """Name of the request body's schema."""
    status: int = 200
    query: tuple[str, ...] = ()
    """Names of parameters: `lang`, `q`, `limit`."""
    refusals: tuple[int, ...] = ()
    tagged: bool = False
    right: Right | None = None
    """What a caller needs: then a token may be sent. None: open to all, and a token is not looked at."""
    links: tuple[tuple[str, str], ...] = field(default=())
    """(name of the operation that goes on with the answer's id, where the id goes: `id` or `$.assessment_id`)."""

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def rule(self) -> str:
        """The same in Flask's words."""
        return PREFIX + self.path.replace("{id}", "<id_>")


OPERATIONS: list[Operation] = []


def operation(
    method: str, path: str, summary: str, answer: type | None, **more: Any
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a view."""

    def register(view: Callable[..., Answer]) -> Callable[..., Answer]:
        OPERATIONS.append(Operation(method, path, summary, view, answer, **more))
        return view

    return register
