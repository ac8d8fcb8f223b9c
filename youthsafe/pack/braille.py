"""A topic's cards as a file for Braille printers and displays (BRF), by `lou_translate` of liblouis.

A page has 25 lines of 40 cells, and the last of them holds its number. Which table of liblouis a language has stands
in site.yaml, so that a language is added and another table is chosen without code.
"""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from textwrap import wrap
from typing import Final

from youthsafe.pack.english import plain
from youthsafe.pack.services import Service
from youthsafe.pack.texts import Card, Topic

CELLS: Final = 40
LINES: Final = 25
COMMAND: Final = "lou_translate"
_DOTS: Final = "unicode.dis"  # cells as Unicode has them, because the command takes a backslash for something else
# The sign of ASCII for each cell of Unicode, from the one without dots: what files of every language are written in.
_ASCII: Final = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_STRETCH: Final = "\u0640"
_EMPTY: Final = 0x2800
_TO_ASCII: Final = {_EMPTY + dots: sign for dots, sign in enumerate(_ASCII)}
_TO_DOTS: Final = {ord(sign): chr(_EMPTY + dots) for dots, sign in enumerate(_ASCII)}
_AT_ONCE: Final = 250  # letters of a line, of four bytes at most: the command cuts at 2,044 bytes
_KINDS: Final = {"h2": "heading", "h3": "heading", "p": "paragraph", "li": "item"}
# The cells before the first line of each kind, and before the others.
_INDENTS: Final = {"heading": ("", ""), "paragraph": ("  ", ""), "item": ("", "  ")}
_TOGETHER: Final = 4  # lines: a heading is not left alone at the foot of a page


class BrailleError(Exception):
    """The text could not be put into Braille; the message says what to do."""


@dataclass(slots=True)
class Passage:
    """A heading, a paragraph or an item of a list, and the language of its words."""

    kind: str
    text: str
    locale: str


def topic_in_braille(topic: Topic, helpers: Sequence[Service], tables: Mapping[str, str]) -> str:
    """Return the file of a topic: its cards, and who helps. `tables` are those of liblouis by language."""
    said = [passage for passage in passages(topic, helpers) if passage.locale in tables]
    pages = _pages(zip([passage.kind for passage in said], _in_cells(said, tables), strict=True))
    numbers = translate([str(page) for page in range(1, len(pages) + 1)], tables[topic.locale])
    return "\f".join(_page(lines, number) for lines, number in zip(pages, numbers, strict=True))


def translate(texts: Sequence[str], table: str, *, back: bool = False) -> list[str]:
    """Return texts in cells, or cells in words; raises BrailleError where liblouis cannot."""
    parts = [wrap(_seen(text), _AT_ONCE, break_long_words=False, break_on_hyphens=False) or [""] for text in texts]
    lines = [line.translate(_TO_DOTS) if back else line for part in parts for line in part]
    found = iter(_run(lines, table, "--backward" if back else "--forward"))
    joined = [" ".join(next(found) for _ in part).strip() for part in parts]
    return joined if back else [_in_ascii(cells, text, table) for cells, text in zip(joined, texts, strict=True)]


def _seen(text: str) -> str:
    """Return a text without what only concerns ink: marks of direction, and the line that stretches Arabic words."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf" and letter != _STRETCH)


def _in_ascii(cells: str, text: str, table: str) -> str:
    written = cells.translate(_TO_ASCII)
    if set(written) - set(_ASCII):
        raise BrailleError(f"The table {table} of liblouis has no six dots for a sign of this text: {text}")
    return written


def _run(lines: Sequence[str], table: str, direction: str) -> list[str]:
    command = shutil.which(COMMAND)
    if command is None:
        raise BrailleError(f"There is no {COMMAND} here: install liblouis (on Debian: apt-get install liblouis-bin).")
    ran = subprocess.run(  # noqa: S603 — the table's name was checked when site.yaml was read
        [command, direction, f"{_DOTS},{table}"],
        input="\n".join([*lines, ""]),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    found = ran.stdout.split("\n")[:-1]
    if ran.returncode or len(found) != len(lines):
        raise BrailleError(f"liblouis can do nothing with the table {table}: name one that it has, in site.yaml.")
    return found


def passages(topic: Topic, helpers: Sequence[Service]) -> Iterator[Passage]:
    """Give everything that is said of a topic, each in the language in which it is there."""
    yield Passage("heading", plain(topic.title), topic.locale)
    yield Passage("paragraph", plain(topic.summary), topic.locale)
    for card in topic.cards:
        yield from _card(card)
    for service in helpers:
        name = service.name.in_locale(topic.locale)
        text = service.text and f"{service.text.say or ''} {service.text.to}".strip()
        ways = [way for way in (service.phone, text) if way] or [service.web_name or ""]
        yield Passage("item", f"{plain(name.text)}: {', '.join(ways)}", name.locale)


def _card(card: Card) -> Iterator[Passage]:
    yield Passage("heading", plain(card.title), card.locale)
    yield Passage("paragraph", plain(card.summary), card.locale)
    for number, step in enumerate(card.what_first, start=1):
        yield Passage("item", f"{number}. {plain(step)}", card.locale)
    yield from _Prose(card.locale).read(card.html)


class _Prose(HTMLParser):
    """The passages of a card's HTML, which is our own."""

    def __init__(self, locale: str) -> None:
        super().__init__()
        self._locale = locale
        self._found: list[Passage] = []
        self._number: int | None = None

    def read(self, html: str) -> list[Passage]:
        """Return them."""
        self.feed(html)
        return [passage for passage in self._found if passage.text.strip()]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a list, or a passage; the first paragraph of an item is the item."""
        if tag in ("ol", "ul"):
            self._number = 0 if tag == "ol" else None
        if tag in _KINDS and not (tag == "p" and self._is_in_empty_item()):
            self._found.append(Passage(_KINDS[tag], self._beginning(tag), self._locale))

    def handle_data(self, data: str) -> None:
        """Add words."""
        if self._found:
            self._found[-1].text += data

    def _is_in_empty_item(self) -> bool:
        return bool(self._found) and self._found[-1].kind == "item" and not self._found[-1].text.strip("0123456789. \n")

    def _beginning(self, tag: str) -> str:
        if tag != "li" or self._number is None:
            return ""
        self._number += 1
        return f"{self._number}. "


def _in_cells(said: Sequence[Passage], tables: Mapping[str, str]) -> list[str]:
    """Return the passages in cells; each language is translated in one go."""
    cells = [""] * len(said)
    for locale in {passage.locale for passage in said}:
        places = [place for place, passage in enumerate(said) if passage.locale == locale]
        for place, text in zip(places, translate([said[each].text for each in places], tables[locale]), strict=True):
            cells[place] = text
    return cells


def _pages(blocks: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Set passages in lines, and lines on pages."""
    pages: list[list[str]] = [[]]
    for kind, text in blocks:
        lines = [*([""] if kind == "heading" and pages[-1] else []), *_lines(kind, text)]
        if len(pages[-1]) + (_TOGETHER if kind == "heading" else 1) >= LINES:
            pages.append([])
        for line in lines:
            if len(pages[-1]) == LINES - 1:
                pages.append([])
            if line or pages[-1]:
                pages[-1].append(line)
    return pages


def _lines(kind: str, text: str) -> list[str]:
    first, others = _INDENTS[kind]
    return wrap(text, CELLS, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _page(lines: Sequence[str], number: str) -> str:
    return "\r\n".join([*lines, *[""] * (LINES - 1 - len(lines)), number.rjust(CELLS), ""])
