"""What the shipped pack says: plain, complete, and nothing that could hurt a child."""

import re
from pathlib import Path

import pytest

import youthsafe
from tests.packs import packaged
from youthsafe.pack.check import CARD_WORDS, body_words, card_reading, examine
from youthsafe.pack.pack import Pack
from youthsafe.pack.reading import CARD_GRADE, SAFETY_GRADE, SENTENCE_WORDS, read
from youthsafe.pack.texts import Card

CARDS = [card for topic in packaged().topics("en") for card in topic.cards]
FORBIDDEN = [
    r"has (this|it|that) (ever )?happened to you", r"\bgang member", r"\bvictims?\b", r"\bbull(y|ies)\b",
    r"\bperpetrator", r"\boffender", r"\bthug", r"100 ?%", r"anonymous(ly)?\b", r"\bsecret", r"always here",
    r"times more likely", r"one in (three|four|five)", r"\bstabb", r"\bblood", r"\bsnitch(?!ing)",
]  # fmt: skip

LONGER = {  # than a child reads to its end; shortening one means to translate it again
    "bullying": {
        "if-it-is-dangerous-now",
        "when-you-are-the-one-doing-it",
        "tell-an-adult",
        "when-it-is-about-who-you-are",
    },
    "knife-crime": {
        "leave-and-stay-away",
        "if-you-know-about-a-knife",
        "if-a-friend-carries",
        "if-someone-asks-you-to-hold-something",
        "if-you-carry-or-think-about-it",
        "if-it-is-dangerous-now",
        "if-someone-is-hurt",
    },
    "healthy-relationships": {
        "saying-no",
        "when-someone-pushes-you",
        "jealous-or-in-charge",
        "touch-that-is-not-ok",
        "told-not-to-tell",
        "if-you-are-the-one-pushing",
        "if-it-is-dangerous-now",
    },
    "online-safety": {
        "someone-you-only-know-online",
        "a-grown-up-wants-a-private-chat",
        "pictures-of-you",
        "if-someone-threatens-you",
        "group-chats",
        "scams-and-free-gifts",
        "things-that-upset-or-hate",
        "when-a-friend-is-in-trouble-online",
        "when-you-posted-it",
    },
    "drugs-and-alcohol": {
        "when-you-are-offered-something",
        "about-vapes",
        "if-you-are-asked-to-carry",
        "if-you-are-in-it",
        "if-someone-is-ill",
        "worried-about-a-friend",
        "alcohol-or-drugs-at-home",
        "if-you-drink-vape-or-take-something",
    },
    "getting-help": {
        "choosing-someone-to-tell",
        "what-happens-when-you-report",
        "stop-and-search",
        "hate-crime",
        "worried-about-home",
        "when-a-friend-tells-you",
        "when-you-did-something-wrong",
        "how-to-call-999",
    },
}


def words_of(card: Card) -> str:
    return " ".join([card.title, card.summary, *card.what_first, *card.origin.passages])


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_can_be_read_at_nine(card: Card) -> None:
    whole, safety = card_reading(card), read(card.what_first)
    assert whole.grade <= CARD_GRADE
    assert safety.grade <= SAFETY_GRADE
    assert max(whole.sentence, safety.sentence) <= SENTENCE_WORDS


def test_a_card_has_120_to_180_words_and_no_further_one_is_longer() -> None:
    other = {f"{card.topic}/{card.slug}" for card in CARDS if not CARD_WORDS[0] <= body_words(card) <= CARD_WORDS[1]}
    assert other == {f"{topic}/{slug}" for topic, slugs in LONGER.items() for slug in slugs}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_labels_nobody_and_promises_nothing_false(card: Card) -> None:
    assert [pattern for pattern in FORBIDDEN if re.search(pattern, words_of(card), re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("topic", "slugs"),
    [
        ("bullying", {"when-you-are-the-one-doing-it"}),
        ("knife-crime", {"if-you-carry-or-think-about-it", "if-someone-asks-you-to-hold-something"}),
        ("healthy-relationships", {"if-you-are-the-one-pushing", "being-a-kind-boy"}),
        ("online-safety", {"when-you-posted-it", "if-you-made-a-fake"}),
        ("drugs-and-alcohol", {"if-you-are-in-it", "if-you-drink-vape-or-take-something", "if-you-are-asked-to-carry"}),
        ("out-on-the-street", {"if-you-are-told-to-rob-someone", "if-you-owe-someone"}),
        ("feeling-very-bad", {"if-you-want-to-hit-back"}),
        ("home-and-family", {"if-you-hurt-someone-at-home", "if-you-are-told-to-watch-her"}),
        ("getting-help", {"when-you-did-something-wrong"}),
    ],
)
def test_every_topic_has_six_cards_and_speaks_to_the_child_who_does_it_or_is_pressed_into_it(
    pack: Pack, topic: str, slugs: set[str]
) -> None:
    cards = {card.slug: card for card in pack.topic("en", topic).cards}
    assert len(cards) >= 6
    assert slugs <= cards.keys()
    for slug in slugs:
        assert re.search(r"adult you trust|Talk to an adult", " ".join(cards[slug].what_first))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_tells_a_made_up_story_and_ends_with_childline(card: Card) -> None:
    assert "A made-up story" in card.origin.passages
    assert "childline" in card.who_helps


def test_the_promise_of_privacy_is_honest(pack: Pack) -> None:
    about = " ".join(pack.page("en", "about").origin.passages)
    assert [pattern for pattern in (r"100 ?%", "anonymous", "secret", "always here") if re.search(pattern, about)] == []
    for told in (
        "do not ask your name",
        "call 999",
        "history",
        "Wi-Fi",
        "like the police",
        "take your report back",
        "it is too late",
    ):
        assert told.lower() in about.lower()


def test_every_text_is_there_in_every_language(pack: Pack) -> None:
    health = examine(pack)
    assert health.faults == ()
    assert [note for note in health.notes if "no translation" in note.what or "has changed" in note.what] == []


def test_no_translation_claims_a_check_that_nobody_made(pack: Pack) -> None:
    for locale in pack.site.locales[1:]:
        for topic in pack.topics(locale.tag):
            assert {topic.translation, *(card.translation for card in topic.cards)} == {"machine"}
        assert not locale.checked


def test_the_borough_is_named_in_the_pack_and_nowhere_in_code(pack: Pack) -> None:
    root = Path(youthsafe.__file__).parent
    files = [path for kind in ("*.py", "*.html") for path in root.rglob(kind) if "node_modules" not in path.parts]
    name = pack.site.borough.original.text.lower()
    assert [path.name for path in files if name in path.read_text(encoding="utf-8").lower()] == []
