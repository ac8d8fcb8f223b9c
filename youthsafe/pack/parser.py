"""Reads a content pack's files. Every fault is found before the pack is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from youthsafe.pack import addresses
from youthsafe.pack.document import Section, parse_section, read_text, split_front_matter
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.finder import FILE as FINDER_FILE
from youthsafe.pack.finder import Finder, Known, parse_finder
from youthsafe.pack.first_look import FILE as FIRST_LOOK_FILE
from youthsafe.pack.first_look import FirstLook, parse_first_look
from youthsafe.pack.lessons.lesson import Course, Lesson
from youthsafe.pack.lessons.lesson_file import LessonFile
from youthsafe.pack.prose import Prose
from youthsafe.pack.referrals import FILE as REFERRALS_FILE
from youthsafe.pack.referrals import ReferralForm, parse_referrals
from youthsafe.pack.search_words import FILE as SEARCH_FILE
from youthsafe.pack.search_words import SearchWords, parse_search_words
from youthsafe.pack.services import FILE as SERVICES_FILE
from youthsafe.pack.services import Directory, parse_directory
from youthsafe.pack.site import FILE as SITE_FILE
from youthsafe.pack.site import SLUG, Site, parse_site
from youthsafe.pack.texts import Card, Origin, Page, Topic
from youthsafe.pack.translation import Review, parse_review
from youthsafe.pack.you_said import FILE as YOU_SAID_FILE
from youthsafe.pack.you_said import YouSaid, parse_you_said

TOPIC_FILE: Final = "index.md"
LESSONS_FILE: Final = "index.md"
#: What topics are drawn as (web/pictures.html, web/scenes.html), each in a tint (tokens.css); the last is any other.
PICTURES: Final = (
    *("bullying", "knife", "relationships", "online", "drugs", "street", "feelings", "home", "help"),
    "other",
)
REQUIRED_PAGES: Final = ("about", "accessibility", "people", "privacy", "privacy-in-full")
PARTS: Final = frozenset({"privacy-in-full"})  # stand on another page, and have no address of their own


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files hold: the topics, pages and lessons that are written in each locale, and no more."""

    site: Site
    services: Directory
    topics: Mapping[str, tuple[Topic, ...]]
    pages: Mapping[str, Mapping[str, Page]]
    courses: Mapping[str, Course]
    said: Mapping[str, YouSaid]
    finders: Mapping[str, Finder]
    search_words: Mapping[str, SearchWords]
    referrals: tuple[ReferralForm, ...]
    first_looks: tuple[FirstLook, ...]


def read_contents(root: Path) -> Contents:
    """Read the pack in a folder; raises ContentError with every fault in it."""
    faults: list[Fault] = []
    contents = _Reader(root, faults).contents()
    if faults:
        raise ContentError(faults)
    return contents


