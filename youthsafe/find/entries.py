"""Everything that can be found, in the order in which a reader who does not search may look through it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from youthsafe.helplines.services import directory
from youthsafe.pack.search_words import SearchWords
from youthsafe.pack.services import Service
from youthsafe.pack.texts import Card, Page, Topic
from youthsafe.web import locale
from youthsafe.web.layout import Layout, PlacedLink, content_pack

# Where the layout offers pages that are neither topic nor card, in the order in which they are searched.
_PLACES = ("doors", "rows", "unsure", "check", "footer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found. `words` are what pupils call it besides; `phone` is a helpline's number."""

    kind: str
    url: str
    title: str
    line: str
    locale: str
    words: tuple[str, ...]
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Entries that belong together, and their heading."""

    heading: str
    entries: tuple[Entry, ...]


def parts() -> list[Part]:
    """Return the site's own pages, then every topic with its cards, then who can help."""
    words = content_pack().search_words[locale.current()]
    here = directory()
    return [
        Part(_("Other pages"), tuple(_pages(words.pages))),
        *(_topic(topic, words.pages) for topic in content_pack().topics(locale.current())),
        Part(_("Who can help"), tuple(_service(each, _("Helpline"), words) for each in here.for_pupils())),
        Part(_("For adults"), tuple(_service(each, _("For adults"), words) for each in here.for_adults())),
    ]


def _topic(topic: Topic, words: Mapping[str, tuple[str, ...]]) -> Part:
    head = _text(_("Topic"), url_for("cards.topic", topic=topic.slug), topic, words)
    cards = (_card(card, words) for card in topic.cards)
    return Part(topic.title, (head, *cards))


def _card(card: Card, words: Mapping[str, tuple[str, ...]]) -> Entry:
    return _text(_("Card"), url_for("cards.card", topic=card.topic, slug=card.slug), card, words)


def _text(kind: str, url: str, text: Topic | Card | Page, words: Mapping[str, tuple[str, ...]]) -> Entry:
    return Entry(kind, url, text.title, text.summary, text.locale, words.get(_below_locale(url), ()))


def _pages(words: Mapping[str, tuple[str, ...]]) -> Iterable[Entry]:
    """Yield each page that the layout offers, once, and none of the staff's."""
    offered = [each for place in _PLACES for each in Layout().links(place) if not each.link.rel]
    first = {each.url: each for each in reversed(offered)}
    return (_page(each, words) for each in reversed(first.values()))


def _page(placed: PlacedLink, words: Mapping[str, tuple[str, ...]]) -> Entry:
    link = placed.link
    if link.page:
        return _text(_("Other page"), placed.url, content_pack().page(locale.current(), link.page), words)
    own = words.get(_below_locale(placed.url), ())
    return Entry(_("Other page"), placed.url, str(link.title), str(link.line), locale.current(), own)


def _service(service: Service, kind: str, words: SearchWords) -> Entry:
    name, what = (phrase.in_locale(locale.current()) for phrase in (service.name, service.what))
    url = url_for("support.services", _anchor=service.id)
    own = words.services.get(service.id, ())
    phone = None if service.silent else service.phone
    return Entry(kind, url, name.text, what.text, what.locale, own, phone)


def _below_locale(url: str) -> str:
    return url.removeprefix(Layout().to("").rstrip("/"))
