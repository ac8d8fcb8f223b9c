"""The search page: everything there is stands on it, nothing on it sends, and no filter reads what children type."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config
from youthsafe.pack.pack import Pack

MakeApp = Callable[[Config], Flask]


def main(client: FlaskClient, locale: str = "en") -> str:
    """What stands between the frame's parts."""
    answer = client.get(f"/{locale}/find/")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    return answer.text.split("<main")[1].split("</main>")[0]


def links(client: FlaskClient, locale: str = "en") -> list[str]:
    everything = main(client, locale).split("data-everything")[1]
    return re.findall(r'href="([^"]+)"', everything)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_topic_card_and_helpline_can_be_found_and_so_can_havens_form_and_mailbox(
    client: FlaskClient, pack: Pack, locale: str
) -> None:
    found = links(client, locale)
    topics = pack.topics(locale)
    wanted = {f"/{locale}/cards/{topic.slug}/" for topic in topics}
    wanted |= {f"/{locale}/cards/{card.topic}/{card.slug}/" for topic in topics for card in topic.cards}
    wanted |= {f"/{locale}/support/#{service.id}" for service in pack.services.services}
    wanted |= {f"/{locale}/{page}/" for page in ("havens", "report", "replies", "support", "people", "privacy")}
    assert wanted <= set(found)
    assert len(found) == len(set(found)), "a page is found once"
    assert not [link for link in found if "/staff/" in link]


def test_nothing_on_the_page_can_send_or_name_what_is_typed(client: FlaskClient) -> None:
    text = main(client)
    (box,) = re.findall(r"<input[^>]*>", text)
    assert "<form" not in text
    assert not re.search(r"\bname=", box)
    for kept_by_the_browser in ('autocomplete="off"', 'spellcheck="false"', 'writingsuggestions="false"'):
        assert kept_by_the_browser in box


def test_without_a_script_it_says_so_and_shows_the_topics(client: FlaskClient, pack: Pack) -> None:
    text = main(client)
    assert "Search needs JavaScript" in text.split("<noscript>")[1].split("</noscript>")[0]
    topics = text.split("data-topics>")[1].split("<details")[0]
    assert all(f'href="/en/cards/{topic.slug}/"' in topics for topic in pack.topics("en"))


def test_what_pupils_call_things_is_written_backwards_as_schools_filters_read_pages(client: FlaskClient) -> None:
    text = main(client)
    assert "kms" not in text
    assert "smk" in text
    assert "pornhub"[::-1] in text


def test_a_helpline_shows_its_number(client: FlaskClient) -> None:
    (childline,) = re.findall(r'<a [^>]*href="/en/support/#childline".*?</a>', main(client))
    assert 'Helpline <bdi dir="ltr">0800 1111</bdi>' in childline


def test_a_language_without_the_file_is_searched_by_what_its_pages_say(
    folder: Path, config: Config, make_app: MakeApp
) -> None:
    (folder / "pl/search.yaml").unlink()
    client = make_app(replace(config, content=folder)).test_client()
    assert "data-words" not in main(client, "pl")
    assert "data-words" in main(client, "en")
    assert "Nękanie" in main(client, "pl")


@pytest.mark.parametrize("locale", ["en", "ta"])
def test_the_page_of_topics_and_that_of_who_can_help_lead_to_it(client: FlaskClient, locale: str) -> None:
    for page in ("cards", "support"):
        assert client.get(f"/{locale}/{page}/").text.count(f'href="/{locale}/find/"') == 1, page


def test_the_pack_of_a_phone_holds_it(client: FlaskClient) -> None:
    pages = client.get("/fr/offline/pages.json").get_json()["pages"]
    assert pages["/fr/find/"] == client.get("/fr/find/").text
