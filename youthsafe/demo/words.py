"""A member's six words: 66 random bits, written as words of the project's list (docs/envelope.md 6.3)."""

import secrets
from collections.abc import Sequence
from pathlib import Path

import youthsafe

LIST_LENGTH = 2048
COUNT = 6
_BITS = 11
_FILE = Path(youthsafe.__file__).parent / "static" / "pwa" / "src" / "crypto" / "words" / "en.txt"


def word_list() -> list[str]:
    """Return the English list, 2,048 words."""
    return _FILE.read_text(encoding="utf-8").split()


def new_secret() -> bytes:
    """Return 66 random bits as 9 bytes, big-endian."""
    return secrets.randbits(COUNT * _BITS).to_bytes(9, "big")


def to_words(secret: bytes, words: Sequence[str]) -> str:
    """Return a secret's six words, most significant first, with single spaces."""
    number = int.from_bytes(secret, "big")
    indices = [(number >> (_BITS * place)) % LIST_LENGTH for place in reversed(range(COUNT))]
    return " ".join(words[index] for index in indices)
