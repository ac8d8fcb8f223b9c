"""Short texts that stand in several languages in one file, such as what a service is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from youthsafe.pack.document import Section
from youthsafe.pack.fields import Fields
from youthsafe.pack.translation import Translation, fingerprint, parse_review


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it can be shown: in which language it is, and how far it can be trusted."""

    text: str
    locale: str
    translation: Translation


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its translations, by locale. `line` is where it stands in its file; `same` needs no translation."""

    original: Words
    others: Mapping[str, Words]
    line: int
    same: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the original, which a translation names as its source."""
        return fingerprint(self.original.text)

    def in_locale(self, locale: str) -> Words:
        """Return the text in a locale, or the original where there is none."""
        if self.same or locale == self.original.locale:
            return self.original
        return self.others.get(locale) or replace(self.original, translation=Translation.MISSING)


def parse_phrase(fields: Fields, key: str, locales: Sequence[str]) -> Phrase:
    """Read a phrase that must be there. The first of `locales` is the original's.

    A plain text instead of a section is a name that is the same in every language.
    """
    line = fields.section.line_of(key)
    if isinstance(fields.section.get(key), str):
        return Phrase(Words(fields.text(key), locales[0], Translation.ORIGINAL), {}, line, same=True)
    inner = fields.required_inner(key)
    original = Words(inner.text(locales[0]), locales[0], Translation.ORIGINAL)
    others = {locale: _translated(inner, locale, original.text) for locale in locales[1:] if locale in inner.section}
    inner.finish()
    return Phrase(original, others, line)


def parse_optional_phrase(fields: Fields, key: str, locales: Sequence[str]) -> Phrase | None:
    """Read a phrase, or return None when it is missing or null."""
    if fields.section.get(key) is None:
        fields.skip(key)
        return None
    return parse_phrase(fields, key, locales)


def _translated(inner: Fields, locale: str, original: str) -> Words:
    if not isinstance(inner.section.get(locale), Section):
        inner.fault(locale, f"the “{locale}” text has no translation state", "write text, translation and source below")
    own = inner.required_inner(locale)
    review = parse_review(own, original=False)
    words = Words(own.text("text"), locale, review.against(fingerprint(original)))
    own.finish()
    return words
