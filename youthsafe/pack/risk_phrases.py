"""The risk phrases of every language, as a page carries them for the reader's phone, and nobody else."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from youthsafe.pack.site import Site

# Accents, Arabic marks and apostrophes as characters of their own; and doubled letters.
_UNHEARD = re.compile("[\u0300-\u036f\u0640\u064b-\u0655\u0670'’‘`´]")
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def carried_phrases(site: Site) -> str:
    """Return the risk phrases of every language, as src/lib/risk_phrases.ts reads them: backwards.

    A child writes in any language on any page. A school's filter that reads pages for such words must not keep the page
    from a child.
    """
    phrases = dict.fromkeys(_heard(phrase) for locale in site.locales for phrase in locale.risk_phrases)
    return backwards(_ordered(list(phrases)))


def _ordered(phrases: list[str]) -> list[str]:
    """Put what may stand in one place into one order everywhere, in which a page weighs less: the frequent first."""
    often = Counter(word for phrase in phrases for place in phrase.strip("!").split(" ") for word in place.split("/"))
    return [
        _each_place(phrase, lambda words: sorted(words, key=lambda word: (-often[word], word))) for phrase in phrases
    ]


def _each_place(phrase: str, change: Callable[[list[str]], list[str]]) -> str:
    """Change what may stand in each place; the mark of a harmless phrase stays where it is, before the first."""
    harmless = phrase[: phrase.startswith("!")]
    places = phrase.removeprefix(harmless).split(" ")
    return harmless + " ".join("/".join(change(place.split("/"))) for place in places)


def backwards(phrases: Iterable[str]) -> str:
    """Return phrases as one text that no filter reads, with | between them."""
    return "|".join(phrases)[::-1]


def _heard(phrase: str) -> str:
    """Return a phrase without what src/lib/plain.ts does not hear anyway, and no word twice: every byte travels."""
    text = _UNHEARD.sub("", unicodedata.normalize("NFKD", phrase)).lower().replace("ł", "l")
    text = re.sub(r"\*+", "*", text)  # else one pattern could cover another that covers it
    text = unicodedata.normalize("NFC", _DOUBLED.sub(r"\1", text))
    return _each_place(text, lambda words: [word for word in dict.fromkeys(words) if not _covered(word, words)])


def _covered(word: str, words: Iterable[str]) -> bool:
    """Return whether another word of its place, whose `*` stands for any letters, is heard wherever this one is."""
    return any(
        other != word and "*" in other and re.fullmatch(re.escape(other).replace(r"\*", "[^ ]*"), word)
        for other in words
    )
