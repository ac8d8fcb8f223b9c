"""search.yaml: what pupils call a page or a helpline when they look for it, and no title says. Of one language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from youthsafe.pack.fields import Fields

FILE: Final = "search.yaml"


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words by a page's address below its language, and by a helpline's id; a language may have none.

    `ignored` are words that say nothing about what is looked for, such as “my”.
    """

    ignored: tuple[str, ...] = ()
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse_search_words(fields: Fields, pages: Collection[str], services: Collection[str]) -> SearchWords:
    """Read the file; what is named must be one of `pages` or `services`."""
    words = SearchWords(
        fields.texts("ignored", required=False),
        _words(fields, "pages", pages),
        _words(fields, "services", services),
    )
    fields.finish()
    return words


def _words(fields: Fields, kind: str, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    inner = fields.inner(kind)
    if inner is None:
        return {}
    for name in inner.section.keys() - set(known):
        inner.fault(name, f"there is nothing at “{name}”", f"name one of the pack’s {kind}")
    found = {name: inner.texts(name) for name in inner.section}
    for name, texts in found.items():
        if any("|" in text for text in texts):
            inner.fault(name, "a word cannot hold “|”", "write one word or a few on a line of their own")
    return found