class _Reader:
    """One reading of one pack."""

    def __init__(self, root: Path, faults: list[Fault]) -> None:
        self.root, self.faults = root, faults
        self.proses: list[tuple[str, Prose]] = []
        self.site = parse_site(self._yaml(SITE_FILE), lambda tag: self._translation(tag, SITE_FILE), faults)
        if not self.site.locales:
            raise ContentError(faults)
        self.original = self.site.original.tag

    def contents(self) -> Contents:
        """Read every file that site.yaml leads to, and then look at how they fit together."""
        tags = [locale.tag for locale in self.site.locales]
        translations = {tag: self._translation(tag, SERVICES_FILE) for tag in tags[1:]}
        services = parse_directory(self._yaml(SERVICES_FILE), self.original, translations, self.faults)
        originals, pages = self._topics(self.original, {}), self._pages(self.original, {})
        known = {topic.slug: topic for topic in originals}
        topics = {tag: self._topics(tag, known) for tag in tags[1:]}
        prose = {tag: self._pages(tag, pages) for tag in tags[1:]}
        course = self._course(self.original, Course(None, ()))
        courses = {tag: self._course(tag, course) for tag in tags[1:]}
        said = self._all_said(tags)
        known_addresses = _addresses(originals, pages, course)
        self._check(originals, pages, course, services, known_addresses)
        return Contents(
            self.site,
            services,
            {self.original: originals, **topics},
            {self.original: pages, **prose},
            {self.original: course, **courses},
            said,
            self._finders(tags, Known(originals, known_addresses, PICTURES)),
            {tag: self._search_words(tag, known_addresses, services) for tag in tags},
            self._referrals(),
            tuple(self._first_look(tag) for tag in tags),
        )

    def _yaml(self, file: str) -> Section:
        text = read_text(self.root / file, file, self.faults)
        return parse_section(text, file, self.faults) if text is not None else Section()

    def _translation(self, tag: str, file: str) -> Fields:
        """Open what a language says of a file of the pack's own; it may say nothing."""
        own = f"{tag}/{file}"
        return Fields(self._yaml(own) if (self.root / own).exists() else Section(), own, self.faults)

    def _topics(self, tag: str, originals: dict[str, Topic]) -> tuple[Topic, ...]:
        found = (self._topic(tag, slug, originals.get(slug)) for slug in self.site.topics)
        return tuple(topic for topic in found if topic)

    def _topic(self, tag: str, slug: str, original: Topic | None) -> Topic | None:
        folder = self.root / tag / "cards" / slug
        if tag != self.original and (original is None or not folder.is_dir()):
            return None
        opened = self._open(folder / TOPIC_FILE)
        if opened is None:
            return None
        fields, body = opened
        title, summary, review = fields.text("title"), fields.text("summary"), self._review(fields, tag)
        short = fields.optional_text("short")
        picture = original.picture if original else fields.chosen("picture", PICTURES, otherwise=PICTURES[-1])
        fields.finish()
        origin = Origin(fields.file, (title, summary, *filter(None, [short])), tuple(body.passages()))
        if origin.passages:
            fields.fault("title", "a topic has no text of its own", "write it in a card")
        state = review.against(original.origin.fingerprint if original else "")
        cards = self._cards(folder, tag, slug, original)
        return Topic(slug, tag, state, title, summary, short or title, picture, cards, origin)

    def _cards(self, folder: Path, tag: str, topic: str, original: Topic | None) -> tuple[Card, ...]:
        originals = {card.slug: card for card in original.cards} if original else {}
        paths = [path for path in sorted(folder.glob("*.md")) if path.name != TOPIC_FILE]
        cards = [card for path in paths if (card := self._card(path, tag, topic, originals))]
        return tuple(sorted(cards, key=lambda card: card.order))

    def _card(self, path: Path, tag: str, topic: str, originals: dict[str, Card]) -> Card | None:
        opened = self._open(path)
        if opened is None or not self._belongs(path, tag, path.stem in originals):
            return None
        fields, body = opened
        title, summary, first = fields.text("title"), fields.text("summary"), fields.texts("what_first")
        review, original = self._review(fields, tag), originals.get(path.stem)
        # A translation takes its place in the order, who helps, and what is hard, from the card it was made from.
        order = original.order if original else fields.number("order")
        who_helps = original.who_helps if original else fields.texts("who_helps")
        harder = original.harder if original else fields.texts("harder", required=False)
        fields.finish()
        if order is None:
            fields.fault("order", "“order” is missing", "add “order: 10”; cards are read from low to high")
        self.proses.append((addresses.CARD[0].format(topic=topic, slug=path.stem), body))
        origin = Origin(fields.file, (title, summary, *first, body.text), tuple(body.passages()))
        state = review.against(original.origin.fingerprint if original else "")
        return Card(
            topic, path.stem, order or 0, tag, state, title, summary, first, body.html, who_helps, harder, origin
        )

    def _pages(self, tag: str, originals: dict[str, Page]) -> dict[str, Page]:
        paths = sorted((self.root / tag / "pages").glob("*.md"))
        return {path.stem: page for path in paths if (page := self._page(path, tag, originals))}

    def _page(self, path: Path, tag: str, originals: Mapping[str, Page], address: str = "/{}/") -> Page | None:
        opened = self._open(path)
        if opened is None or not self._belongs(path, tag, path.stem in originals):
            return None
        fields, body = opened
        title, summary, review = fields.text("title"), fields.text("summary"), self._review(fields, tag)
        fields.finish()
        self.proses.append((address.format(path.stem), body))
        origin = Origin(fields.file, (title, summary, body.text), tuple(body.passages()))
        original = originals.get(path.stem)
        state = review.against(original.origin.fingerprint if original else "")
        return Page(path.stem, tag, state, title, summary, body.html, origin)

    def _course(self, tag: str, original: Course) -> Course:
        folder = self.root / tag / "lessons"
        known = {lesson.topic: lesson for lesson in original.lessons}
        paths = [path for path in sorted(folder.glob("*.md")) if path.name != LESSONS_FILE]
        lessons = [lesson for path in paths if (lesson := self._lesson(path, tag, known))]
        intro = None
        if (lessons and tag == self.original) or (folder / LESSONS_FILE).exists():
            intros = {"index": original.intro} if original.intro else {}
            intro = self._page(folder / LESSONS_FILE, tag, intros, addresses.COURSE[0])
        return Course(intro, tuple(sorted(lessons, key=lambda lesson: lesson.order)))

    def _lesson(self, path: Path, tag: str, originals: Mapping[str, Lesson]) -> Lesson | None:
        opened = self._open(path)
        if opened is None or not self._belongs(path, tag, path.stem in originals):
            return None
        file = LessonFile(*opened, self.faults)
        lesson = file.lesson(path.stem, tag, originals.get(path.stem))
        self.proses += [(addresses.LESSON[0].format(topic=path.stem), prose) for prose in file.proses]
        return lesson

    def _all_said(self, tags: list[str]) -> dict[str, YouSaid]:
        """Read what was asked and answered, in each language that has it; a pack may have none."""
        said: dict[str, YouSaid] = {}
        for tag in tags:
            file = f"{tag}/{YOU_SAID_FILE}"
            if (self.root / file).exists() and (tag == self.original or self.original in said):
                said[tag] = parse_you_said(self._yaml(file), tag, said.get(self.original), self.faults)
        return said

    def _finders(self, tags: list[str], known: Known) -> dict[str, Finder]:
        """Read what a pupil taps who does not know what to look for, in each language that has it."""
        finders: dict[str, Finder] = {}
        for tag in tags:
            file = f"{tag}/{FINDER_FILE}"
            if tag == self.original or (self.root / file).exists():
                original = finders.get(self.original)
                finders[tag] = parse_finder(self._yaml(file), tag, original, known, self.faults)
        return finders

    def _search_words(self, tag: str, known: Collection[str], services: Directory) -> SearchWords:
        """Read what pupils of a language call things; it may be written down nowhere."""
        if not (self.root / tag / SEARCH_FILE).exists():
            return SearchWords()
        return parse_search_words(
            self._translation(tag, SEARCH_FILE), known, {service.id for service in services.services}
        )

    def _referrals(self) -> tuple[ReferralForm, ...]:
        """Read what referral pages ask; a pack may have none."""
        if not (self.root / REFERRALS_FILE).exists():
            return ()
        return parse_referrals(Fields(self._yaml(REFERRALS_FILE), REFERRALS_FILE, self.faults))

    def _first_look(self, tag: str) -> FirstLook:
        """Read what is covered of a report in a language; it may be written down nowhere."""
        if not (self.root / tag / FIRST_LOOK_FILE).exists():
            return FirstLook()
        return parse_first_look(self._translation(tag, FIRST_LOOK_FILE))

    def _open(self, path: Path) -> tuple[Fields, Prose] | None:
        file = path.relative_to(self.root).as_posix()
        text = read_text(path, file, self.faults)
        if text is None:
            return None
        section, body, offset = split_front_matter(text, file, self.faults)
        return (Fields(section, file, self.faults), Prose(body, file, offset)) if section else None

    def _review(self, fields: Fields, tag: str) -> Review:
        return parse_review(fields, original=tag == self.original)

    def _belongs(self, path: Path, tag: str, has_original: bool) -> bool:
        file = path.relative_to(self.root).as_posix()
        if not SLUG.fullmatch(path.stem):
            self.faults.append(Fault(file, 1, "the file's name cannot be an address", "use a-z, 0-9 and hyphens"))
        if tag == self.original or has_original:
            return True
        self.faults.append(
            Fault(file, 1, f"there is no such file in “{self.original}”", "name it as the original is named")
        )
        return False

    def _check(
        self,
        topics: tuple[Topic, ...],
        pages: Mapping[str, Page],
        course: Course,
        services: Directory,
        known: Collection[str],
    ) -> None:
        cards = [card for topic in topics for card in topic.cards]
        self.faults += [fault for address, prose in self.proses for fault in prose.faults(address, known)]
        for slug in set(REQUIRED_PAGES) - pages.keys():
            self.faults.append(Fault(f"{self.original}/pages/{slug}.md", 1, "the page is missing", "write it"))
        for topic in topics:
            if not topic.cards:
                self.faults.append(
                    Fault(topic.origin.file, 1, "the topic has no cards", "write one, or take the topic out")
                )
            self.faults += _order_faults(topic.cards, "card")
        self.faults += _order_faults(course.lessons, "lesson")
        helpers = {service.id for service in services.for_pupils()}
        helped: list[Card | Lesson] = [*cards, *course.lessons]
        self.faults += [fault for each in helped for fault in _helper_faults(each, helpers)]


def _addresses(topics: tuple[Topic, ...], pages: Mapping[str, Page], course: Course) -> frozenset[str]:
    """Return every address below a locale to which a text may lead."""
    cards = [card for topic in topics for card in topic.cards]
    known = addresses.FIXED | {f"/{slug}/" for slug in pages.keys() - PARTS}
    known |= {each.format(topic=topic.slug) for topic in topics for each in addresses.TOPIC}
    known |= {each.format(topic=card.topic, slug=card.slug) for card in cards for each in addresses.CARD}
    return known | {each.format(topic=lesson.topic) for lesson in course.lessons for each in addresses.LESSON}


def _order_faults(texts: Sequence[Card | Lesson], kind: str) -> list[Fault]:
    orders = [text.order for text in texts]
    return [
        Fault(text.origin.file, 1, f"order {text.order} is taken by another {kind}", "give it its own number")
        for text in texts
        if orders.count(text.order) > 1
    ]


def _helper_faults(card: Card | Lesson, helpers: set[str]) -> list[Fault]:
    return [
        Fault(card.origin.file, 1, f"“{name}” is not a service that a pupil may use", "name one of services.yaml")
        for name in card.who_helps
        if name not in helpers
    ]
