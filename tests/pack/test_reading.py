"""The measure of reading counts as a person would."""

import pytest

from youthsafe.pack.reading import Reading, read, syllables


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


def ease(reading: Reading) -> float:
    """The same words and syllables by Flesch's older formula (1948), for which more examples were published."""
    beats = (reading.grade + 15.59 - 0.39 * reading.sentence) / 11.8
    return 206.835 - 1.015 * reading.sentence - 84.6 * beats


# As published in Wikipedia, "Flesch-Kincaid readability tests" (read in 2026).
@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The cat sat on the mat.", 116),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69),
    ],
)
def test_published_examples_measure_as_published(text: str, published: int) -> None:
    assert round(ease(read([text]))) == published


def test_the_lowest_grade_is_the_published_one() -> None:
    assert read(["Go."]).grade == pytest.approx(-3.40)


def test_a_word_that_may_be_counted_either_way_is_counted_as_the_harder_one() -> None:
    """Published with 24 syllables, -ian as one, which is 37.5 and grade 11.3; two is how it is said slowly."""
    platypus = read(["The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."])
    assert platypus.sentence == 13
    assert platypus.grade == pytest.approx(0.39 * 13 + 11.8 * 26 / 13 - 15.59)
    assert platypus.grade > 0.39 * 13 + 11.8 * 24 / 13 - 15.59
