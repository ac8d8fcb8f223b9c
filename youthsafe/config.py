"""Configuration: the only reader of the environment."""

import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SECRET_BYTES = 32
HIGHEST_VERSION = 255
_SECRET = re.compile(r"(?:([1-9]\d{0,2}):)?([0-9a-fA-F]{64})")
_BEGUN = re.compile(r"(?:[1-9]\d{0,2}(?::[0-9a-fA-F]{0,63})?)?")
_PUBLIC_URL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)
PACKAGED_CONTENT = Path(__file__).parent / "content"


class ConfigError(Exception):
    """The instance cannot start; the message says which setting to set, and to what."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an instance is told from outside.

    `server_secret` is 32 bytes that live outside the database and its backups: those of its newest version, with
    `older_secrets` beside it while a rotation is under way, and `secret_file` where they were read. `demo` instances
    carry fictional data and say so on every screen. `trusted_proxies` counts the reverse proxies whose forwarded
    headers are believed.
    `processes` is the number of gunicorn workers. `public_url` is where readers find this site, as printed on the
    poster: scheme and host, no slash at its end. `keep_closed` and `keep_unclaimed` are how many days a report is
    kept after it was closed, and one that nobody claims after it came; `ledger` is the file beside the backups that
    says what a restored one must not bring back, `backups` the folder for the daily copies. `after_break_in` is what
    browsers are told to throw away of this site: nothing, the `cache`, or `storage` as well. `drill_limit` is how many
    minutes of reading time a drill may lie unopened before the form closes itself.
    """

    database_url: str
    server_secret: bytes
    demo: bool = False
    content: Path = PACKAGED_CONTENT
    redis_url: str | None = None
    trusted_proxies: int = 0
    processes: int = 1
    public_url: str | None = None
    keep_closed: int = 90
    keep_unclaimed: int = 365
    ledger: Path | None = None
    backups: Path | None = None
    after_break_in: str = ""
    drill_limit: int = 240
    testing: bool = False
    secret_version: int = 1
    older_secrets: Mapping[int, bytes] = field(default_factory=dict)
    secret_file: Path | None = None

    def __post_init__(self) -> None:
        for secret in self.secrets.values():
            if len(secret) != SECRET_BYTES:
                raise ConfigError(_HOW_TO_SET_IT)
            if len(set(secret)) < 8:
                raise ConfigError(f"YOUTHSAFE_SECRET is too regular to be random. {_HOW_TO_SET_IT}")
        if not self.content.is_dir():
            raise ConfigError(f"YOUTHSAFE_CONTENT: there is no folder {self.content}; name a content pack's folder.")
        if self.public_url is not None and not _PUBLIC_URL.fullmatch(self.public_url):
            raise ConfigError(
                "YOUTHSAFE_PUBLIC_URL must be a scheme and a host, for example https://youthsafe.example.org"
            )
        if self.processes > 1 and self.database_url.startswith("sqlite"):
            raise ConfigError(
                "More than one process needs PostgreSQL, because on SQLite they only wait for each other: set "
                "YOUTHSAFE_PROCESSES=1, or YOUTHSAFE_DATABASE_URL to a PostgreSQL database."
            )
        if self.after_break_in not in {"", "cache", "storage"}:
            raise ConfigError("YOUTHSAFE_AFTER_BREAK_IN must be cache, later storage, and else be left out.")
        if self.processes > 1 and not self.redis_url:
            raise ConfigError(
                "More than one process needs a shared limit store: set REDIS_URL, or YOUTHSAFE_PROCESSES=1."
            )

    @property
    def secrets(self) -> dict[int, bytes]:
        """Every version of the server secret that is known, by its number."""
        return {**self.older_secrets, self.secret_version: self.server_secret}

    @property
    def secure_cookies(self) -> bool:
        """Whether the staff cookie is sent over TLS only: always, outside a demonstration."""
        return not (self.demo or self.testing)

    def cookie(self, name: str) -> str:
        """Return a cookie's full name: over TLS browsers keep one of ours only if it came over TLS."""
        return f"__Secure-{name}" if self.secure_cookies else name

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read and check every setting; raises ConfigError with the setting's name and the fix."""
        secret_file = _path(environ, "YOUTHSAFE_SECRET_FILE")
        older = parse_secrets(environ.get("YOUTHSAFE_SECRET", "")) if secret_file is None else read_secrets(secret_file)
        newest = max(older)
        return cls(
            database_url=_database(environ),
            server_secret=older.pop(newest),
            secret_version=newest,
            older_secrets=older,
            secret_file=secret_file,
            demo=_flag(environ, "YOUTHSAFE_DEMO"),
            content=content_folder(environ),
            redis_url=_redis(environ),
            trusted_proxies=_count(environ, "YOUTHSAFE_TRUSTED_PROXIES", 0),
            processes=_count(environ, "YOUTHSAFE_PROCESSES", 1, lowest=1),
            public_url=environ.get("YOUTHSAFE_PUBLIC_URL", "").strip().rstrip("/") or None,
            keep_closed=_days(environ, "YOUTHSAFE_KEEP_CLOSED_DAYS", 90),
            keep_unclaimed=_days(environ, "YOUTHSAFE_KEEP_UNCLAIMED_DAYS", 365),
            after_break_in=environ.get("YOUTHSAFE_AFTER_BREAK_IN", "").strip(),
            drill_limit=_whole(environ, "YOUTHSAFE_DRILL_LIMIT_MINUTES", 240, "minutes", range(30, 2_401)),
            ledger=_path(environ, "YOUTHSAFE_LEDGER"),
            backups=_path(environ, "YOUTHSAFE_BACKUPS"),
        )


