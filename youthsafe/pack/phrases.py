"""Short texts of the pack's own files, such as what a service is for, and their translations.

The original stands in `services.yaml` or `site.yaml`, a translation at the same place of the file of that name in its
language's folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from youthsafe.pack.fields import Fields
from youthsafe.pack.translation import Translation, fingerprint, parse_review

# By locale: the section of its file that translates the section that is read.
Translations = Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it can be shown: in which language it is, how far it can be trusted, and where it is written."""

    text: str
    locale: str
    translation: Translation
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its translations, by locale. `same` needs no translation."""

    original: Words
    others: Mapping[str, Words]
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


def parse_phrase(fields: Fields, key: str, locale: str, translations: Translations) -> Phrase:
    """Read a phrase that must be there, in the original's locale, with what its translations say under the same key.

    A plain text instead of a section is a name that is the same in every language.
    """
    line = fields.section.line_of(key)
    if isinstance(fields.section.get(key), str):
        return Phrase(Words(fields.text(key), locale, Translation.ORIGINAL, fields.file, line), {}, same=True)
    inner = fields.required_inner(key)
    original = Words(inner.text(locale), locale, Translation.ORIGINAL, fields.file, line)
    for other in sorted(inner.section.keys() & translations.keys()):
        inner.skip(other)
        inner.fault(other, f"the “{other}” text does not stand here", f"move it into {other}/{fields.file}")
    inner.finish()
    written = {other: _words(own, key, other, original.text) for other, own in translations.items()}
    return Phrase(original, {other: words for other, words in written.items() if words})


def parse_optional_phrase(fields: Fields, key: str, locale: str, translations: Translations) -> Phrase | None:
    """Read a phrase, or return None when it is missing or null."""
    if fields.section.get(key) is None:
        fields.skip(key)
        return None
    return parse_phrase(fields, key, locale, translations)


def inner_translations(translations: Translations, key: str) -> Translations:
    """Return what the translations hold under a key, such as a service's id."""
    inner = {locale: fields.inner(key) for locale, fields in translations.items()}
    return {locale: fields for locale, fields in inner.items() if fields}


def finish(translations: Translations) -> None:
    """Add a fault for everything that translates nothing."""
    for fields in translations.values():
        fields.finish()


def _words(fields: Fields, key: str, locale: str, original: str) -> Words | None:
    if isinstance(fields.section.get(key), str):
        fields.skip(key)
        fields.fault(key, f"“{key}” has no translation state", "write it as {text: …, translation: …, source: …}")
        return None
    own = fields.inner(key)
    if own is None:
        return None
    review = parse_review(own, original=False)
    state = review.against(fingerprint(original))
    words = Words(own.text("text"), locale, state, own.file, fields.section.line_of(key))
    own.finish()
    return words
