"""The health of a pack that can be read: what is too hard to read, not translated, or not checked by a person."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from youthsafe.pack.basemap_file import map_faults
from youthsafe.pack.english import missing_english
from youthsafe.pack.faults import Fault
from youthsafe.pack.finder import Finder
from youthsafe.pack.lessons.lesson import Lesson
from youthsafe.pack.pack import Pack
from youthsafe.pack.phrases import Phrase
from youthsafe.pack.reading import ADULT_GRADE, CARD_GRADE, PAGE_GRADE, SAFETY_GRADE, SENTENCE_WORDS, Reading, read
from youthsafe.pack.site import FILE as SITE_FILE
from youthsafe.pack.texts import Card, Page, Topic
from youthsafe.pack.translation import Translation
from youthsafe.pack.vocabulary import names, word_faults
from youthsafe.pack.you_said import YouSaid
from youthsafe.resources import assets_folder, translations_folder

_MEASURED: Final = "en"
_FOR_ADULTS: Final = frozenset({"privacy-in-full"})
CARD_WORDS: Final = (120, 180)
_STORY: Final = "A made-up story"
_PICTURED: Final = ("narrow", "wide")
_SAY: Final = "put it beside the translation: [{}]{{en}}"
# What an English text says of a service, by the doubt that it answers.
_ANSWERS: Final = {
    "hours": re.compile(
        r"\b(every day|day and night|at any time|weekdays?|weekends?|24 hours|open (at|every|from|on))\b", re.IGNORECASE
    ),
    "cost": re.compile(r"\b(free|costs?|money|credit|pay)\b", re.IGNORECASE),
    "bill": re.compile(r"\bbills?\b", re.IGNORECASE),
}
_Text = Topic | Card | Page | Lesson | YouSaid | Finder


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. `faults` must be mended; `notes` are for whoever plans translation and review."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def examine(pack: Pack) -> Health:
    """Measure the English, look at the base map, and list every text whose translation cannot be relied on."""
    return Health(
        tuple(
            sorted(
                [*_hard(pack), *_unsaid(pack), *_doubled(pack), *_twice(pack), *map_faults(pack.root, pack.site.areas)]
            )
        ),
        tuple(
            sorted([*_interfaces(pack), *_translations(pack), *_phrases(pack), *_unverified(pack), *_unmeasured(pack)])
        ),
    )


def card_reading(card: Card) -> Reading:
    """Measure everything a card says."""
    return read(_said(card))


def body_words(card: Card) -> int:
    """Count the words below what to do first, numbers and headings included."""
    return sum(len(passage.split()) for passage in card.origin.passages)


def _said(card: Card) -> list[str]:
    return [card.title, card.summary, *card.what_first, *card.origin.passages]


def _hard(pack: Pack) -> Iterator[Fault]:
    """Find English that is too hard: the measure fits no other language."""
    if pack.site.original.tag != _MEASURED:
        return
    for topic in pack.topics(_MEASURED):
        for card in topic.cards:
            yield from _too_hard(card.origin.file, card_reading(card), CARD_GRADE, "the card")
            yield from _too_hard(card.origin.file, read(card.what_first), SAFETY_GRADE, "what_first")
            yield from word_faults(card.origin.file, _said(card), card.harder)
    for lesson in pack.course(_MEASURED).lessons:
        what = "what pupils read of the lesson"
        yield from _too_hard(lesson.origin.file, read(lesson.origin.passages), CARD_GRADE, what)
    said = pack.you_said(_MEASURED)
    if said:
        yield from _too_hard(said.origin.file, read(said.origin.passages), PAGE_GRADE, "the file")
    finder = pack.finder(_MEASURED).origin
    yield from _too_hard(finder.file, read(finder.passages), SAFETY_GRADE, "the file")
    yield from word_faults(finder.file, finder.passages, ())
    for slug, page in pack.prose[_MEASURED].items():
        grade = ADULT_GRADE if slug in _FOR_ADULTS else PAGE_GRADE
        reading = read([page.title, page.summary, *page.origin.passages])
        yield from _too_hard(page.origin.file, reading, grade, "the page")


def _twice(pack: Pack) -> Iterator[Fault]:
    """Find names of a story that another text has used: readers take them for one person.

    A card and the lesson of its topic may tell the same story.
    """
    if pack.site.original.tag != _MEASURED:
        return
    used = {name: lesson.topic for lesson in pack.course(_MEASURED).lessons for name in names(lesson.origin.passages)}
    for topic in pack.topics(_MEASURED):
        for card in topic.cards:
            for name in sorted(names(_story(card))):
                if used.setdefault(name, f"{card.topic}/{card.slug}") not in {card.topic, f"{card.topic}/{card.slug}"}:
                    what = f"“{name}” is in the story of “{used[name]}” too"
                    yield Fault(card.origin.file, 1, what, "give one of the two another name")


def _story(card: Card) -> tuple[str, ...]:
    passages = card.origin.passages
    return passages[passages.index(_STORY) :] if _STORY in passages else ()


def _too_hard(file: str, reading: Reading, grade: float, what: str) -> Iterator[Fault]:
    if reading.grade > grade:
        yield Fault(file, 1, f"{what} reads at grade {reading.grade:.1f}, above {grade:g}", "use shorter words")
    if reading.sentence > SENTENCE_WORDS:
        yield Fault(file, 1, f"{what} has {reading.sentence:.1f} words a sentence", "split the long sentences")


def _unsaid(pack: Pack) -> Iterator[Fault]:
    """Find translations without the English that has to be said or heard, such as what to say to 999."""
    original = pack.site.original.tag
    for locale in (each.tag for each in pack.site.locales[1:]):
        for text, source in _pairs(pack, locale, original):
            if text.translation is not Translation.MISSING:
                for words in missing_english(source.origin.texts, text.origin.texts):
                    yield Fault(text.origin.file, 1, f"the English “{words}” is not here", _SAY.format(words))
        for phrase in _named(pack):
            shown = phrase.in_locale(locale)
            if shown.translation is not Translation.MISSING:
                for words in missing_english([phrase.original.text], [shown.text]):
                    yield Fault(shown.file, shown.line, f"the English “{words}” is not here", _SAY.format(words))


def _pairs(pack: Pack, locale: str, original: str) -> Iterator[tuple[_Text, _Text]]:
    """Pair every text of a language with the one it was made from."""
    for topic, source in zip(pack.topics(locale), pack.topics(original), strict=True):
        yield topic, source
        for card in topic.cards:
            yield card, source.card(card.slug)
    for slug, page in pack.prose[original].items():
        yield pack.page(locale, slug), page
    course, first = pack.course(locale), pack.course(original)
    if course.intro and first.intro:
        yield course.intro, first.intro
    yield from zip(course.lessons, first.lessons, strict=True)
    yield pack.finder(locale), pack.finder(original)
    said, asked = pack.you_said(locale), pack.you_said(original)
    if said and asked:
        yield said, asked


def _named(pack: Pack) -> list[Phrase]:
    """List every phrase."""
    names = [pack.site.borough, pack.site.brand, *(area.name for area in pack.site.areas)]
    names += [need.name for need in pack.services.needs]
    return names + [phrase for service in pack.services.services for phrase in service.phrases]


def _doubled(pack: Pack) -> Iterator[Fault]:
    """Find services that doubt what their own text says, or whose text keeps silent on what is `told`."""
    if pack.site.original.tag != _MEASURED:
        return
    for service in pack.services.services:
        name = service.name.original
        for doubt, answer in _ANSWERS.items():
            said = [phrase.original.line for phrase in service.phrases if answer.search(phrase.original.text)]
            if said and doubt in service.doubts:
                what = f"“{service.id}” speaks of “{doubt}” here, and its doubts call that not checked"
                fix = f"set the field, change the text, or write “told: [{doubt}]”"
                yield Fault(name.file, said[0], what, fix)
            if doubt in service.told and not said:
                what = f"no text of “{service.id}” tells about “{doubt}”"
                yield Fault(name.file, name.line, what, "write it, or take it out of told")


def _interfaces(pack: Pack) -> Iterator[Fault]:
    """Find languages in which the words around every page, such as “Leave now”, or pictures would be English."""
    pictures = json.loads((assets_folder() / "manifest.json").read_text(encoding="utf-8"))
    for locale in pack.site.locales:
        folder = translations_folder() / locale.tag.replace("-", "_")
        if locale.tag.split("-")[0] != _MEASURED and not folder.is_dir():
            fix = f"fill {folder.name}/LC_MESSAGES/messages.po in translations/ (CONTRIBUTING.md: Add a language)"
            yield Fault(SITE_FILE, locale.line, f"{locale.tag}: the words around the pages are English", fix)
        if not {f"{form}-{locale.tag}.png" for form in _PICTURED} <= pictures.keys():
            what = f"{locale.tag}: stores of apps show pictures of the English pages"
            yield Fault(SITE_FILE, locale.line, what, "in a checkout: python -m scripts.app_pictures")


def _translations(pack: Pack) -> Iterator[Fault]:
    for locale in (each.tag for each in pack.site.locales[1:]):
        for text, source in _pairs(pack, locale, pack.site.original.tag):
            yield from _state(text, source, locale)


def _state(text: _Text, source: _Text, locale: str) -> Iterator[Fault]:
    yield from _note(text.translation, (text.origin.file, 1), locale, source.origin.fingerprint)


def _note(
    state: Translation, place: tuple[str, int], locale: str, fingerprint: str, where: str = ""
) -> Iterator[Fault]:
    if state is Translation.MISSING:
        yield Fault(*place, f"{locale}: there is no translation", f"write one{where}, with source: “{fingerprint}”")
    elif state is Translation.OUTDATED:
        yield Fault(*place, f"{locale}: the English has changed", f"mend it, then set source: “{fingerprint}”")
    elif state is Translation.MACHINE:
        yield Fault(*place, f"{locale}: translated by computer", "ask a person to check it, then write “human”")


def _phrases(pack: Pack) -> Iterator[Fault]:
    for locale in (each.tag for each in pack.site.locales[1:]):
        for phrase in _named(pack):
            shown = phrase.in_locale(locale)
            where = "" if shown.locale == locale else f" in {locale}/{shown.file}"
            yield from _note(shown.translation, (shown.file, shown.line), locale, phrase.fingerprint, where)


def _unmeasured(pack: Pack) -> Iterator[Fault]:
    """Find cards that are too short to help, or too long to be read to their end."""
    least, most = CARD_WORDS
    for card in (card for topic in pack.topics(pack.site.original.tag) for card in topic.cards):
        if not least <= (words := body_words(card)) <= most:
            what = f"the card has {words} words below what to do first"
            yield Fault(card.origin.file, 1, what, f"write {least} to {most}")


def _unverified(pack: Pack) -> Iterator[Fault]:
    for service in pack.services.services:
        if service.verified_on is None:
            what = f"nobody has tried “{service.id}”"
            name = service.name.original
            yield Fault(name.file, name.line, what, "try it, then set verified_on and status: live")