_HOW_TO_SET_IT = (
    "Set YOUTHSAFE_SECRET to 64 hexadecimal digits (32 random bytes), or YOUTHSAFE_SECRET_FILE to a file that holds "
    "them: python3 -c 'import secrets; print(secrets.token_hex(32))'. Keep it outside the database and its backups."
)


def read_secrets(file: Path) -> dict[int, bytes]:
    """Read the versions of the server secret from its file; raises ConfigError."""
    try:
        return parse_secrets(file.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"YOUTHSAFE_SECRET_FILE cannot be read ({type(error).__name__}). {_HOW_TO_SET_IT}") from None


def parse_secrets(text: str) -> dict[int, bytes]:
    """Return each version of the server secret: `<64 digits>`, which is version 1, or `<version>:<64 digits>`.

    Words that begin with # are versions that were blanked out. A last word that a power cut left half written was
    never used, so it is left out. Raises ConfigError for anything else.
    """
    found: dict[int, bytes] = {}
    words = [each for each in text.split() if not each.startswith("#")]
    for place, word in enumerate(words, 1):
        parts = _SECRET.fullmatch(word.rstrip("\0"))
        version = int(parts[1] or 1) if parts else 0
        if parts is None and place == len(words) and found and _BEGUN.fullmatch(word.rstrip("\0")):
            continue
        if parts is None or version > HIGHEST_VERSION or version in found:
            raise ConfigError(_HOW_TO_SET_IT)
        found[version] = binascii.unhexlify(parts[2])
    if not found:
        raise ConfigError(_HOW_TO_SET_IT)
    return found


def content_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the content pack's folder: YOUTHSAFE_CONTENT, or the pack inside."""
    return Path(environ.get("YOUTHSAFE_CONTENT") or PACKAGED_CONTENT)


def settings() -> Config:
    """Return the running application's configuration."""
    config: Config = current_app.config["YOUTHSAFE"]
    return config


def _database(environ: Mapping[str, str]) -> str:
    """Read the database's address, which may hold a password, so that no refusal repeats it."""
    name, example = "YOUTHSAFE_DATABASE_URL", "sqlite:////srv/youthsafe/youthsafe.db"
    value = environ.get(name, "").strip()
    if not value:
        raise ConfigError(f"{name} is not set. Set it, for example: {name}={example}")
    try:
        url = make_url(value)
        kind, _ = url.get_backend_name(), url.get_dialect().import_dbapi()
    except (ArgumentError, ValueError):
        kind = ""
    except ImportError:
        raise ConfigError(f"{name}: the driver of this database is not installed: youthsafe[postgres].") from None
    if kind == "postgresql" or (kind == "sqlite" and url.database not in {None, "", ":memory:"} and not url.query):
        return value
    raise ConfigError(f"{name} must be {example}, with the path of a file, or postgresql+psycopg://…")


def _redis(environ: Mapping[str, str]) -> str | None:
    value = environ.get("REDIS_URL", "").strip()
    try:
        parts = urlsplit(value)
        is_one = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if value and not is_one:
        raise ConfigError("REDIS_URL must be an address such as redis://127.0.0.1:6379/0, or be left out.")
    return value or None


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name, "").strip()
    return Path(value) if value else None


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "0").strip()
    if value not in {"", "0", "1"}:
        raise ConfigError(f"{name} must be 0 or 1.")
    return value == "1"


def _count(environ: Mapping[str, str], name: str, default: int, *, lowest: int = 0) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= 64:
        raise ConfigError(f"{name} must be a whole number from {lowest} to 64.")
    return int(value)


def _days(environ: Mapping[str, str], name: str, default: int) -> int:
    return _whole(environ, name, default, "days", range(1, 36_501))


def _whole(environ: Mapping[str, str], name: str, default: int, of: str, allowed: range) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or int(value) not in allowed:
        raise ConfigError(f"{name} must be a whole number of {of} from {allowed[0]} to {allowed[-1]}.")
    return int(value)
