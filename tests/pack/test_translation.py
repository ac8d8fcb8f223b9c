"""A reader is told how far a translation can be trusted, and always gets a text."""

from collections.abc import Callable
from pathlib import Path

from youthsafe.pack.pack import load
from youthsafe.pack.translation import Translation, fingerprint

Change = Callable[[str, str, str], None]
SLUG = "when-you-see-it"
CARD, ARABIC = f"en/cards/bullying/{SLUG}.md", f"ar/cards/bullying/{SLUG}.md"


def test_a_text_made_by_a_computer_says_so(folder: Path) -> None:
    assert load(folder).card("ar", "bullying", SLUG).translation is Translation.MACHINE


def test_changed_english_makes_a_translation_out_of_date(folder: Path, change: Change) -> None:
    change(CARD, "Most of them do not.", "Most do not.")
    assert load(folder).card("ar", "bullying", SLUG).translation is Translation.OUTDATED


def test_english_that_is_only_wrapped_or_reviewed_stays_current(folder: Path, change: Change) -> None:
    change(CARD, "Most of them do not.", "Most of them\ndo not.")
    change(CARD, "reviewed_by_role: null\nreviewed_on: null", "reviewed_by_role: teacher\nreviewed_on: 2026-11-01")
    assert load(folder).card("ar", "bullying", SLUG).translation is Translation.MACHINE


def test_a_person_who_checked_is_believed_until_the_english_changes(folder: Path, change: Change) -> None:
    change(ARABIC, "translation: machine\nreviewed_by_role: null\nreviewed_on: null",
           "translation: human\nreviewed_by_role: interpreter\nreviewed_on: 2026-11-01")  # fmt: skip
    assert load(folder).card("ar", "bullying", SLUG).translation is Translation.HUMAN
    change(CARD, "Most of them do not.", "Most do not.")
    assert load(folder).card("ar", "bullying", SLUG).translation is Translation.OUTDATED


def test_a_missing_card_falls_back_to_english_in_its_place(folder: Path) -> None:
    (folder / ARABIC).unlink()
    pack = load(folder)
    card = pack.card("ar", "bullying", SLUG)
    assert (card.translation, card.locale) == (Translation.MISSING, "en")
    assert [each.slug for each in pack.topic("ar", "bullying").cards] == [
        each.slug for each in pack.topic("en", "bullying").cards
    ]


def test_a_missing_page_falls_back_to_english(folder: Path) -> None:
    (folder / "ar/pages/about.md").unlink()
    page = load(folder).page("ar", "about")
    assert (page.translation, page.locale) == (Translation.MISSING, "en")


def test_a_changed_sentence_about_a_service_is_out_of_date(folder: Path, change: Change) -> None:
    change("services.yaml", "No worry is too big", "None is too big")
    what = load(folder).services.service("childline").what
    assert what.in_locale("ar").translation is Translation.OUTDATED


def test_a_name_that_is_the_same_everywhere_needs_no_translation(folder: Path) -> None:
    words = load(folder).services.service("childline").name.in_locale("ar")
    assert (words.locale, words.translation) == ("en", Translation.ORIGINAL)


def test_fingerprints_change_with_words_and_their_order() -> None:
    assert fingerprint("a b", "c") == fingerprint("a\n  b", "c") != fingerprint("a", "b c")
