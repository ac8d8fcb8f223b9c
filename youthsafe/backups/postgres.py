"""Backing up and restoring a PostgreSQL database with its own tools."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from youthsafe.backups.dated_copies import BackupError
from youthsafe.config import Config
from youthsafe.database.secret_versions import SecretVersions

SUFFIX = ".dump"
_FUNCTIONS = r"SELECT proname FROM pg_proc WHERE proname LIKE '%\_append\_only' AND pg_function_is_visible(oid)"
_CHECK = re.compile(r"^(\d+)\t\\\\x([0-9a-f]{64})$", re.MULTILINE)


def write(url: str, copy: Path) -> None:
    """Dump the database as it is at one moment, and read the dump to its end; raises BackupError."""
    # Sealed bytes do not compress: trying costs minutes and saves nothing.
    _run(url, "pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--file={copy}")
    _require_whole(copy)


def put_back(backup: Path, config: Config) -> None:
    """Replace every table by the backup's, all or nothing; raises BackupError, ConfigError for another instance's."""
    url = config.database_url
    _require_whole(backup)
    stored = _run(None, "pg_restore", "--data-only", "--table=secret_check", "--file=-", str(backup))
    SecretVersions(config).check((int(version), bytes.fromhex(value)) for version, value in _CHECK.findall(stored))
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    script = _run(None, "pg_restore", "--no-owner", "--no-privileges", "--file=-", str(backup))
    dropped = "".join(f"DROP {each} CASCADE;\n" for each in _what_is_there(engine))
    _run(url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", told=dropped + script)


def _what_is_there(engine: Engine) -> list[str]:
    """Return every table, and every function of the triggers that keep what is append-only."""
    quote = engine.dialect.identifier_preparer.quote
    with engine.connect() as connection:
        functions = connection.scalars(text(_FUNCTIONS)).all()
    tables = inspect(engine).get_table_names()
    return [*(f"TABLE {quote(each)}" for each in tables), *(f"FUNCTION {quote(each)}" for each in functions)]


def _require_whole(path: Path) -> None:
    said = _run(None, "pg_restore", "--list", str(path))
    if " TABLE DATA " not in said or " report " not in said:
        raise BackupError(f"{path} is not a backup of YouthSafe. Nothing was changed.")
    _run(None, "pg_restore", "--file=/dev/null", str(path))


def _run(url: str | None, tool: str, *arguments: str, told: str | None = None) -> str:
    """Run one of PostgreSQL's tools; its password goes by the environment, which other users do not see."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(
            f"{tool} is not installed: install postgresql-client of the server's version or newer. Nothing was changed."
        )
    environment, command = {"PATH": os.defpath, "LC_ALL": "C"}, [program, *arguments]
    if url is not None:
        parsed = make_url(url)
        command.append(f"--dbname={_without_password(parsed)}")
        if parsed.password:
            environment["PGPASSWORD"] = str(parsed.password)
    done = subprocess.run(command, check=False, env=environment, input=told, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{tool} could not do it: {_first_line(done.stderr)}. Nothing was changed.")
    return done.stdout


def _without_password(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _first_line(said: str) -> str:
    return next((line.strip().rstrip(".") for line in said.splitlines() if line.strip()), "it did not say why")
