"""Settings: strict, all problems at once, no value ever shown, no default secret in production."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

import config

LONG = "k" * 40


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [config.variable(field) for field in config.Settings.model_fields]:
        monkeypatch.delenv(name, raising=False)


def test_defaults_are_enough() -> None:
    settings = config.load()
    assert (settings.host, settings.port, settings.default_lang, settings.production) == ("127.0.0.1", 8000, "zh-Hans", False)
    assert settings.database == f"sqlite:///{config.HOME / 'var' / 'tcm.sqlite3'}"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCM_PORT", "")
    assert config.load().port == 8000


def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCM_DATABASE_ULR", "x")
    with pytest.raises(config.SettingsError, match="TCM_DATABASE_ULR is not a setting; the nearest is TCM_DATABASE_URL"):
        config.load()


def test_all_problems_are_named_at_once_and_no_value_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCM_PORT", "harbour-7")
    monkeypatch.setenv("TCM_DEFAULT_LANG", "klingon-7")
    monkeypatch.setenv("TCM_COLOUR", "purple-7")
    with pytest.raises(config.SettingsError) as caught:
        config.load()
    message = str(caught.value)
    assert all(name in message for name in ("TCM_PORT: ", "TCM_DEFAULT_LANG: ", "TCM_COLOUR is not"))
    assert "-7" not in message


def test_production_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCM_ENVIRONMENT", "production")
    with pytest.raises(config.SettingsError, match="production needs TCM_SECRET_KEY or TCM_SECRET_KEY_FILE"):
        config.load()


def test_a_secret_comes_from_a_variable_or_a_file_but_not_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(LONG + "\n")
    monkeypatch.setenv("TCM_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert config.load().secret() == LONG
    monkeypatch.setenv("TCM_SECRET_KEY", LONG)
    with pytest.raises(config.SettingsError, match="not both"):
        config.load()


def test_a_short_secret_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TCM_SECRET_KEY", "short-7")
    with pytest.raises(config.SettingsError, match="fewer than 32 characters") as caught:
        config.load().secret()
    assert "short-7" not in str(caught.value)


def test_a_missing_secret_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(config.SettingsError, match="TCM_SECRET_KEY_FILE cannot be read"):
        config.Settings(secret_key_file=tmp_path / "none").secret()


def test_in_development_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = config.Settings(var_dir=tmp_path / "var")
    first = settings.secret()
    assert (first, len(first)) == (settings.secret(), 64)
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_the_secret_is_not_in_the_settings_words() -> None:
    assert LONG not in repr(config.Settings(secret_key=LONG))  # type: ignore[arg-type]
