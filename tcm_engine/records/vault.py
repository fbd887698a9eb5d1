"""Sealing what is known of a person, and turning capability tokens into handles. One secret, two derived keys.

A sealed value is bound to the place it belongs to (table, column and row): moved to another row it no longer opens.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 24
"""192 random bits: a token is all that protects a self-test."""
HANDLE_BYTES = 32
_KEY_ID_BYTES, _NONCE_BYTES = 4, 12


class CannotOpen(ValueError):
    """A sealed value that no key opens here: another secret, a changed byte, or a value moved to another place."""


class Sealed(bytes):
    """Encrypted bytes, made by `Vault.seal` alone; the only thing an encrypted column takes."""

    __slots__ = ()


def new_token() -> str:
    """An unguessable identifier, URL-safe."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Vault:
    """Keys of one installation. The first secret seals; every secret opens, so that a secret can be replaced."""

    def __init__(self, secrets_: Iterable[str]):
        keys = [_Keys(secret) for secret in secrets_]
        if not keys:
            raise ValueError("a vault needs a secret")
        self._current = keys[0]
        self._by_id = {key.key_id: key for key in keys}

    def seal(self, content: bytes, place: bytes) -> Sealed:
        """`content` encrypted for `place` (table, column, row handle): AES-256-GCM, key id and nonce in front."""
        nonce = os.urandom(_NONCE_BYTES)
        return Sealed(self._current.key_id + nonce + self._current.cipher.encrypt(nonce, content, place))

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """What was sealed for `place`. Raises CannotOpen."""
        keys = self._by_id.get(sealed[:_KEY_ID_BYTES])
        if keys is None:
            raise CannotOpen("sealed with a key that is not among the secrets")
        nonce, rest = sealed[_KEY_ID_BYTES : _KEY_ID_BYTES + _NONCE_BYTES], sealed[_KEY_ID_BYTES + _NONCE_BYTES :]
        try:
            return keys.cipher.decrypt(nonce, rest, place)
        except InvalidTag:
            raise CannotOpen("changed, or moved from where it belongs") from None

    def handle(self, token: str) -> bytes:
        """What is stored instead of a token: its HMAC-SHA-256, so that the database alone opens no record."""
        return hmac.digest(self._current.handle_key, token.encode(), "sha256")

    def handles(self, token: str) -> tuple[bytes, ...]:
        """The handles of a token under every secret, the current one first."""
        return tuple(hmac.digest(keys.handle_key, token.encode(), "sha256") for keys in self._by_id.values())

    def stamp(self, content: bytes) -> bytes:
        """A keyed hash that says who wrote `content`: the key's id, then HMAC-SHA-256."""
        return self._current.key_id + hmac.digest(self._current.handle_key, b"stamp:" + content, "sha256")

    def stamped(self, content: bytes, stamp: bytes) -> bool | None:
        """Whether `stamp` is ours for `content`; None where the key that made it is not among the secrets."""
        keys = self._by_id.get(stamp[:_KEY_ID_BYTES])
        if keys is None:
            return None
        return hmac.compare_digest(stamp[_KEY_ID_BYTES:], hmac.digest(keys.handle_key, b"stamp:" + content, "sha256"))

    @property
    def key_id(self) -> bytes:
        """Of the key that seals: what stands in front of everything sealed or stamped with it."""
        return self._current.key_id

    @property
    def key_ids(self) -> tuple[bytes, ...]:
        """Of every key that opens, the current one first."""
        return tuple(self._by_id)

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first secret sealed this."""
        return sealed[:_KEY_ID_BYTES] == self._current.key_id


class _Keys:
    """What one secret derives to."""

    __slots__ = ("cipher", "handle_key", "key_id")

    def __init__(self, secret: str):
        material = HKDF(SHA256(), 64, salt=None, info=b"tcm-engine records 1").derive(secret.encode())
        self.cipher, self.handle_key = AESGCM(material[:32]), material[32:]
        self.key_id = hashlib.sha256(b"key id" + material).digest()[:_KEY_ID_BYTES]
