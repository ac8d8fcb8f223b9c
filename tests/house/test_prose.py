"""The docs are written in short sentences, which somebody tired understands.

Code, tables and headings are no sentences. A code span, a link's text and an item of a list count as what they say.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
LONGEST, ON_AVERAGE = 35, 16

FENCED = re.compile(r"^```.*?^```\s*$", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"\s*([-*]|\d+\.)\s+")
NO_SENTENCE = ("|", "#", "<", "![", ">")
SENTENCE_ENDS = re.compile(r"(?<=[.!?:])[\"”)]*\s+(?=[\"“(]?[A-Z0-9]|code\b)")
WORD = re.compile(r"[^\W_][\w'’.,%-]*")


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs and items of lists, each on one line."""
    lines: list[str] = []
    for line in [*FENCED.sub("\n", text).splitlines(), ""]:
        item = ITEM.match(line)
        if item or not line.strip() or line.lstrip().startswith(NO_SENTENCE):
            yield " ".join(lines)
            lines = [line[item.end() :].strip()] if item else []
        else:
            lines.append(line.strip())


def sentences(text: str) -> list[tuple[int, str]]:
    """Every sentence of a page, and how many words it has."""
    found = []
    for paragraph in paragraphs(text):
        plain = re.sub(r"`[^`]*`", "code", paragraph)
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", plain).replace("**", "")
        found += [(len(WORD.findall(each)), each) for each in SENTENCE_ENDS.split(plain)]
    return [(words, sentence) for words, sentence in found if words]


def test_a_sentence_is_counted_as_a_reader_counts_it() -> None:
    page = "# A heading is none\n\nOne two `three four` five.\nIt has\n[two links](x.md).\n\n- An item: no more.\n"
    code_and_table = "```\nnot this line at all\n```\n| nor this |\n"
    assert [words for words, _ in sentences(page + code_and_table)] == [4, 4, 4]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_sentence_is_too_long_to_be_understood_at_once(page: Path) -> None:
    long = [f"{words} words: {sentence}" for words, sentence in sentences(page.read_text("utf-8")) if words > LONGEST]
    assert long == []


def test_sentences_are_short_on_average() -> None:
    every = [words for page in PAGES for words, _ in sentences(page.read_text("utf-8"))]
    assert mean(every) <= ON_AVERAGE
