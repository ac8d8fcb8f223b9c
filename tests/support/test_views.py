"""The page of services says what is known, and never makes the unknown look safe."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.packs import packaged
from youthsafe.config import PACKAGED_CONTENT, Config

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"
SERVICES = packaged().services.services
SAFE_BILL = "does not show on a phone bill"


def page(client: FlaskClient, locale: str = "en") -> str:
    response = client.get(f"/{locale}/support/")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    return response.get_data(as_text=True)


def entry(text: str, service: str) -> str:
    start = text.index(f'id="{service}"')
    return text[start : text.find('class="service"', start + 1)]


def doubts_of(shown: str) -> str:
    found = re.search(r'<p class="hint doubts">(.*?)</p>', shown, re.DOTALL)
    return found[1] if found else ""


def test_each_way_to_reach_a_service_is_a_link(client: FlaskClient) -> None:
    text = page(client)
    assert 'href="tel:08001111"' in entry(text, "childline")
    assert 'href="sms:85258?&amp;body=SHOUT"' in entry(text, "shout")
    assert 'href="https://www.kooth.com" rel="noreferrer"' in entry(text, "kooth")


def test_an_unknown_bill_is_never_shown_as_safe(client: FlaskClient) -> None:
    text = page(client)
    assert SAFE_BILL not in entry(text, "shout")
    assert "On a small one it may cost money and be on the bill." in entry(text, "shout")
    assert "if it shows on a phone bill" in doubts_of(entry(text, "papyrus"))


def test_childline_is_said_to_stay_off_the_bill(client: FlaskClient) -> None:
    for service in ("emergency", "childline", "samaritans", "safecall"):
        assert SAFE_BILL in entry(page(client), service)
        assert "phone bill" not in doubts_of(entry(page(client), service))


def test_a_website_says_nothing_about_bills_or_money(client: FlaskClient) -> None:
    text = page(client)
    for service in ("kooth", "ceop", "youngminds"):
        assert "phone bill" not in entry(text, service)
        assert "money" not in entry(text, service)
        assert "costs" not in entry(text, service)


def test_what_could_not_be_checked_stands_on_one_line_a_service(client: FlaskClient) -> None:
    text = page(client)
    assert text.count("We have not tried all of them lately.") == 1
    assert text.count("Not checked yet:") <= text.count('class="service"')
    assert all(entry(text, service.id).count("Not checked yet:") <= 1 for service in SERVICES)
    assert "the number to call" in doubts_of(entry(text, "galop"))
    assert doubts_of(entry(text, "childline")) == ""
    assert "We do not know" not in text


def test_the_youth_form_comes_before_the_number_that_answers_with_another_name(client: FlaskClient) -> None:
    shown = entry(page(client), "fearless")
    assert shown.index("crimestoppers-uk.org/fearless") < shown.index("tel:0800555111")
    assert "Crimestoppers" in shown


def test_a_child_who_may_hurt_themselves_finds_more_than_childline_and_999(client: FlaskClient) -> None:
    for card in (
        "bullying/if-it-is-dangerous-now",
        "online-safety/if-someone-threatens-you",
        "getting-help/when-a-friend-tells-you",
    ):
        assert 'href="tel:111"' in client.get(f"/en/cards/{card}/").text


def test_a_known_bill_and_a_fresh_check_are_told(
    tmp_path: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACKAGED_CONTENT, folder)
    services = folder / "services.yaml"
    text = services.read_text(encoding="utf-8").replace(
        "verified_on: null\n    status: unknown", "verified_on: 2026-11-01\n    status: live", 1
    )
    services.write_text(text, encoding="utf-8")
    shown = entry(page(make_app(replace(config, content=folder)).test_client()), "emergency")
    assert SAFE_BILL in shown
    assert "2026-11-01" in shown


def test_adults_have_their_own_part_at_the_end(client: FlaskClient) -> None:
    text = page(client)
    assert text.index('id="childline"') < text.index('id="adults"') < text.index('id="mash"')


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_number_is_isolated(client: FlaskClient, locale: str) -> None:
    text = page(client, locale)
    main = text[text.index("<main") : text.index("</main>")]
    visible = re.sub(r"<svg.*?</svg>|<bdi dir=\"ltr\"(?: lang=\"en\")?>.*?</bdi>|<[^>]*>|HOPELINE247|&#\d+;", "", main)
    assert re.search(r"\d", visible) is None


def test_arabic_keeps_the_english_beside_it(client: FlaskClient) -> None:
    text = page(client, "ar")
    assert text.count("ترجمها الحاسوب") == 1
    assert "Talk about anything that worries you." in entry(text, "childline")


def written(text: str, service: str) -> bool:
    """Whether the entry stays while only those are shown that can be written to."""
    return text.rfind("<li data-written>", 0, text.index(f'id="{service}"')) > text.rfind(
        "<li>", 0, text.index(f'<div class="service" id="{service}"')
    )


def test_who_helps_now_comes_first_then_the_three_friends_then_the_rest_by_need(client: FlaskClient) -> None:
    text = page(client)
    order = ['href="tel:999"', 'href="sms:85258?', 'id="emergency"', 'id="childline"', 'id="shout"', 'id="kooth"',
             "Feeling very bad", 'id="nhs-111"', "Hate for who you are", 'id="galop"', 'id="adults"']  # fmt: skip
    places = [text.index(each, text.index("<main")) for each in order]
    assert places == sorted(places)


def test_every_service_stands_on_the_page_once(client: FlaskClient) -> None:
    text = page(client)
    assert all(text.count(f'id="{service.id}"') == 1 for service in SERVICES)


def test_needs_are_folded_and_named_in_the_readers_language(client: FlaskClient) -> None:
    text = page(client, "pl")
    assert '<summary><span lang="pl" dir="ltr">Gdy ktoś umarł</span></summary>' in text
    assert "<details open" not in text


def test_what_is_not_known_is_folded_and_counted(client: FlaskClient) -> None:
    shown = entry(page(client), "galop")
    assert re.search(r"<details[^>]*><summary>Not checked yet: <bdi[^>]*>4</bdi></summary>", shown)
    assert "<details" not in entry(page(client), "childline")


def test_whoever_would_rather_write_finds_an_address_that_leaves_only_those(client: FlaskClient) -> None:
    text = page(client)
    assert '<a href="#by-writing">' in text
    assert text.index('id="emergency"') < text.index('id="by-writing"') < text.index('id="childline"')
    assert written(text, "papyrus")
    assert not written(text, "samaritans")
    assert '<li data-way="phone">' in entry(text, "papyrus")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_another_borough_has_the_layers_of_its_own_pack(
    config: Config, make_app: Callable[[Config], Flask], locale: str
) -> None:
    text = page(make_app(replace(config, content=MADEUPTON)).test_client(), locale)
    need = {"en": "Somebody near you", "ar": "جهة قريبة منكم"}[locale]
    order = ['id="emergency"', 'id="childline"', 'id="shout"', need, 'id="madeupton-youth-line"']
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)


def test_a_pack_without_friends_and_needs_has_one_list_that_is_not_folded(
    tmp_path: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    folder = Path(shutil.copytree(MADEUPTON, tmp_path / "pack"))
    marks = re.compile(r"^(?:friends: .*\n|needs:\n(?:  .*\n)+|    need: .*\n)", re.MULTILINE)
    for file in (folder / "services.yaml", folder / "ar/services.yaml"):
        file.write_text(marks.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    text = page(make_app(replace(config, content=folder)).test_client())
    assert 'class="card-list friends"' not in text
    before = text[text.index('id="by-writing"') : text.index('id="madeupton-youth-line"')]
    assert before.count("<details") == before.count("Not checked yet:")
    assert 'id="childline"' in before


def test_help_is_there_when_the_database_is_gone(
    config: Config, make_app: Callable[[Config], Flask], database_path: Path
) -> None:
    client = make_app(config).test_client()
    database_path.unlink()
    assert 'href="tel:08001111"' in page(client)
