"""What a reader of PDF files finds in a page that Chromium printed."""

import re
import subprocess
import unicodedata
from pathlib import Path

from playwright.sync_api import Page

MM_PER_POINT = 25.4 / 72
NO_GLYPHS = {"Cf", "Cc"}  # marks of direction and the like, which print nothing


def printed(page: Page, folder: Path, *, background: bool = False) -> Path:
    """Print the page that is open, with its tags, on the paper that its style sheet asks for."""
    file = folder / "print.pdf"
    page.pdf(path=file, prefer_css_page_size=True, tagged=True, print_background=background)
    return file


def facts(pdf: Path) -> dict[str, str]:
    """What the file says of itself: `Pages`, `Tagged`, `Page size` and more."""
    return dict(re.findall(r"^([A-Za-z ]+): +(.*)$", _run("pdfinfo", pdf), re.MULTILINE))


def paper(pdf: Path) -> tuple[float, float]:
    """Width and height of the first sheet in millimetres."""
    width, height = facts(pdf)["Page size"].split(" pts")[0].split(" x ")
    return float(width) * MM_PER_POINT, float(height) * MM_PER_POINT


def text(pdf: Path) -> str:
    """Every word that can be copied out of the file."""
    return _run("pdftotext", pdf, "-")


def codes(pdf: Path, *, grey: bool = False, dots: int = 100) -> str:
    """What a scanner reads from the first sheet at so many dots an inch, in colour or as a copier shows it."""
    name, kind = pdf.with_name("sheet-grey" if grey else "sheet"), "-gray" if grey else "-png"
    _run("pdftoppm", "-r", str(dots), "-singlefile", kind, pdf, name)
    return _run("zbarimg", "--quiet", "--raw", name.with_suffix(".pgm" if grey else ".png")).strip()


def many_codes(pdf: Path, count: int) -> list[str]:
    """What a scanner reads of so many codes on the first sheet.

    A scanner passes over one or another at a raster that happens to lie badly, as a phone does until its hand moves.
    """
    found: list[str] = []
    for dots in (200, 250, 300, 400):
        found = codes(pdf, dots=dots).split()
        if len(found) == count:
            break
    return found


def assert_every_letter(pdf: Path, wanted: str) -> None:
    """Fail unless every letter of a text is in the file with a glyph of a font that travels with it."""
    fonts = [line.split() for line in _run("pdffonts", pdf).splitlines()[2:]]
    assert fonts
    assert all((columns[-5], columns[-3]) == ("yes", "yes") for columns in fonts), fonts  # embedded, with its letters
    assert _letters(wanted) - _letters(text(pdf)) == set(), "letters without a glyph"


def _letters(words: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", words)
    return {letter for letter in folded if not letter.isspace() and unicodedata.category(letter) not in NO_GLYPHS}


def _run(*command: str | Path) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout
