"""Files stay small, speak of the product alone, and work wherever they are cloned to."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]
LOCKED = {"requirements.txt", "requirements-dev.txt", "package-lock.json", "LICENSE"}

# Written in pieces, so that this file does not contain what it forbids.
PLACES = re.compile(
    "|".join([r"(?<!\w)/wo" + "rk/", r"(?<!\w)/ho" + r"me/\w", "/ro" + "ot/", "/opt/" + "(?:pypi|wheels)", r"[A-Z]:\\Use" + "rs"])
)
REGISTRIES = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "pythonhosted" + r"\.org",
            "registry" + r"\.npmjs",
            "artifact" + "registry",
            "--(?:extra-)?index" + "-url +http",
        ]
    )
)
MAKING_OF = re.compile(
    "|".join(
        [
            r"\bTO" + r"DO\b",
            r"\bFIX" + r"ME\b",
            r"\bAI" + r"[- ](?:generated|written|assistant)",
            r"\b(?:cl" + r"aude|chat" + r"gpt|cop" + r"ilot)\b",
            r"\bthe br" + r"ief\b",
        ]
    ),
    re.IGNORECASE,
)
DISHONEST = re.compile(
    "|".join(
        [r"pytest\.mark\.sk" + r"ip\b", r"pytest\.sk" + r"ip\(", r"\bxf" + r"ail\b", r"assert Tr" + r"ue\b", r"NotImplemented" + r"Error"]
    )
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def ours() -> list[Path]:
    return [file for file in tracked() if file.name not in LOCKED]


def test_no_python_file_is_long() -> None:
    assert rules.long_files(ROOT, [file for file in tracked() if file.suffix == ".py"]) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n" * (rules.LONGEST_FILE + 1))
    (tmp_path / "b.py").write_text("x = 1\n" * rules.LONGEST_FILE)
    assert rules.long_files(tmp_path, [tmp_path / "a.py", tmp_path / "b.py"]) == [f"a.py has {rules.LONGEST_FILE + 1} lines"]


@pytest.mark.parametrize("pattern", [PLACES, REGISTRIES, MAKING_OF], ids=["places", "registries", "making-of"])
def test_files_speak_of_the_product_alone(pattern: re.Pattern[str]) -> None:
    assert rules.words_found(ROOT, ours(), pattern) == []


def test_no_test_is_switched_off_and_nothing_is_left_unwritten() -> None:
    assert rules.words_found(ROOT, [file for file in ours() if file.suffix == ".py"], DISHONEST) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (PLACES, "see /ho" + "me/someone/x"),
        (REGISTRIES, "https://pypi" + ".org/simple"),
        (MAKING_OF, "# TO" + "DO later"),
        (DISHONEST, "@pytest.mark.sk" + "ip"),
    ],
)
def test_such_words_are_found(tmp_path: Path, pattern: re.Pattern[str], text: str) -> None:
    (tmp_path / "a.py").write_text(f"fine\n{text}\n")
    assert [found.split()[0] for found in rules.words_found(tmp_path, [tmp_path / "a.py"], pattern)] == ["a.py:2"]


def test_locks_name_no_registry() -> None:
    assert rules.words_found(ROOT, [ROOT / name for name in LOCKED if name != "LICENSE"], REGISTRIES) == []


def test_every_locked_package_has_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = re.findall(r"^([a-z0-9][^\n]*(?:\n    [^\n]*)*)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert len(pinned) > 40
        assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_both_locks_agree() -> None:
    run, dev = (
        dict(re.findall(r"^([a-z0-9_.\-\[\]]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}
