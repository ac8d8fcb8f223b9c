"""What the pack's Markdown becomes: cards, their topics, and pages. Frozen."""

from dataclasses import dataclass

from markupsafe import Markup

from youthsafe.pack.translation import Translation, fingerprint


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from, for checks: its file in the pack, everything it says, and its plain passages."""

    file: str
    texts: tuple[str, ...]
    passages: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What a translation names as its source."""
        return fingerprint(*self.texts)


@dataclass(frozen=True, slots=True)
class Card:
    """One idea on one page. `locale` is the language of the text, which is the original's when missing.

    `harder` are the words beyond everyday ones that the original needs.
    """

    topic: str
    slug: str
    order: int
    locale: str
    translation: Translation
    title: str
    summary: str
    what_first: tuple[str, ...]
    html: Markup
    who_helps: tuple[str, ...]
    harder: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Page:
    """Longer prose, such as the promise of privacy."""

    slug: str
    locale: str
    translation: Translation
    title: str
    summary: str
    html: Markup
    origin: Origin


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject with its cards, in the order they are read.

    `short` is what a small tile says. `picture` names its drawing and its tint.
    """

    slug: str
    locale: str
    translation: Translation
    title: str
    summary: str
    short: str
    picture: str
    cards: tuple[Card, ...]
    origin: Origin

    def card(self, slug: str) -> Card:
        """Return a card by its slug; raises KeyError."""
        return {card.slug: card for card in self.cards}[slug]
