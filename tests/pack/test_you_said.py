"""What young people asked for is told with every answer that was given, and with none that was not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config
from youthsafe.pack.check import examine
from youthsafe.pack.faults import ContentError, Fault
from youthsafe.pack.pack import Pack, load
from youthsafe.pack.you_said import STATUSES

Change = Callable[[str, str, str], None]
FILE, ARABIC = "en/you-said.yaml", "ar/you-said.yaml"


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return caught.value.faults


def test_all_sixteen_ideas_are_there_and_each_has_an_answer_or_says_that_there_is_none(pack: Pack) -> None:
    said = pack.you_said("en")
    assert said is not None
    assert len(said.asks) == 16
    assert all(ask.answers for ask in (*said.asks, *said.more))
    assert {answer.status for ask in (*said.asks, *said.more) for answer in ask.answers} == set(STATUSES)


def test_a_translation_has_the_same_ideas_and_the_status_of_the_original(pack: Pack) -> None:
    english, arabic = pack.you_said("en"), pack.you_said("ar")
    assert english is not None
    assert arabic is not None
    assert arabic.translation == "machine"
    for own, original in zip((*arabic.asks, *arabic.more), (*english.asks, *english.more), strict=True):
        assert (own.id, own.same_as) == (original.id, original.same_as)
        assert [each.status for each in own.answers] == [each.status for each in original.answers]
        assert own.said != original.said


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (FILE, "status: cannot", "status: never", "“status” cannot be “never”"),
        (FILE, "year: 2019", "year: once", "“year” is not a whole number"),
        (FILE, "id: street-lights", "id: Street lights", "“id” cannot be “Street lights”"),
        (FILE, "- id: street-lights", "- id: school-police", "“school-police” is there twice"),
        (FILE, "same_as: police-near-parks-and-shops", "same_as: nothing", "“police-patrols” is the same as “nothing”"),
        (FILE, "  - id: cannot\n    label: Cannot, and why\n", "", "a status has no label"),
        (FILE, "said: Have police in schools.", "sad: Have police in schools.", "“said” is missing"),
        (ARABIC, "translation: machine", "translation: original", "“translation” cannot be “original”"),
        (ARABIC, "- id: street-lights", "- id: other", "the ideas are not those of the original"),
        (ARABIC, "- id: street-lights", "- id: other", "“other” has not the answers of the original"),
    ],
)
def test_a_fault_is_named(*, folder: Path, change: Change, file: str, old: str, new: str, what: str) -> None:
    change(file, old, new)
    found = [fault for fault in faults(folder) if fault.what.startswith(what)]
    assert [fault.file for fault in found] == [file]
    assert all(fault.fix and fault.line for fault in found)


def test_changed_english_makes_the_translation_out_of_date(folder: Path, change: Change) -> None:
    change(FILE, "Have police in schools.", "Have more police in schools.")
    pack = load(folder)
    said = pack.you_said("ar")
    assert said is not None
    assert said.translation == "outdated"
    assert any(note.file == ARABIC and "the English has changed" in note.what for note in examine(pack).notes)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_pupil_reads_every_idea_with_where_the_answers_come_from(
    client: FlaskClient, pack: Pack, locale: str
) -> None:
    answer = client.get(f"/{locale}/you-said/")
    text, said = answer.get_data(as_text=True), pack.you_said(locale)
    assert answer.status_code == 200
    assert said is not None
    assert said.source in text
    for ask in (*said.asks, *said.more):
        assert f'id="{ask.id}"' in text
    assert f'href="/{locale}/you-said/"' in client.get(f"/{locale}/").get_data(as_text=True)


def test_a_pack_without_it_neither_shows_nor_links_to_it(
    folder: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    for path in folder.glob("*/you-said.yaml"):
        path.unlink()
    client = make_app(replace(config, content=folder)).test_client()
    assert client.get("/en/you-said/").status_code == 404
    assert "/you-said/" not in client.get("/en/").get_data(as_text=True)
