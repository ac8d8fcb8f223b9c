"""Looking for words in everything that a machine kept: files, rows, logs, profiles."""

import base64
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from urllib.parse import quote


def spellings(words: str) -> set[bytes]:
    """The ways in which software might write a text down: encodings, escapes, separators, base64 at any offset."""
    separated = {separator.join(words.split()) for separator in (" ", "-", ",", "", "\n", '","', "+", "%20")}
    found: set[bytes] = set()
    for text in {*separated, words, quote(words), words.encode("unicode_escape").decode("ascii")}:
        found |= {text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-8").hex().encode()}
    for offset, alphabet in product(range(3), (base64.b64encode, base64.urlsafe_b64encode)):
        encoded = alphabet(bytes(offset) + words.encode("utf-8"))
        found.add(encoded[4:-4])  # the ends depend on the neighbours
    return {each for each in found if len(each) >= 8}


def spellings_of_bytes(data: bytes) -> set[bytes]:
    """The ways in which software might write a key down: as it is, or as text in UTF-8 or UTF-16."""
    texts = {base64.urlsafe_b64encode(data).rstrip(b"=").decode(), base64.b64encode(data).decode(), data.hex()}
    written = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")}
    return {data, data.hex().upper().encode(), *written}


def keys_in_files(folder: Path, keys: Mapping[str, bytes]) -> list[str]:
    """Which of the named keys are in which files below a folder, in any spelling."""
    sought = {name: spellings_of_bytes(key) for name, key in keys.items()}
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        data = path.read_bytes()
        found += [
            f"{path.relative_to(folder)}: {name}"
            for name, forms in sought.items()
            if any(form in data for form in forms)
        ]
    return found


def found_in_bytes(data: bytes, words: Iterable[str]) -> list[str]:
    """Which of the words are in some bytes, in any spelling."""
    lower = data.lower()
    return [each for each in words if any(form in data or form.lower() in lower for form in spellings(each))]


def found_in_files(folder: Path, words: Iterable[str], *, but_not: frozenset[str] = frozenset()) -> list[str]:
    """Which of the words are in which files below a folder; names in `but_not` are not looked into."""
    sought = list(words)
    return [
        f"{path.relative_to(folder)}: {word}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in but_not
        for word in found_in_bytes(path.read_bytes(), sought)
    ]
