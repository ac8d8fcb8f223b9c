"""How hard a text is to read: the Flesch-Kincaid grade, with a syllable counter that needs no network.

Source of the formula: Kincaid and others, "Derivation of new readability formulas", 1975.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CARD_GRADE: Final = 5.0
SAFETY_GRADE: Final = 4.0
PAGE_GRADE: Final = 6.0
ADULT_GRADE: Final = 9.0  # what no child has to read
SENTENCE_WORDS: Final = 12.0

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]+(?:[”’\"')]*)(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouycgsxz]es|[^aeiouy]ely|[^aeiouy]eful)$")
_SPLIT = re.compile(r"(?:ia(?!l\b)|io(?!n|u)|iu|eo(?!n\b)|ua(?!r)|uou|[^q]ui(?=ng)|ying|being|ism$|sm$)")

# Words of this field that the rules get wrong.
_KNOWN: Final = {
    "people": 2, "someone": 2, "everyone": 3, "something": 2, "sometimes": 2, "somebody": 3, "online": 2,
    "phone": 1, "safe": 1, "safety": 2, "safely": 2, "hateful": 2, "video": 3, "idea": 3, "ideas": 3, "area": 3,
    "real": 1, "really": 2, "meeting": 2, "family": 3, "every": 2, "different": 2, "police": 2, "religion": 3,
    "friend": 1, "friends": 1, "trusted": 2, "being": 2, "doing": 2, "going": 2, "saying": 2, "seeing": 2,
    "quiet": 2, "quietly": 3, "violence": 3, "crying": 2, "trying": 2, "goes": 1, "does": 1, "likes": 1,
    "names": 1, "times": 1, "makes": 1, "takes": 1, "homes": 1, "lives": 1, "gives": 1, "comes": 1, "someone's": 2,
    "area’s": 3, "they’re": 1, "we’re": 1, "you’re": 1, "isn’t": 2, "doesn’t": 2, "didn’t": 2, "couldn’t": 2,
    "wouldn’t": 2, "shouldn’t": 2, "hasn’t": 2, "haven’t": 2, "wasn’t": 2, "i’ve": 1, "you’ve": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """`grade` in United States school years (5 is about age 10); `sentence` in words on average."""

    grade: float
    sentence: float


def read(passages: Iterable[str]) -> Reading:
    """Measure passages. Each ends its last sentence; words in digits are left out."""
    sentences = [words for passage in passages for words in _sentences(passage)]
    if not sentences:
        return Reading(0.0, 0.0)
    words = [word for sentence in sentences for word in sentence]
    length = len(words) / len(sentences)
    beats = sum(syllables(word) for word in words) / len(words)
    return Reading(0.39 * length + 11.8 * beats - 15.59, length)


def syllables(word: str) -> int:
    """Count the syllables of an English word: by list where the rules fail, else by its vowels."""
    lower = word.lower().replace("'", "’")
    if lower in _KNOWN:
        return _KNOWN[lower]
    bare = lower.removesuffix("’s")
    count = len(_VOWELS.findall(bare)) + len(_SPLIT.findall(bare)) - bool(_SILENT.search(bare))
    return max(1, count)


def _sentences(passage: str) -> list[list[str]]:
    return [words for part in _SENTENCE_END.split(passage) if (words := _WORD.findall(part))]
