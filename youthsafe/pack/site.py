"""site.yaml: whose pack this is, its languages, its topics and the areas of the borough."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale as Language
from babel import UnknownLocaleError

from youthsafe.pack.document import Section
from youthsafe.pack.faults import Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.nations import Nation
from youthsafe.pack.phrases import Phrase, Translations, finish, inner_translations, parse_phrase

FILE: Final = "site.yaml"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TABLE = re.compile(r"\w[\w-]*\.(?:ctb|utb|tbl)", re.ASCII)
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of the pack, and its line. `checked` is whether a person has reviewed the interface and phrases in it.

    `risk_phrases` are words that may mean danger, looked for on the reporter's phone only. `braille` is its table of
    liblouis.
    """

    tag: str
    name: str
    direction: str
    checked: bool
    reviewed_by_role: str | None
    reviewed_on: date | None
    risk_phrases: tuple[str, ...]
    braille: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the borough, with a window of the map of its own."""

    id: str
    name: Phrase


@dataclass(frozen=True, slots=True)
class Site:
    """Whose pack this is. `exit_address` is where Leave now goes; the first of `locales` is the original's.

    `nation` says which bank holidays are kept here.
    """

    pack: str
    borough: Phrase
    brand: Phrase
    nation: Nation
    exit_address: str
    locales: tuple[Locale, ...]
    topics: tuple[str, ...]
    areas: tuple[Area, ...]

    @property
    def original(self) -> Locale:
        """The language that everything is written in first."""
        return self.locales[0]

    def locale(self, tag: str) -> Locale:
        """Return a language by its tag; raises KeyError."""
        return {locale.tag: locale for locale in self.locales}[tag]


def parse_site(section: Section, translation: Callable[[str], Fields], faults: list[Fault]) -> Site:
    """Read the pack's first file; adds to `faults`. `translation` opens the file of the same name of another locale."""
    fields = Fields(section, FILE, faults)
    locales = tuple(_locale(each, original=index == 0) for index, each in enumerate(fields.each("locales")))
    tag = locales[0].tag if locales else "en"
    translations = {each.tag: translation(each.tag) for each in locales[1:] if _TAG.fullmatch(each.tag)}
    areas = inner_translations(translations, "areas")
    site = Site(
        pack=fields.text("pack"),
        borough=parse_phrase(fields, "borough", tag, translations),
        brand=parse_phrase(fields, "brand", tag, translations),
        nation=Nation(fields.choice("nation", tuple(Nation))),
        exit_address=fields.text("exit_address"),
        locales=locales,
        topics=fields.texts("topics"),
        areas=tuple(_area(each, tag, areas) for each in fields.each("areas")),
    )
    fields.finish()
    finish(areas)
    finish(translations)
    _check(site, fields)
    return site


def _locale(fields: Fields, *, original: bool) -> Locale:
    status = fields.choice("interface", ("original", "machine", "human"))
    locale = Locale(
        tag=fields.text("tag"),
        name=fields.text("name"),
        direction=fields.choice("dir", ("ltr", "rtl")),
        checked=status != "machine",
        reviewed_by_role=fields.optional_text("reviewed_by_role"),
        reviewed_on=fields.day("reviewed_on"),
        risk_phrases=fields.texts("risk_phrases", required=False),
        braille=fields.optional_text("braille"),
        line=fields.section.line,
    )
    fields.finish()
    _check_phrases(locale, fields)
    if not _TAG.fullmatch(locale.tag) or not _is_known(locale.tag):
        fields.fault("tag", f"“{locale.tag}” is not a language tag", "write a tag such as en, pl or zh-Hans")
    if locale.braille and not _TABLE.fullmatch(locale.braille):
        fields.fault("braille", f"“{locale.braille}” is no table of liblouis", "write a name such as en-ueb-g2.ctb")
    if original != (status == "original"):
        fields.fault("interface", f"“interface” cannot be “{status}” here", "only the first language is the original")
    if status == "human" and not (locale.reviewed_by_role and locale.reviewed_on):
        fields.fault("interface", "a person's check needs a role and a day", "add reviewed_by_role and reviewed_on")
    return locale


def _check_phrases(locale: Locale, fields: Fields) -> None:
    for phrase in locale.risk_phrases:
        words = phrase.removeprefix("!")
        if not words or not all(_may_stand_in_a_phrase(character) for character in words):
            fault = f"a risk phrase cannot be “{phrase}”"
            fields.fault("risk_phrases", fault, "use letters, spaces, / and * only, and ! before all of it")


def _may_stand_in_a_phrase(character: str) -> bool:
    return character in " */'’" or unicodedata.category(character)[0] in "LMN"


def _is_known(tag: str) -> bool:
    """Tell whether dates and numbers can be written in a language; a page could not be shown in any other."""
    try:
        return bool(Language.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return False


def _area(fields: Fields, tag: str, translations: Translations) -> Area:
    name = fields.text("id")
    translated = inner_translations(translations, name)
    area = Area(name, parse_phrase(fields, "name", tag, translated))
    fields.finish()
    finish(translated)
    if area.id and not SLUG.fullmatch(area.id):
        fields.fault("id", f"“id” cannot be “{area.id}”", "use small letters, digits and hyphens")
    return area


def _check(site: Site, fields: Fields) -> None:
    if site.exit_address and not site.exit_address.startswith("https://"):
        fields.fault("exit_address", "the exit address does not start with https://", "write it in full")
    for topic in site.topics:
        if not SLUG.fullmatch(topic):
            fields.fault("topics", f"a topic cannot be “{topic}”", "use small letters, digits and hyphens")
    for key, names in (
        ("locales", [locale.tag for locale in site.locales]),
        ("topics", list(site.topics)),
        ("areas", [area.id for area in site.areas]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            fields.fault(key, f"“{name}” is there twice", "keep one of the two")
