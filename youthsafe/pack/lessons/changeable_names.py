"""Names of made-up people in a lesson, which a teacher may change before the class: the page's script does."""

import unicodedata
from collections.abc import Iterable


def names_in(names: Iterable[str], *texts: str) -> tuple[str, ...]:
    """Return those names that stand in a text as a whole word."""
    words = {word for text in texts for word in _words(text)}
    return tuple(name for name in names if name in words)


def _words(text: str) -> list[str]:
    """Return what stands between other signs than letters and marks, as `src/teach/names.ts` reads it."""
    return "".join(sign if unicodedata.category(sign)[0] in "LM" else " " for sign in text).split()
