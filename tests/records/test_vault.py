"""Sealed values open where they belong, under a secret that is known, and nowhere else."""

from __future__ import annotations

import pytest

from tcm_engine.records import CannotOpen, Vault, new_token
from tcm_engine.records.schema import SealedBytes

OLD, NEW = "o" * 40, "n" * 40
PLACE = b"assessment.person:1"


def test_what_is_sealed_opens_again() -> None:
    vault = Vault([OLD])
    sealed = vault.seal("何首乌".encode(), PLACE)
    assert "何首乌".encode() not in sealed
    assert vault.open(sealed, PLACE) == "何首乌".encode()


def test_the_same_content_is_sealed_differently_each_time() -> None:
    vault = Vault([OLD])
    assert vault.seal(b"same", PLACE) != vault.seal(b"same", PLACE)


@pytest.mark.parametrize("place", [b"assessment.person:2", b"assessment.result:1", b""])
def test_a_value_moved_elsewhere_does_not_open(place: bytes) -> None:
    vault = Vault([OLD])
    with pytest.raises(CannotOpen, match="moved"):
        vault.open(vault.seal(b"x", PLACE), place)


def test_one_changed_bit_is_noticed_anywhere() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(b"abc", PLACE)
    for byte in range(len(sealed)):
        changed = bytearray(sealed)
        changed[byte] ^= 1
        with pytest.raises(CannotOpen):
            vault.open(bytes(changed), PLACE)


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(CannotOpen, match="key"):
        Vault([NEW]).open(Vault([OLD]).seal(b"x", PLACE), PLACE)


def test_a_replaced_secret_still_opens_and_the_new_one_seals() -> None:
    both = Vault([NEW, OLD])
    assert both.open(Vault([OLD]).seal(b"x", PLACE), PLACE) == b"x"
    assert Vault([NEW]).open(both.seal(b"y", PLACE), PLACE) == b"y"
    assert both.handles("token") == (Vault([NEW]).handle("token"), Vault([OLD]).handle("token"))


def test_a_vault_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        Vault([])


def test_tokens_have_192_bits_and_never_repeat() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {32}


def test_an_encrypted_column_takes_nothing_that_is_not_sealed() -> None:
    with pytest.raises(TypeError, match=r"Vault\.seal"):
        SealedBytes().process_bind_param(b"plain", None)
