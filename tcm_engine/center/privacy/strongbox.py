"""A file that only the holder of a key reads: AES-256-GCM over pieces of a mebibyte, each bound to its place and to whether it is the last.

    TCMBACKUP1\\n   kind (1 byte)   salt (16 bytes)   pieces

The key comes from a passphrase by scrypt (RFC 7914; n = 2^16, r = 8, p = 1), or from an installation's secret key by HKDF (RFC 5869).
Nothing can be changed, exchanged, put elsewhere or cut off unnoticed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"TCMBACKUP1\n"
PIECE = 2**20
"""Bytes of content in a piece."""
SHORTEST_PASSPHRASE = 16
"""Characters."""
_SALT, _TAG = 16, 16
_PASSPHRASE, _SECRET = b"p", b"s"


class CannotRead(ValueError):
    """No backup of ours, made with another key, changed, or cut off. The message says which."""


class Locks:
    """What closes and opens a strongbox: a passphrase, or else secret keys of the installation, the current one first."""

    def __init__(self, secrets: Iterable[str], passphrase: str = ""):
        self._secrets, self._passphrase = tuple(secrets), passphrase

    def closing(self, salt: bytes) -> tuple[bytes, bytes]:
        """(kind, key) for a new file."""
        if self._passphrase:
            return _PASSPHRASE, _of_passphrase(self._passphrase, salt)
        return _SECRET, _of_secret(self._secrets[0], salt)

    def opening(self, kind: bytes, salt: bytes) -> list[bytes]:
        """Keys that may open a file. Raises CannotRead where a passphrase is needed and none was given."""
        if kind == _SECRET:
            return [_of_secret(secret, salt) for secret in self._secrets]
        if not self._passphrase:
            raise CannotRead("this backup was made with a passphrase; give it: --passphrase-file FILE")
        return [_of_passphrase(self._passphrase, salt)]


class Writer:
    """Bytes in, pieces out; complete only after `close`."""

    def __init__(self, file: BinaryIO, locks: Locks):
        salt = os.urandom(_SALT)
        kind, key = locks.closing(salt)
        self._file, self._cipher, self._head = file, AESGCM(key), MAGIC + kind + salt
        self._waiting, self._number = bytearray(), 0
        file.write(self._head)

    def write(self, content: bytes) -> int:
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, content: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), content, self._head))
        self._number += 1


class Reader:
    """Pieces in, bytes out. Raises CannotRead at the first piece that is not as it was written, and where the end is missing."""

    def __init__(self, file: BinaryIO, locks: Locks):
        self._file = file
        self._head = file.read(len(MAGIC) + 1 + _SALT)
        if not self._head.startswith(MAGIC) or len(self._head) != len(MAGIC) + 1 + _SALT:
            raise CannotRead("this is not a backup of this program")
        self._number, self._buffer, self._ended = 0, bytearray(), False
        self._next = file.read(PIECE + _TAG)
        kind, salt = self._head[len(MAGIC) : len(MAGIC) + 1], self._head[len(MAGIC) + 1 :]
        self._cipher = self._fitting([AESGCM(key) for key in locks.opening(kind, salt)])

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._buffer) < size):
            self._fill()
        found = bytes(self._buffer if size < 0 else self._buffer[:size])
        del self._buffer[: len(found)]
        return found

    def _fill(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + _TAG)
        last = not self._next
        try:
            self._buffer += self._cipher.decrypt(_nonce(self._number, last), piece, self._head)
        except InvalidTag:
            raise CannotRead("the backup was changed or is cut off; take another copy of it") from None
        self._number, self._ended = self._number + 1, last

    def _fitting(self, ciphers: list[AESGCM]) -> AESGCM:
        for cipher in ciphers:
            for last in (True, False):
                try:
                    cipher.decrypt(_nonce(0, last), self._next, self._head)
                except InvalidTag:
                    continue
                return cipher
        raise CannotRead("the backup does not open: another passphrase or secret key made it, or its beginning was changed")


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"1" if last else b"0")


def _of_passphrase(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(passphrase.encode())


def _of_secret(secret: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=b"tcm-engine backup 1").derive(secret.encode())
