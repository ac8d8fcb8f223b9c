"""What a page carries of the risk phrases weighs less than the pack's own lines, and no more than is heard."""

from collections import Counter

from tests.packs import packaged
from youthsafe.pack.risk_phrases import _heard, carried_phrases


def test_a_word_that_another_covers_is_not_carried() -> None:
    assert _heard("kiling/kil*/cut myself/*self") == "kil*/cut *self"
    assert _heard("kil*/kil** me") == "kil* me"


def test_a_harmless_phrase_is_still_marked_at_its_beginning() -> None:
    written = [phrase for locale in packaged().site.locales for phrase in locale.risk_phrases if "!" in phrase]
    carried = [phrase for phrase in carried_phrases(packaged().site)[::-1].split("|") if "!" in phrase]
    assert written
    assert len(carried) == len(set(map(_heard, written)))
    assert [phrase for phrase in carried if not phrase.startswith("!")] == []
    assert _heard("!kilometre/kms/k* away") == "!k* away"


def test_what_is_frequent_stands_first_in_every_place() -> None:
    carried = carried_phrases(packaged().site)[::-1].split("|")
    places = [place.split("/") for phrase in carried for place in phrase.removeprefix("!").split(" ")]
    often = Counter(word for place in places for word in place)
    for place in places:
        assert place == sorted(place, key=lambda word: (-often[word], word))
