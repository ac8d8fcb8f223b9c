"""The bones of a lesson file: `# part`, `## slide: minutes`, `> note`, `- [x] answer`. Lines keep their numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from youthsafe.pack.prose import Prose

_PART = re.compile(r"# +(?P<title>.+?) *")
_SLIDE = re.compile(r"## +(?P<title>.+?) *(?:: *(?P<minutes>\d{1,2}))? *")
_NOTE = re.compile(r"> ?(?P<words>.*)")
_OPTION = re.compile(r"- \[(?P<mark>[ xX])\] +(?P<words>.+?) *")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a file below one heading. `line` is the heading's; `lines` are those below it."""

    title: str
    minutes: int | None
    line: int
    lines: tuple[str, ...]
    file: str

    def prose(self, keep: Callable[[str], str | None] = lambda line: line) -> Prose:
        """Return the lines that `keep` returns; the others stay as empty lines, so that faults name the right one."""
        return Prose("\n".join(keep(line) or "" for line in self.lines), self.file, self.line)

    @property
    def first_words(self) -> int | None:
        """The number of the first line with anything on it, or None where there is none."""
        return next((self.line + place for place, line in enumerate(self.lines, 1) if line.strip()), None)

    def slides(self) -> "tuple[Chunk, list[Chunk]]":
        """Return what stands before the first slide, and each slide."""
        first, *slides = _split(self, _SLIDE)
        return first, slides


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a quiz question."""

    words: str
    right: bool
    place: int


def parts_of(body: Prose) -> tuple[Chunk, list[Chunk]]:
    """Return what stands before the first part, and each part."""
    whole = Chunk("", None, body.offset, tuple(body.text.split("\n")), body.file)
    first, *parts = _split(whole, _PART)
    return first, parts


def note(line: str) -> str | None:
    """Return the words of a teacher's note, or None for any other line."""
    found = _NOTE.fullmatch(line)
    return found["words"] if found else None


def shown(line: str) -> str | None:
    """Return a line that pupils see, or None for a note or an answer."""
    return None if _NOTE.fullmatch(line) or _OPTION.fullmatch(line) else line


def options(slide: Chunk) -> tuple[Option, ...]:
    """Return a slide's answers; `place` is where the line stands below the heading."""
    found = ((place, _OPTION.fullmatch(line)) for place, line in enumerate(slide.lines))
    return tuple(Option(match["words"], match["mark"] != " ", place) for place, match in found if match)


def _split(chunk: Chunk, heading: re.Pattern[str]) -> list[Chunk]:
    """Cut a chunk at its headings; the first piece is what stands above them."""
    found = [(place, match) for place, line in enumerate(chunk.lines) if (match := heading.fullmatch(line))]
    ends = [place for place, _ in found] + [len(chunk.lines)]
    pieces = [Chunk(chunk.title, chunk.minutes, chunk.line, chunk.lines[: ends[0]], chunk.file)]
    for (place, match), end in zip(found, ends[1:], strict=True):
        named = match.groupdict()
        title, minutes = named["title"], named.get("minutes")
        line = chunk.line + place + 1
        pieces.append(Chunk(title, int(minutes) if minutes else None, line, chunk.lines[place + 1 : end], chunk.file))
    return pieces
