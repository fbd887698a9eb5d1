"""Files that a centre keeps. They lie sealed and named by a keyed hash of their content; here stands whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from .schema import Moment, new_public_id, owned, public_id
from .vault import HANDLE_BYTES, Vault

SEAL_BYTES = 16

stored_file = owned(
    "stored_file",
    public_id(),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of organisation and content"),
    Column("made_of", LargeBinary(HANDLE_BYTES), nullable=True, index=True, comment="keyed hash of all that it was made of"),
    Column("path", String(120), nullable=False, comment="below the folder of stored files"),
    Column("seal", LargeBinary(SEAL_BYTES), nullable=True, comment="random; every piece of the file is bound to it"),
    Column("kind", String(30), nullable=False, comment="plan_pdf, archive, report …"),
    Column("size", BigInteger().with_variant(Integer, "sqlite"), nullable=False, comment="bytes of the content"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=True, index=True),
    UniqueConstraint("organisation_id", "handle"),
)

_columns = (
    stored_file.c.id, stored_file.c.public_id, stored_file.c.organisation_id, stored_file.c.path, stored_file.c.seal, stored_file.c.kind,
    stored_file.c.size, stored_file.c.created_at, stored_file.c.expires_at,
)  # fmt: skip
_ours = stored_file.c.organisation_id == bindparam("organisation")
_by_content = select(*_columns).where(_ours & stored_file.c.handle.in_(bindparam("handles", expanding=True)))
_by_making = select(*_columns).where(_ours & stored_file.c.made_of.in_(bindparam("handles", expanding=True))).limit(1)
_by_id = select(*_columns).where(_ours & (stored_file.c.id == bindparam("file")))
_by_public = select(*_columns).where(_ours & (stored_file.c.public_id == bindparam("public")))
_all = select(*_columns).where(_ours).order_by(stored_file.c.id)
_paths = select(stored_file.c.path)
_expired = select(*_columns).where(stored_file.c.expires_at <= bindparam("now"))
_again = (
    update(stored_file)
    .where(stored_file.c.id == bindparam("file"))
    .values(path=bindparam("to_path"), seal=bindparam("to_seal"), made_of=bindparam("of"), expires_at=bindparam("until"))
)
_remove = delete(stored_file).where(_ours & stored_file.c.id.in_(bindparam("files", expanding=True)))


@dataclass(frozen=True, slots=True)
class StoredFileRow:
    id: int
    public_id: str
    organisation: int
    path: str
    seal: bytes
    kind: str
    size: int
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewFile:
    """What lies on disk already, sealed and under its name."""

    digest: bytes
    """SHA-256 of the content."""
    path: str
    seal: bytes
    size: int


def content_name(organisation: int, digest: bytes) -> str:
    """What the handle of a content is made of."""
    return f"{organisation}\0file\0{digest.hex()}"


def add_file(
    db: Connection,
    vault: Vault,
    organisation: int,
    new: NewFile,
    kind: str,
    now: datetime,
    *,
    made_of: str = "",
    expires_at: datetime | None = None,
) -> int:
    """The row of a file; of the same content there is one, which is then kept as long as the new one.

    `made_of`: what names everything that went into it, for `find_made`.
    """
    handles = vault.handles(content_name(organisation, new.digest))
    of = vault.handle(made_of) if made_of else None
    there = db.execute(_by_content, {"organisation": organisation, "handles": handles}).first()
    if there:
        until = None if there.expires_at is None or expires_at is None else max(there.expires_at, expires_at)
        db.execute(_again, {"file": there.id, "to_path": new.path, "to_seal": new.seal, "of": of, "until": until})
        return int(there.id)
    row = {"organisation_id": organisation, "public_id": new_public_id(), "handle": handles[0], "made_of": of, "path": new.path}
    row |= {"seal": new.seal, "kind": kind, "size": new.size, "created_at": now, "expires_at": expires_at}
    return int(db.execute(insert(stored_file).returning(stored_file.c.id), row).scalar_one())


def find_made(db: Connection, vault: Vault, organisation: int, made_of: str) -> StoredFileRow | None:
    """The file that was made of the same."""
    row = db.execute(_by_making, {"organisation": organisation, "handles": vault.handles(made_of)}).first()
    return row and StoredFileRow(*row)


def get_file(db: Connection, organisation: int, file: int) -> StoredFileRow | None:
    row = db.execute(_by_id, {"organisation": organisation, "file": file}).first()
    return row and StoredFileRow(*row)


def find_file(db: Connection, organisation: int, public: str) -> StoredFileRow | None:
    row = db.execute(_by_public, {"organisation": organisation, "public": public}).first()
    return row and StoredFileRow(*row)


def list_files(db: Connection, organisation: int) -> list[StoredFileRow]:
    return [StoredFileRow(*row) for row in db.execute(_all, {"organisation": organisation})]


def all_paths(db: Connection) -> set[str]:
    """Of every organisation: what lies on disk and is not among them is nobody's."""
    return set(db.execute(_paths).scalars())


def expired_files(db: Connection, now: datetime) -> list[StoredFileRow]:
    return [StoredFileRow(*row) for row in db.execute(_expired, {"now": now})]


def remove_files(db: Connection, organisation: int, files: Iterable[int]) -> int:
    """Rows only; what they name on disk is removed by the sweep, or by who removes the rows once that is committed."""
    return db.execute(_remove, {"organisation": organisation, "files": tuple(files)}).rowcount
