"""What a page carries of the risk phrases weighs less than the pack's own lines, and no more than is heard."""

from collections import Counter

from tests.packs import packaged
from youthsafe.pack.risk_phrases import _heard, carried_phrases


def test_a_word_that_another_covers_is_not_carried() -> None:
    assert _heard("kiling/kil*/cut myself/*self") == "kil*/cut *self"


def test_what_is_frequent_stands_first_in_every_place() -> None:
    carried = carried_phrases(packaged().site)[::-1].split("|")
    places = [place.split("/") for phrase in carried for place in phrase.split(" ")]
    often = Counter(word for place in places for word in place)
    for place in places:
        assert place == sorted(place, key=lambda word: (-often[word], word))
