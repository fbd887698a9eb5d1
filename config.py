"""The settings table: name, type, default, help. Nothing else in the product reads the environment.

Each field is set by an environment variable of the same name in capitals, with `TCM_` before it (`TCM_PORT`).
`load()` is what `app.py` and `cli.py` call; everything below them is given values, never variables.
"""

from __future__ import annotations

import os
import secrets
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TCM_"
HOME = Path(__file__).resolve().parent
_SECRET_BYTES = 32


class SettingsError(ValueError):
    """Settings that the process cannot start with; the message names each variable and never its value."""


class Settings(BaseSettings):
    """Frozen values of one process."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    environment: Literal["development", "production"] = Field(
        "development", description="`production` demands a secret key that was given and cookies over HTTPS only."
    )
    var_dir: Path = Field(HOME / "var", description="Folder for the database, files and samples.")
    database_url: str = Field("", description="SQLAlchemy address of the database; empty: SQLite in the folder of `var_dir`.")
    secret_key: SecretStr | None = Field(None, description="Key that signs sessions and private links; at least 32 characters.")
    secret_key_file: Path | None = Field(None, description="File that holds the secret key, instead of the variable.")

    old_secret_key: SecretStr | None = Field(None, description="The secret key before this one; what it sealed can still be opened.")

    host: str = Field("127.0.0.1", description="Address that the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that the server listens on.")
    threads: int = Field(4, ge=1, le=64, description="Threads that answer requests.")
    public_url: str = Field("", description="Address under which people reach the service, for links and QR codes; empty: as requested.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Reverse proxies in front whose X-Forwarded headers are believed.")
    max_upload_mb: int = Field(2, ge=1, le=1024, description="Largest request body, in MiB.")
    rate_limit: str = Field("240/minute", description="Requests that one address or token may send.")
    rate_limit_create: str = Field("30/minute", description="Assessments, plans and documents that one address or token may have made.")

    default_lang: Literal["zh-Hans", "zh-Hant", "en"] = Field("zh-Hans", description="Language where a client asks for none of ours.")
    self_test_ttl_minutes: int = Field(
        120, ge=5, le=60 * 24 * 365, description="Minutes after which a self-test without a private link is deleted."
    )
    private_link_ttl_days: int = Field(
        30, ge=1, le=365, description="Days that a self-test is kept when its owner asks for a private link."
    )

    centre_name: str = Field("", max_length=80, description="Name of the centre, on pages and plans.")
    centre_logo: Path | None = Field(None, description="SVG or PNG file of the centre's logo.")
    centre_contacts: str = Field("", max_length=200, description="Telephone, address or hours of the centre, one line.")
    practitioner_name: str = Field("", max_length=80, description="Practitioner named on plans that nobody else has signed.")

    dask_scheduler: str = Field("", description="Address of a Dask scheduler for long work; empty: this machine.")
    work_in_serve: bool = Field(True, description="Whether `tcm serve` begins a work process of its own; else run `tcm work`.")
    work_processes: int = Field(0, ge=0, le=64, description="Processes of this machine that make plans; 0: one a processor, at most 8.")
    work_lease_seconds: float = Field(15, ge=1, le=600, description="Seconds without a sign of life after which another takes over.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least severity that is logged.")

    @model_validator(mode="after")
    def _one_secret(self) -> Self:
        if self.secret_key and self.secret_key_file:
            raise ValueError(f"give {PREFIX}SECRET_KEY or {PREFIX}SECRET_KEY_FILE, not both")
        if self.environment == "production" and not (self.secret_key or self.secret_key_file):
            raise ValueError(f"production needs {PREFIX}SECRET_KEY or {PREFIX}SECRET_KEY_FILE")
        return self

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.var_dir.resolve() / 'tcm.sqlite3'}"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    def secret(self) -> str:
        """The secret key. In development it is made once and kept in `var_dir`, readable by its owner alone."""
        if self.secret_key:
            key = self.secret_key.get_secret_value()
        elif self.secret_key_file:
            key = _read_secret(self.secret_key_file)
        else:
            key = _own_secret(self.var_dir / "secret_key")
        if len(key) < _SECRET_BYTES:
            raise SettingsError(f"the secret key has fewer than {_SECRET_BYTES} characters; make one: openssl rand -hex 32")
        return key

    def secrets(self) -> tuple[str, ...]:
        """The secret key, then the one before it, if any."""
        return (self.secret(), *([self.old_secret_key.get_secret_value()] if self.old_secret_key else []))


def load() -> Settings:
    """The settings of this process, from its environment.

    Raises:
        SettingsError: all variables that are unknown or whose value does not fit, in one message.
    """
    problems = [_unknown(name) for name in sorted(os.environ) if name.startswith(PREFIX) and not _is_setting(name)]
    try:
        settings = Settings()
    except ValidationError as error:
        problems += [_describe(entry["loc"], entry["msg"]) for entry in error.errors(include_input=False, include_url=False)]
    if problems:
        raise SettingsError("settings cannot be used:\n  " + "\n  ".join(problems))
    return settings


def variable(field: str) -> str:
    """Name of the environment variable of a field."""
    return PREFIX + field.upper()


def _is_setting(name: str) -> bool:
    return name.removeprefix(PREFIX).lower() in Settings.model_fields


def _unknown(name: str) -> str:
    near = get_close_matches(name, [variable(field) for field in Settings.model_fields], n=1, cutoff=0.0)
    return f"{name} is not a setting; the nearest is {near[0]}"


def _describe(place: tuple[int | str, ...], message: str) -> str:
    return f"{variable(str(place[0]))}: {message}" if place else message.removeprefix("Value error, ")


def _read_secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{PREFIX}SECRET_KEY_FILE cannot be read: {error.strerror}") from None


def _own_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(file)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(secrets.token_hex(_SECRET_BYTES))
    return _read_secret(file)
