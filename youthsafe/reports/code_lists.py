"""What a receipt code is written in: words of the reader's language, English words, or numbers (docs/envelope.md 4).

A language has a list when the browser half has a file of it. A list of its own script is better than none, so
whoever reads another Latin script copies English words; others get numbers, which every script has.
"""

import re
from collections.abc import Collection

from babel import Locale
from babel.core import get_global, parse_locale

FIRST = "en"
_FILE = re.compile(r"words_([a-z]{2,3})\.js")


def languages(files: Collection[str]) -> list[str]:
    """Return the languages that have a list and a sealer with it, of the names of all built files, English first."""
    found = sorted(match[1] for match in map(_FILE.fullmatch, files) if match and f"sealer_{match[1]}.js" in files)
    return [FIRST, *(language for language in found if language != FIRST)]


def file_of(language: str) -> str:
    """Return the name of the file that holds a language's list."""
    return f"words_{language}.js"


def code_list(locale: str, files: Collection[str]) -> str | None:
    """Return the language of the words that codes are written in for a locale, or None: in numbers."""
    language, script = Locale.parse(locale, sep="-").language, _script(locale)
    if language in languages(files) and script == _script(language):
        return language
    return FIRST if script == "Latn" else None


def _script(locale: str) -> str | None:
    """Return the script that a locale names, or that its language is mostly written in (CLDR's likely subtags)."""
    language, territory, script, *_ = parse_locale(locale, sep="-")
    if script is not None:
        return script
    known = get_global("likely_subtags")
    likely = known.get(f"{language}_{territory}") or known.get(language)
    return parse_locale(likely)[2] if likely else None
