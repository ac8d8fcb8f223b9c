"""Everything that the trail can tell has its sentence, in every language."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from youthsafe.audit.actions import Action

ROOT = Path(__file__).parents[2]
WORDS = (ROOT / "youthsafe/static/pwa/src/desk/pages/trail/words.tsx").read_text(encoding="utf-8")
SENTENCES = {
    action: re.findall(r'_\(\s*"((?:[^"\\]|\\.)+)"', words)
    for action, words in re.findall(
        r'^  "([a-z.-]+)": \((?:told)?\) =>(.*?),\n(?=  "|\};)', WORDS, re.MULTILINE | re.DOTALL
    )
}


def test_every_action_has_a_sentence_and_no_sentence_is_of_none() -> None:
    assert set(SENTENCES) == {each.value for each in Action}
    assert all(SENTENCES.values())


def test_no_two_actions_are_told_in_the_same_words() -> None:
    told = [each for sentences in SENTENCES.values() for each in sentences]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("locale", ["ar", "fr", "pl", "ta"])
def test_each_sentence_is_there_in_every_language_with_all_its_places(locale: str) -> None:
    with (ROOT / f"translations/{locale}/LC_MESSAGES/messages.po").open("rb") as catalogue:
        found = {each.id: each for each in read_po(catalogue, locale=locale)}
    for action, sentences in SENTENCES.items():
        for sentence in sentences:
            translated = found[sentence]
            assert translated.string, f"{locale}: {action}"
            assert not translated.fuzzy, f"{locale}: {action}"
            assert sorted(re.findall(r"%\(\w+\)s", str(translated.string))) == sorted(
                re.findall(r"%\(\w+\)s", sentence)
            )
