"""A member's six words (docs/envelope.md 6.3), and the 24 of a recovery kit (6.4), from the project's list."""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

import youthsafe
from youthsafe.crypto.encoding import b64

LIST_LENGTH = 2048
COUNT = 6
KIT_COUNT = 24
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


def kit_to_words(secret: bytes, words: Sequence[str]) -> str:
    """Return the 24 words of a kit's secret with single spaces."""
    number = int.from_bytes(_checked(secret), "big")
    return " ".join(words[(number >> (_BITS * place)) % LIST_LENGTH] for place in reversed(range(KIT_COUNT)))


def kit_to_line(secret: bytes) -> str:
    """Return the line that a kit's code holds."""
    return f"youthsafe-kit-1:{b64(_checked(secret))}"


def _checked(secret: bytes) -> bytes:
    return secret + hashlib.sha256(b"youthsafe/v1/kit\x00" + secret).digest()[:1]
