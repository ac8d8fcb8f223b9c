"""A word that a newcomer to English may not know is found, and an easy one never is."""

from pathlib import Path

import pytest

from youthsafe.pack import vocabulary
from youthsafe.pack.vocabulary import hard_words, idioms, names


@pytest.mark.parametrize(
    "easy",
    ["She stopped running.", "They can’t, won’t and didn't go.", "He’s the biggest of your mum’s babies.",
     "Knives and leaves.", "Get a grown-up, quickly and easily.", "Zofia met Ms Bose in Deptford.",
     "Say, “[Call 999!]{en}”", "In the café", "Class 7B, plan A"],
)  # fmt: skip
def test_an_everyday_word_is_known_in_all_its_forms_and_so_is_a_name(easy: str) -> None:
    assert hard_words([easy]) == []


@pytest.mark.parametrize(
    ("said", "hard"),
    [
        ("Do not procrastinate, or procrastinate.", ["procrastinate"]),
        ("Say “[It is a predicament]{en}” and go.", ["predicament"]),
        ("A self-conscious boy", ["self-conscious"]),
        ("CPR and FGM", ["cpr"]),
    ],
)
def test_any_other_word_is_found_once_and_without_marks(said: str, hard: list[str]) -> None:
    assert hard_words([said]) == hard


def test_what_a_card_names_as_harder_is_passed_over_in_all_its_forms() -> None:
    assert hard_words(["Pouches hold snus. CPR helps."], ["pouch", "snus", "CPR"]) == []


def test_a_phrase_of_easy_words_that_means_something_else_is_found() -> None:
    assert idioms(["He reached the end.", "It’s a Piece of Cake."]) == ["piece of cake"]
    assert idioms(["Cut the cake in pieces."]) == []


def test_a_story_is_about_whoever_has_a_capital_and_is_no_everyday_word() -> None:
    assert names(["On Monday Zofia’s aunt rang Femi.", "The FGM helpline answered."]) == {"Zofia", "Femi"}


def test_no_word_stands_on_two_lists() -> None:
    lists = [
        {word for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#" for word in line.split()}
        for path in Path(vocabulary.__file__).parent.glob("words/*.txt")
        if path.stem != "idioms"
    ]
    assert len(lists) == 2
    assert set.intersection(*lists) == set()
