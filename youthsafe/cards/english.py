"""English inside a text of another language, such as what to say to the police: `[Where are you?]{en}`."""

import re
from typing import Final

from youthsafe.cards.faults import Fault

_END: Final = "]{en}"
MARKED: Final = r"\[[^\[\]{}*_`<>]+\]\{en\}"
_MARK = re.compile(MARKED)
_BROKEN = re.compile(r"\]\{|\{en\}")


def is_marked(part: str) -> bool:
    """Whether the whole part is marked as English."""
    return _MARK.fullmatch(part) is not None


def plain(text: str) -> str:
    """Return the text without its marks: for a window's name, and wherever else no language can be told."""
    return _MARK.sub(lambda mark: mark[0][1:].removesuffix(_END), text)


def mark_faults(text: str, file: str) -> list[Fault]:
    """Return every line whose mark would be shown to readers instead of being understood."""
    fix = "write it on one line, without signs inside: [Where are you?]{en}"
    lines = enumerate(text.split("\n"), start=1)
    return [
        Fault(file, number, "“{en}” marks nothing as English", fix) for number, line in lines if _broken(plain(line))
    ]


def _broken(line: str) -> bool:
    return _BROKEN.search(line) is not None
