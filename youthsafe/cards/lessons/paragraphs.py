"""Our own HTML of a lesson to paragraphs, for files that are no pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

# A number or English words inside Arabic stay in their order also where no HTML says so.
_ISOLATED: Final = ("\u202a", "\u202c")
_LISTS: Final = ("ul", "ol")
_BLOCKS: Final = ("p", "li", "h2", "h3", "hr")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `language` where it is another one than the lesson's."""

    text: str
    bold: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text. `kind` is p, or the list that it is an item of: ul, ol, or A for answers to choose from."""

    runs: tuple[Run, ...]
    kind: str = "p"


def said(*parts: str, bold: bool = False) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Run(" ".join(parts), bold),))


def paragraphs_of(html: str, *, isolate: bool = False) -> list[Paragraph]:
    """Read our HTML; `isolate` what runs from left to right in a text that does not."""
    reader = _Reader(isolate=isolate)
    reader.feed(html)
    reader.close()
    return reader.found


def plain(paragraphs: Iterable[Paragraph]) -> str:
    """Return the words alone, a line each."""
    return "\n".join("".join(run.text for run in paragraph.runs) for paragraph in paragraphs)


class _Reader(HTMLParser):
    def __init__(self, *, isolate: bool) -> None:
        super().__init__()
        self.found: list[Paragraph] = []
        self._isolate = isolate
        self._runs: list[Run] = []
        self._lists: list[str] = []
        self._inside: list[tuple[str, str | None, bool]] = []  # tag, language, isolated

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, or words of another look."""
        if tag in _BLOCKS:
            self._end()
        if tag in _LISTS:
            self._end()
            self._lists.append(tag)
        if tag in (*_BLOCKS, *_LISTS):
            return
        named = dict(attrs)
        isolated = self._isolate and named.get("dir") == "ltr"
        self._inside.append((tag, named.get("lang"), isolated))
        if isolated:
            self._add(_ISOLATED[0])

    def handle_endtag(self, tag: str) -> None:
        """End what began with the same tag."""
        if tag in (*_BLOCKS, *_LISTS):
            self._end()
            if tag in _LISTS:
                self._lists.pop()
        elif self._inside:
            if self._inside[-1][2]:
                self._add(_ISOLATED[1])
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Take words."""
        words = data.replace("\n", " ")
        if words.strip() or self._runs:
            self._add(words)

    def close(self) -> None:
        """End the last paragraph."""
        super().close()
        self._end()

    def _add(self, words: str) -> None:
        bold = any(tag == "strong" for tag, _, _ in self._inside)
        language = next((each for _, each, _ in reversed(self._inside) if each), None)
        self._runs.append(Run(words, bold, language))

    def _end(self) -> None:
        if any(run.text.strip() for run in self._runs):
            self.found.append(Paragraph(tuple(self._runs), self._lists[-1] if self._lists else "p"))
        self._runs = []
