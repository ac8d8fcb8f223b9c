"""English that is to be said or heard as English, in a text of any language: `[Where are you?]{en}`.

In the original such a mark asks every translation to carry the words; in a translation it also tells a screen reader.
"""

import re
from collections.abc import Iterable
from typing import Final

from youthsafe.pack.faults import Fault

_END: Final = "]{en}"
MARKED: Final = r"\[[^\[\]{}*_`<>]+\]\{en\}"
_MARK = re.compile(MARKED)
_BROKEN = re.compile(r"\]\{|\{en\}")
_ENDS: Final = " .,!?…"


def is_marked(part: str) -> bool:
    """Whether the whole part is marked as English."""
    return _MARK.fullmatch(part) is not None


def plain(text: str) -> str:
    """Return the text without its marks: for a window's name, and wherever else no language can be told."""
    return _MARK.sub(lambda mark: mark[0][1:].removesuffix(_END), text)


def missing_english(original: Iterable[str], translation: Iterable[str]) -> list[str]:
    """Return what is marked in the original and stands nowhere in the translation: a child would not know the words."""
    carried = _level(" ".join(translation))
    wanted = dict.fromkeys(plain(mark) for text in original for mark in _MARK.findall(text))
    return [words for words in wanted if not re.search(rf"(?<!\w){re.escape(_level(words))}(?!\w)", carried)]


def _level(text: str) -> str:
    """Make what is heard the same look the same: capitals, apostrophes, lines and the last full stop do not count."""
    return " ".join(plain(text).replace("’", "'").casefold().split()).strip(_ENDS)


def mark_faults(text: str, file: str) -> list[Fault]:
    """Return every line whose mark would be shown to readers instead of being understood."""
    fix = "write it on one line, without signs inside: [Where are you?]{en}"
    lines = enumerate(text.split("\n"), start=1)
    return [
        Fault(file, number, "“{en}” marks nothing as English", fix) for number, line in lines if _broken(plain(line))
    ]


def _broken(line: str) -> bool:
    return _BROKEN.search(line) is not None
