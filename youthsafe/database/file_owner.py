"""Root working on another user's files would leave files there that their user cannot write to."""

import os
import pwd
from pathlib import Path

from sqlalchemy.engine import make_url

from youthsafe.config import Config, ConfigError


def refuse_root(path: Path) -> None:
    """Raise ConfigError where root is about to write a file, or into a folder, that belongs to somebody else."""
    found = path if path.exists() else path.parent
    if os.geteuid() != 0 or not found.exists() or found.stat().st_uid == 0:
        return
    uid = found.stat().st_uid
    try:
        owner = pwd.getpwuid(uid).pw_name
    except KeyError:
        owner = str(uid)
    raise ConfigError(
        f"{found} belongs to {owner}, so run this as {owner} and not as root, whose files {owner} could not write to "
        "later. docs/operate.md has a command that does."
    )


def refuse_root_on_the_file(config: Config) -> None:
    """Raise ConfigError where root would work on a SQLite file of another user's."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        refuse_root(Path(url.database))
