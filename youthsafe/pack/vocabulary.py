"""Which words of an English text a newcomer may not know: those outside a list of everyday ones, about CEFR level A2.

The lists are our own, because published ones may not be copied. They know no meanings: “cross” passes where it means
angry. A word with a capital is taken for a name, and a form made by rule (-s, -ed, -ing, -er, -est, -ly) for its word.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from youthsafe.pack.english import plain
from youthsafe.pack.faults import Fault

HARDER_WORDS: Final = 6

_LISTS: Final = Path(__file__).parent / "words"
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SIMPLER: Final = "say it with easier ones, or name under “harder” the few that the card needs"
_SHORT = re.compile(r"(?:n’t|’(?:s|m|d|ll|re|ve))$")
_ODD: Final = {"can’t": "can", "won’t": "will", "shan’t": "shall"}
# An ending, and what may stand in its place in the word that it was made from.
_ENDINGS: Final = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ves", ("f", "fe")),
    ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")), ("ying", ("ie",)),
    ("er", ("", "e")), ("ers", ("", "e")), ("ier", ("y",)), ("est", ("", "e")), ("iest", ("y",)),
    ("ly", ("",)), ("ily", ("y",)), ("bly", ("ble",)),
)  # fmt: skip
_DOUBLED = re.compile(r"([bdglmnprt])\1$")


def hard_words(passages: Iterable[str], explained: Collection[str] = ()) -> list[str]:
    """Return the words that are neither everyday, nor of this field, nor explained; each once, as they come."""
    known = _listed() | {word.lower() for word in explained}
    words = (word.replace("'", "’") for passage in passages for word in _WORD.findall(plain(passage)))
    hard = (word.lower() for word in words if not _is_name(word) and not _is_known(word.lower(), known))
    return list(dict.fromkeys(hard))


def idioms(passages: Iterable[str]) -> list[str]:
    """Return the phrases that cannot be understood word by word."""
    text = " ".join(passages).replace("'", "’").lower()
    return [phrase for phrase in _lines("idioms") if re.search(rf"\b{re.escape(phrase)}\b", text)]


def names(passages: Iterable[str]) -> set[str]:
    """Return the words with a capital that are no everyday words: whom a story is about."""
    words = {word.removesuffix("’s") for passage in passages for word in _WORD.findall(plain(passage))}
    return {word for word in words if _is_name(word) and not _is_known(word.lower(), _listed())}


def everyday_words() -> frozenset[str]:
    """Return the words of the lists, without the forms that follow by rule."""
    return _listed()


def word_faults(file: str, passages: Sequence[str], harder: Collection[str]) -> Iterator[Fault]:
    """Find what a newcomer may stumble over, and what `harder` names without need; `harder` is for a few words."""
    if words := hard_words(passages, harder):
        yield Fault(file, 1, f"these words are not everyday ones: {', '.join(words)}", _SIMPLER)
    if phrases := idioms(passages):
        yield Fault(file, 1, f"these phrases mean something else: {', '.join(phrases)}", "say what is meant")
    if needless := _needless(passages, harder):
        yield Fault(file, 1, f"“harder” names what is not a harder word here: {', '.join(needless)}", "take it out")
    if len(harder) > HARDER_WORDS:
        yield Fault(file, 1, f"“harder” names {len(harder)} words", f"keep {HARDER_WORDS} at most")


def _needless(passages: Sequence[str], harder: Collection[str]) -> list[str]:
    return [word for word in harder if hard_words(passages, set(harder) - {word}) == hard_words(passages, harder)]


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _is_known(word: str, known: frozenset[str]) -> bool:
    return len(word) == 1 or all(not known.isdisjoint(_forms(part)) for part in _parts(word))


def _parts(word: str) -> list[str]:
    """A word with a hyphen is as easy as its parts, unless it is listed as one."""
    return [word] if word in _listed() else word.split("-")


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and every word that it may be a form of."""
    bare = _ODD.get(word, _SHORT.sub("", word))
    yield from (word, bare)
    for ending, replacements in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending) + 1:
            stem = bare.removesuffix(ending)
            yield from (stem + each for each in replacements)
            yield _DOUBLED.sub(r"\1", stem)


@cache
def _listed() -> frozenset[str]:
    return frozenset(word for name in ("everyday", "field") for line in _lines(name) for word in line.split())


@cache
def _lines(name: str) -> list[str]:
    lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
