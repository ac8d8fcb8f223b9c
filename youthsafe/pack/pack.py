"""A content pack in memory: everything a borough says in its own words. Frozen, read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from youthsafe.pack.finder import Finder
from youthsafe.pack.first_look import FirstLook
from youthsafe.pack.lessons.lesson import Course, Lesson
from youthsafe.pack.parser import read_contents
from youthsafe.pack.referrals import ReferralForm
from youthsafe.pack.search_words import SearchWords
from youthsafe.pack.services import Directory
from youthsafe.pack.site import Site
from youthsafe.pack.texts import Card, Page, Topic
from youthsafe.pack.translation import Translation
from youthsafe.pack.you_said import YouSaid


@dataclass(frozen=True)
class Pack:
    """The whole pack. Every lookup falls back to the original language and says so."""

    root: Path
    site: Site
    services: Directory
    written: Mapping[str, tuple[Topic, ...]]
    prose: Mapping[str, Mapping[str, Page]]
    courses: Mapping[str, Course]
    said: Mapping[str, YouSaid]
    finders: Mapping[str, Finder]
    search_words: Mapping[str, SearchWords]
    referrals: tuple[ReferralForm, ...]
    first_looks: tuple[FirstLook, ...]

    def topics(self, locale: str) -> tuple[Topic, ...]:
        """Return every topic in a locale."""
        return self._topics[locale]

    def topic(self, locale: str, slug: str) -> Topic:
        """Return a topic by its slug; raises KeyError."""
        return {topic.slug: topic for topic in self.topics(locale)}[slug]

    def card(self, locale: str, topic: str, slug: str) -> Card:
        """Return a card by its slug; raises KeyError."""
        return self.topic(locale, topic).card(slug)

    def original_card(self, card: Card) -> Card:
        """Return the same card as it was first written."""
        return self.card(self.site.original.tag, card.topic, card.slug)

    def page(self, locale: str, slug: str) -> Page:
        """Return a page by its slug, such as `about`; raises KeyError."""
        found = self.prose[locale].get(slug)
        return found or replace(self.prose[self.site.original.tag][slug], translation=Translation.MISSING)

    def course(self, locale: str) -> Course:
        """Return every lesson in a locale, and how to prepare."""
        return self._courses[locale]

    def lesson(self, locale: str, topic: str) -> Lesson:
        """Return the lesson about a topic; raises KeyError."""
        return {lesson.topic: lesson for lesson in self.course(locale).lessons}[topic]

    def find_page(self, locale: str, slug: str) -> Page | None:
        """Return a page by its slug, or None in a pack that does not hold it."""
        return self.page(locale, slug) if slug in self.prose[self.site.original.tag] else None

    def you_said(self, locale: str) -> YouSaid | None:
        """Return what young people asked for and were told; None in a pack that does not hold it."""
        original = self.said.get(self.site.original.tag)
        return self.said.get(locale) or (original and replace(original, translation=Translation.MISSING))

    def finder(self, locale: str) -> Finder:
        """Return what a pupil taps who does not know what to look for."""
        original = self.finders[self.site.original.tag]
        return self.finders.get(locale) or replace(original, translation=Translation.MISSING)

    @cached_property
    def _courses(self) -> dict[str, Course]:
        return {locale.tag: self._completed_course(locale.tag) for locale in self.site.locales}

    def _completed_course(self, locale: str) -> Course:
        own, original = self.courses[locale], self.courses[self.site.original.tag]
        if own is original:
            return original
        written = {lesson.topic: lesson for lesson in own.lessons}
        missing = (replace(lesson, translation=Translation.MISSING) for lesson in original.lessons)
        intro = original.intro and replace(original.intro, translation=Translation.MISSING)
        return Course(own.intro or intro, tuple(written.get(lesson.topic, lesson) for lesson in missing))

    @cached_property
    def _topics(self) -> dict[str, tuple[Topic, ...]]:
        return {locale.tag: self._completed(locale.tag) for locale in self.site.locales}

    def _completed(self, locale: str) -> tuple[Topic, ...]:
        own = {topic.slug: topic for topic in self.written[locale]}
        return tuple(_complete(own.get(topic.slug), topic) for topic in self.written[self.site.original.tag])


def _complete(own: Topic | None, original: Topic) -> Topic:
    """Fill a topic's gaps with the original's cards."""
    head = own or replace(original, translation=Translation.MISSING)
    translated = {card.slug: card for card in own.cards} if own else {}
    missing = (replace(card, translation=Translation.MISSING) for card in original.cards)
    cards = original.cards if own is original else tuple(translated.get(card.slug, card) for card in missing)
    return replace(head, cards=cards)


def load(root: Path) -> Pack:
    """Read the pack in a folder; raises ContentError with every fault in it."""
    contents = read_contents(root)
    return Pack(
        root,
        contents.site,
        contents.services,
        contents.topics,
        contents.pages,
        contents.courses,
        contents.said,
        contents.finders,
        contents.search_words,
        contents.referrals,
        contents.first_looks,
    )
