"""Settings: read once, typed, and failing loudly. Sources, strongest first: environment, `DATA_DIR/settings.env`."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says what was expected."""


@dataclass(frozen=True)
class Settings:
    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    content_paths: tuple[Path, ...] = (PROJECT / "content",)
    demo: bool | None = None
    """True or False when said on purpose; None: a demo is made only where the database is empty and the host is loopback."""

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path:
        return Path(self.database_url.removeprefix("sqlite:///"))


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read all settings; raises SettingsError naming the faulty one."""
    given = dict(os.environ if environment is None else environment)
    data_dir = Path(given.get("DATA_DIR") or PROJECT / "var").resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    values = {**_read_file(data_dir / "settings.env"), **given}
    host = values.get("HOST") or "127.0.0.1"
    port = _integer(values, "PORT", 8000, 1, 65535)
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(values.get("DATABASE_URL"), data_dir),
        secret_key=values.get("SECRET_KEY") or _kept_secret(data_dir / "secret_key"),
        host=host,
        port=port,
        base_url=_base_url(values.get("BASE_URL"), host, port),
        trusted_proxies=_integer(values, "TRUSTED_PROXIES", 0, 0, 5),
        content_paths=_content_paths(values.get("CONTENT_PATHS")),
        demo=_yes_no(values, "DEMO"),
    )


def _read_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingsError(f"{path.name}:{number}: expected NAME=value, found {line!r}")
        values[name.strip()] = value.strip().strip('"')
    return values


def _database_url(url: str | None, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'namcanh.db'}"
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            return "postgresql+psycopg://" + url.removeprefix(old)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise SettingsError("DATABASE_URL: expected sqlite:///… or postgresql://…")


def _kept_secret(path: Path) -> str:
    """The installation's secret, made once; mode 600, because whoever reads it can sign in as anybody."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def _base_url(url: str | None, host: str, port: int) -> str:
    if not url:
        return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 compared, not bound
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise SettingsError("BASE_URL: expected http(s)://host without a path")
    return url.rstrip("/")


def _content_paths(value: str | None) -> tuple[Path, ...]:
    extra = [Path(part).resolve() for part in (value or "").split(os.pathsep) if part]
    for path in extra:
        if not path.is_dir():
            raise SettingsError(f"CONTENT_PATHS: no such folder: {path}")
    home = PROJECT / "content"
    return (home, *(path for path in extra if path != home))


def _integer(values: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = values.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingsError(f"{name}: expected a whole number from {least} to {most}, found {text!r}")
    return int(text)


def _yes_no(values: Mapping[str, str], name: str) -> bool | None:
    text = (values.get(name) or "").strip().lower()
    known = {"": None, "1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text not in known:
        raise SettingsError(f"{name}: expected 1 or 0, found {text!r}")
    return known[text]
