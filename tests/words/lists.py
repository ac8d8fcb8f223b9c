"""The lists of words that reply codes are written in, by language."""

from pathlib import Path

LISTS = Path(__file__).parents[2] / "youthsafe/static/pwa/src/crypto/words"


def words_of(language: str) -> list[str]:
    """The list of a language."""
    return (LISTS / f"{language}.txt").read_text(encoding="ascii").splitlines()
