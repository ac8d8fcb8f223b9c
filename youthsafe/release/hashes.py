"""A release's published hashes: the file `SHA256SUMS` that the build writes beside the bundles."""

import re
from pathlib import Path

_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")
WORKER = re.compile(r"sw-\w+\.js")


class HashesError(ValueError):
    """A file that is not a list of hashes; the message says what is wrong with it."""


def read_hashes(path: Path) -> dict[str, str]:
    """Return each bundle's SHA-256 in hexadecimal by its file name; raises HashesError."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise HashesError(f"{path} cannot be read ({type(error).__name__})") from None
    found = [_LINE.fullmatch(line) for line in lines]
    if not found or None in found:
        raise HashesError(f"{path} is not a list of SHA-256 sums")
    hashes = {match[2]: match[1] for match in found if match is not None}
    if sum(1 for name in hashes if WORKER.fullmatch(name)) != 1:
        raise HashesError(f"{path} does not name one service worker")
    return hashes
