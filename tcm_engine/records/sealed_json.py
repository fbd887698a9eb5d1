"""Objects as sealed JSON columns, bound to table and row."""

from __future__ import annotations

from typing import Any

import msgspec

from .schema import place
from .vault import Sealed, Vault


def seal_json(vault: Vault, table: str, public: str, content: Any, column: str = "content") -> Sealed:
    """`content` as JSON, sealed for the row of `table` whose public id (or other lasting name) is `public`."""
    return vault.seal(msgspec.json.encode(content), place(table, public, column))


def open_json(vault: Vault, table: str, public: str, sealed: bytes, column: str = "content") -> Any:
    """What `seal_json` sealed for this place. Raises CannotOpen."""
    return msgspec.json.decode(vault.open(sealed, place(table, public, column)))
