"""The measure of reading counts as a person would."""

import pytest

from youthsafe.cards.reading import read, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("safe", 1), ("table", 2), ("adult", 2), ("stopped", 1), ("wanted", 2), ("pages", 2), ("bullying", 3),
     ("safeguarding", 4), ("computer", 3), ("nobody", 3), ("don’t", 1), ("didn't", 2), ("people", 2), ("quiet", 2),
     ("idea", 3), ("friend’s", 1), ("I", 1)],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_formula() -> None:
    reading = read(["The cat sat on the mat. The dog ran."])
    assert reading.sentence == pytest.approx(4.5)
    assert reading.grade == pytest.approx(0.39 * 4.5 + 11.8 * 1 - 15.59)


def test_hard_prose_is_far_above_the_limit() -> None:
    text = (
        "Organisations demonstrating unsatisfactory safeguarding arrangements undermine institutional accountability."
    )
    assert read([text]).grade > 15


def test_numbers_are_not_words_and_nothing_reads_as_nothing() -> None:
    assert read(["Call 999."]).sentence == 1
    assert read([]).grade == 0
