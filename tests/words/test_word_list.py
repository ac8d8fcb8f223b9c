"""Every word list keeps its rules (docs/decisions/0004-word-list.md, 0100-a-code-for-every-script.md)."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.words.lists import LISTS, words_of

HERE = Path(__file__).parent
CARD_WORDS = LISTS / "card.txt"
LANGUAGES = sorted(path.stem for path in LISTS.glob("??.txt"))
LONGEST = {"en": 7}  # letters; words of other languages are longer
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def table(language: str, name: str) -> list[list[str]]:
    """Rows of words in a file of a language's folder, without comments and empty lines."""
    lines = (HERE / language / name).read_text(encoding="ascii").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def is_banned(word: str, bans: set[str]) -> bool:
    """Whether a word is banned itself or begins with a banned stem (`stem*`)."""
    return word in bans or any(f"{word[:end]}*" in bans for end in range(1, len(word) + 1))


def one_slip_from(word: str) -> Iterator[str]:
    """Every text at Damerau-Levenshtein distance 1: a letter dropped, added, changed, or two swapped."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS if letter != tail[0])
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def words(language: str) -> list[str]:
    return words_of(language)


def test_there_are_lists_for_these_languages() -> None:
    assert LANGUAGES == ["en", "fr", "pl"]


def test_the_list_has_one_word_for_each_of_2048_indices(words: list[str]) -> None:
    assert len(words) == len(set(words)) == 2048


def test_the_file_is_plain_lines_and_ends_with_one_line_break(language: str, words: list[str]) -> None:
    assert (LISTS / f"{language}.txt").read_bytes() == ("\n".join(words) + "\n").encode("ascii")


def test_every_word_is_three_to_eight_letters_that_every_keyboard_has(language: str, words: list[str]) -> None:
    longest = LONGEST.get(language, 8)
    assert [word for word in words if not (3 <= len(word) <= longest and set(word) <= set(LETTERS))] == []


def test_the_words_stand_in_alphabetical_order(words: list[str]) -> None:
    assert words == sorted(words)


def test_the_first_four_letters_tell_every_word_apart(words: list[str]) -> None:
    assert [start for start, times in Counter(word[:4] for word in words).items() if times > 1] == []


def test_no_word_begins_another_word(words: list[str]) -> None:
    assert [pair for pair in pairwise(words) if pair[1].startswith(pair[0])] == []


def test_no_single_slip_turns_one_word_into_another(words: list[str]) -> None:
    known = set(words)
    assert [(word, slip) for word in words for slip in one_slip_from(word) if slip in known] == []


def test_no_two_words_sound_alike(language: str, words: list[str]) -> None:
    known = set(words)
    assert [group for group in table(language, "homophones.txt") if len(known & set(group)) > 1] == []


def test_no_word_could_frighten_shame_or_name_a_child(language: str, words: list[str]) -> None:
    bans = {ban for row in table(language, "banned.txt") for ban in row}
    assert [word for word in words if is_banned(word, bans)] == []


def test_a_ban_on_a_stem_reaches_longer_words_and_a_bare_ban_does_not() -> None:
    bans = {"hurt*", "bar"}
    assert [word for word in ("hurt", "hurtful", "bar", "barn") if is_banned(word, bans)] == ["hurt", "hurtful", "bar"]


def test_a_slip_is_a_letter_dropped_added_changed_or_two_swapped() -> None:
    slips = set(one_slip_from("kite"))
    assert {"kit", "kites", "bite", "ktie"} <= slips
    assert not {"kite", "it", "kitten", "etik"} & slips


def test_the_words_of_card_numbers_are_256_of_the_list_so_that_they_keep_its_rules() -> None:
    named = CARD_WORDS.read_text(encoding="ascii").splitlines()
    assert len(set(named)) == len(named) == 256
    assert named == sorted(named)
    assert set(named) <= set(words_of("en"))
