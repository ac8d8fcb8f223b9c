"""Reading over HTTP, in both directions of writing, with no cookie and no database."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config
from youthsafe.pack.pack import Pack
from youthsafe.pack.prose import Prose

Change = Callable[[str, str, str], None]
CARD = "/{}/cards/bullying/when-you-see-it/"


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    return response.get_data(as_text=True)


def client_of(folder: Path, config: Config, make_app: Callable[[Config], Flask]) -> FlaskClient:
    return make_app(replace(config, content=folder)).test_client()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_pupil_reads_from_topics_to_every_card(client: FlaskClient, pack: Pack, locale: str) -> None:
    assert f"/{locale}/cards/bullying/" in page(client, f"/{locale}/cards/")
    topic = page(client, f"/{locale}/cards/bullying/")
    for card in pack.topic(locale, "bullying").cards:
        address = f"/{locale}/cards/bullying/{card.slug}/"
        assert address in topic
        assert card.title in page(client, address)


def test_a_card_says_what_to_do_first_and_who_helps_last(client: FlaskClient) -> None:
    text = page(client, CARD.format("en"))
    first, story, help_ = (text.index(words) for words in ("What to do first", "A made-up story", 'id="help"'))
    assert first < story < help_ < text.index('href="tel:08001111"', help_)


def test_a_card_leads_to_its_neighbours(client: FlaskClient, pack: Pack) -> None:
    cards = pack.topic("en", "bullying").cards
    first, middle, last = (page(client, f"/en/cards/bullying/{card.slug}/") for card in (cards[0], cards[1], cards[-1]))
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert f'rel="prev" href="/en/cards/bullying/{cards[0].slug}/"' in middle
    assert f'rel="next" href="/en/cards/bullying/{cards[2].slug}/"' in middle


def test_an_unchecked_translation_keeps_the_english_steps_beside_it(client: FlaskClient, pack: Pack) -> None:
    text = page(client, CARD.format("ar"))
    assert text.count("ترجمها الحاسوب") == 1, "it is said once, in one line"
    assert pack.card("en", "bullying", "when-you-see-it").what_first[1] in text
    assert 'lang="ar" dir="rtl"' in text


def test_english_needs_no_note(client: FlaskClient) -> None:
    assert 'class="translation-note"' not in page(client, CARD.format("en"))


def test_a_missing_translation_is_marked_as_english(
    folder: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    (folder / "ar/cards/bullying/when-you-see-it.md").unlink()
    text = page(client_of(folder, config, make_app), CARD.format("ar"))
    assert 'class="translation-note"' in text
    assert '<div class="prose stack" lang="en" dir="ltr">' in text


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_card_leads_to_the_form_with_its_topic(client: FlaskClient, pack: Pack, locale: str) -> None:
    for topic in pack.topics(locale):
        for card in topic.cards:
            text = page(client, f"/{locale}/cards/{topic.slug}/{card.slug}/")
            assert text.count(f'href="/{locale}/report/#topic={topic.slug}"') == 1, card.slug


def test_numbers_are_isolated_in_arabic(client: FlaskClient) -> None:
    text = page(client, "/ar/cards/bullying/what-bullying-is/")
    main = text[text.index("<main") : text.index("</main>")]
    assert '<bdi dir="ltr">999</bdi>' in main
    visible = re.sub(r"<bdi dir=\"ltr\">.*?</bdi>|<[^>]*>", "", main)
    assert re.search(r"\d", visible) is None


@pytest.mark.parametrize("address", ["/en/cards/nothing/", "/en/cards/bullying/nothing/", "/xx/cards/"])
def test_what_is_not_there_is_told_with_help_beside_it(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "tel:08001111" in response.get_data(as_text=True)


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    text = Prose("<script>alert(1)</script> When people look on", "a-card.md", 0).html
    assert text == '<p>&lt;script&gt;alert(<bdi dir="ltr">1</bdi>)&lt;/script&gt; When people look on</p>\n'


def test_reading_goes_on_when_the_database_is_gone(
    config: Config, make_app: Callable[[Config], Flask], database_path: Path
) -> None:
    client = make_app(config).test_client()
    database_path.unlink()
    assert "What to do first" in page(client, CARD.format("en"))


def test_another_borough_shows_its_own_names_without_code(
    folder: Path, change: Change, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    change("site.yaml", "brand: YouthSafe", "brand: Safe in Southmere")
    change("site.yaml", "https://www.bbc.co.uk/weather", "https://news.example/weather")
    text = page(client_of(folder, config, make_app), CARD.format("en"))
    assert "Safe in Southmere" in text
    assert "https://news.example/weather" in text
