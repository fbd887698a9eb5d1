"""File names from ids: hostile, alike, long, of any script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.batch.file_names import FileNames, safe_stem

HOSTILE = (
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    ".",
    "a/b",
    "a\\b",
    "C:\\x",
    "con",
    "NUL.txt",
    "COM1",
    "-rf",
    ".hidden",
    "a\nb",
    "a\x00b",
    "=1+1",
    "a:b",
    "a*?",
    "\u202eevil",
    "x" * 500,
    "长" * 300,
    "dot.",
    "sp ace ",
    "",
    "~",
    "e\u0301",
    "{x}",
)


@pytest.mark.parametrize("plain", ["p001", "P-7_b.2", "张三", "客户-018", "Łukasz", "1"])
def test_an_id_that_is_a_file_name_stays_as_it_is(plain):
    assert FileNames([plain]).of(plain) == f"{plain}.pdf"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_ids_become_harmless_names(hostile, tmp_path):
    name = FileNames([hostile]).of(hostile)
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()
    assert "~" in name
    assert len(name.encode()) <= 143
    (tmp_path / name).write_bytes(b"x")
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("one", "other"), [("a/b", "a:b"), ("A1", "a1"), ("x" * 200, "x" * 201), ("e\u0301", "\u00e9"), ("Ａ", "a"), ("a b", "a_b")]
)
def test_ids_that_look_alike_get_names_of_their_own_whatever_their_order(one, other):
    names = FileNames([one, other])
    first, second = names.of(one), names.of(other)
    assert unicodedata.normalize("NFKC", first).casefold() != unicodedata.normalize("NFKC", second).casefold()
    assert [FileNames([other, one]).of(i) for i in (one, other)] == [first, second]


@given(st.sets(st.text(max_size=100), max_size=20))
def test_no_two_ids_ever_share_a_name(ids):
    names = FileNames(ids)
    given_names = [unicodedata.normalize("NFKC", names.of(i)).casefold() for i in ids]
    assert len(set(given_names)) == len(ids)
    for name in given_names:
        assert not set(name) & set('/\\:*?"<>|\0\n\r')
        assert name[0] not in ".-"


@given(st.text(max_size=200))
def test_a_safe_name_is_its_own_safe_name(text):
    assert safe_stem(safe_stem(text)) == safe_stem(text)
