"""Helplines at the desk: what is written down shows to pupils at once, and makes nothing look safer than it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from tests.conftest import SettableClock
from tests.packs import packaged
from youthsafe.extensions import db
from youthsafe.helplines import local
from youthsafe.helplines.local import Differing, Local, as_known_here, faults, is_fixed, with_local
from youthsafe.helplines.models import LocalHelpline
from youthsafe.pack.services import NUMBER, digits
from youthsafe.rooms import rooms

HELPLINES = "/api/v1/staff/helplines"
NOTHING = {"phone": None, "text_to": None, "text_say": None, "hours": None, "hours_text": None}
DIRECTORY = packaged().services
FRANK = "frank"
SILENT = "This helpline does not answer at the moment"
Page = Callable[[str], str]


@pytest.fixture
def page(app: Flask) -> Page:
    """What a pupil's browser gets now, with nobody else's copy thrown away."""
    client = app.test_client()
    return lambda path: client.get(path).get_data(as_text=True)


def line(client: FlaskClient, service: str) -> dict[str, object]:
    found = client.get(HELPLINES).get_json()["helplines"]
    return next(each for each in found if each["id"] == service)


def act(client: FlaskClient, service: str, step: str, body: dict[str, object] | None = None) -> dict[str, object]:
    answer = client.post(f"{HELPLINES}/{service}/{step}", json=body or {})
    assert answer.status_code == 200, answer.get_json()
    found: dict[str, object] = answer.get_json()
    return found


def entry(text: str, service: str) -> str:
    start = text.index(f'id="{service}"')
    return text[start : text.find('class="service"', start + 1)]


def test_each_helpline_says_who_tried_it_and_when_and_who_is_due(first: FlaskClient) -> None:
    before = line(first, FRANK)
    assert (before["checked_on"], before["due"]) == (None, True)
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-20"})
    after = line(first, FRANK)
    assert (after["checked_on"], after["checked_by"], after["checked_how"]) == ("2026-11-20", "coordinator", "phone")
    assert after["due"] is False


def test_ninety_days_later_it_is_due_again(first: FlaskClient, clock: SettableClock, office: object) -> None:
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-23"})
    today = date(2026, 11, 23)
    shown = as_known_here(DIRECTORY.service(FRANK), Local(FRANK, Differing(), checked_on=today), "en")
    assert not shown.stale(today.replace(month=12))
    assert shown.stale(date(2027, 2, 22))


def test_pupils_are_told_the_day(first: FlaskClient, page: Page) -> None:
    assert "Checked on" not in entry(page("/en/support/"), FRANK)
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-20"})
    assert "2026-11-20" in entry(page("/en/support/"), FRANK)


def test_an_alert_shows_at_once_on_every_page_that_names_the_helpline(first: FlaskClient, page: Page) -> None:
    card = next(each for topic in packaged().topics("en") for each in topic.cards if FRANK in each.who_helps)
    pages = ("/en/support/", f"/en/cards/{card.topic}/{card.slug}/", "/en/offline/pages.json", "/en/report/")
    for path in pages:
        assert "does not answer at the moment" not in page(path)
    act(first, FRANK, "alert")
    for path in pages:
        assert "does not answer at the moment" in page(path), path
    act(first, FRANK, "alert/end")
    for path in pages:
        assert "does not answer at the moment" not in page(path), path


def test_who_does_not_answer_stands_last_and_no_button_is_the_first_choice(first: FlaskClient, page: Page) -> None:
    act(first, "samaritans", "alert")
    shown = entry(page("/en/support/"), "samaritans")
    assert SILENT in shown
    assert "button primary" not in shown
    assert [each.id for each in rooms(first.application).helplines.shown.for_pupils()][-1] == "samaritans"


def test_trying_it_again_with_an_answer_ends_the_alert(first: FlaskClient) -> None:
    act(first, FRANK, "alert")
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-23"})
    assert line(first, FRANK)["silent_since"] is None


def test_another_number_shows_at_once_and_goes_again(first: FlaskClient, page: Page) -> None:
    assert "tel:03001236600" in entry(page("/ta/support/"), FRANK)
    answer = act(first, FRANK, "change", NOTHING | {"phone": "020 7946 0123"})
    assert answer["faults"] == []
    shown = entry(page("/ta/support/"), FRANK)
    assert "tel:02079460123" in shown
    assert "tel:03001236600" not in shown
    act(first, FRANK, "change/end")
    assert "tel:03001236600" in entry(page("/ta/support/"), FRANK)


def test_a_browser_keeps_such_a_page_for_a_minute_and_never_shows_an_old_copy(app: Flask, office: object) -> None:
    client = app.test_client()
    for path in ("/en/support/", "/en/cards/bullying/tell-an-adult/"):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    for path in ("/en/report/", "/en/replies/"):  # opened again and again
        assert client.get(path).headers["Cache-Control"] == "public, max-age=300, must-revalidate"


def test_another_process_follows_within_a_second(app: Flask, office: object, monkeypatch: pytest.MonkeyPatch) -> None:
    following = rooms(app).following
    now = [100.0]
    monkeypatch.setattr(following, "_monotonic", lambda: now[0])
    following.look_now()
    before = following.edition()
    with app.app_context():
        db.session.add(LocalHelpline(service_id=FRANK, phone="020 7946 0123"))
        db.session.commit()
    assert following.edition() == before
    now[0] += 1.0
    assert following.edition() == before + 1
    assert rooms(app).helplines.shown.service(FRANK).phone == "020 7946 0123"
    now[0] += 1.0
    assert following.edition() == before + 1  # nothing changed since


def test_help_stands_as_it_was_known_while_the_database_is_away(
    app: Flask, first: FlaskClient, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(first, FRANK, "change", NOTHING | {"phone": "020 7946 0123"})
    assert "tel:02079460123" in page("/en/support/")

    def away() -> dict[str, Local]:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(rooms(app).helplines, "_read", away)
    rooms(app).following.look_now()
    rooms(app).page_cache.forget()
    assert "tel:02079460123" in page("/en/support/")


def test_nobody_waits_longer_than_a_blink_for_a_database_that_hangs(
    app: Flask, office: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()
    following, known = rooms(app).following, rooms(app).helplines
    monkeypatch.setattr(known, "_read", lambda: goes_on.wait(20) and {})
    following.look_now()
    before = following.edition()
    assert known.shown == DIRECTORY
    assert following.edition() == before  # nor does a second thread hang
    goes_on.set()


def test_what_changes_while_somebody_looks_is_seen_with_the_next_look(
    app: Flask, office: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = rooms(app).following
    changed = {FRANK: Local(FRANK, Differing(phone="020 7946 0123"))}
    answers = [{}, changed]

    def read() -> dict[str, Local]:
        answer = answers.pop(0)
        following.look_now()  # as whoever changes something does, after this look has read
        return answer

    monkeypatch.setattr(rooms(app).helplines, "_read", read)
    following.look_now()
    before = following.edition()
    assert following.edition() == before + 1


@pytest.mark.parametrize("service", ["emergency", "emergency-text", "childline", "shout"])
def test_what_stands_on_every_screen_is_never_changed_or_called_silent(
    first: FlaskClient, page: Page, service: str
) -> None:
    before = page("/en/support/")
    assert line(first, service)["fixed"] is True
    answer = act(first, service, "change", NOTHING | {"phone": "020 7946 0123"})
    assert answer["faults"] == [{"field": "", "fault": "fixed"}]
    assert first.post(f"{HELPLINES}/{service}/alert", json={}).status_code == 409
    assert page("/en/support/") == before


def test_a_row_that_somebody_put_into_the_database_changes_nothing_of_them_either() -> None:
    for service in filter(is_fixed, DIRECTORY.services):
        planted = Local(service.id, Differing(phone="1", hours="unknown"), silent_since=date(2026, 11, 1))
        shown = as_known_here(service, planted, "en")
        assert shown == service


def test_nobody_is_asked_to_try_999(first: FlaskClient) -> None:
    for service in ("emergency", "emergency-text"):
        found = line(first, service)
        assert (found["may_be_tried"], found["due"]) == (False, False)
        way = found["ways"][0]  # type: ignore[index]
        answer = first.post(f"{HELPLINES}/{service}/checked", json={"way": way, "on": "2026-11-20"})
        assert answer.status_code == 409


def test_the_price_and_the_bill_of_another_number_are_not_known(first: FlaskClient, page: Page) -> None:
    assert "does not show on a phone bill" in entry(page("/en/support/"), "safecall")
    act(first, "safecall", "change", NOTHING | {"phone": "020 7946 0123"})
    shown = entry(page("/en/support/"), "safecall")
    assert "does not show on a phone bill" not in shown
    assert re.search(r"Not checked yet:.*what it costs.*if it shows on a phone bill", shown, re.DOTALL)


def test_another_number_was_tried_by_nobody_until_somebody_does(first: FlaskClient) -> None:
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-20"})
    act(first, FRANK, "change", NOTHING | {"phone": "020 7946 0123"})
    assert (line(first, FRANK)["checked_on"], line(first, FRANK)["due"]) == (None, True)
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-23"})
    assert line(first, FRANK)["due"] is False
    act(first, FRANK, "change/end")
    assert line(first, FRANK)["checked_on"] is None


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({}, "", "nothing"),
        ({"phone": "0800-1111"}, "phone", "number"),
        ({"phone": "=1+1"}, "phone", "number"),
        ({"phone": "1  2"}, "phone", "number"),
        ({"phone": "0800 1111"}, "phone", "emergency"),
        ({"phone": "9 9 9"}, "phone", "emergency"),
        ({"text_to": "999"}, "text_to", "emergency"),
        ({"phone": "+44999"}, "phone", "emergency"),
        ({"phone": "0044 999"}, "phone", "emergency"),
        ({"phone": "+44 0 800 1111"}, "phone", "emergency"),
        ({"phone": "112"}, "phone", "emergency"),
        ({"phone": "0909 8790 000"}, "phone", "costly"),
        ({"phone": "+44 909 8790 000"}, "phone", "costly"),
        ({"phone": "00 44 871 222 3333"}, "phone", "costly"),
        ({"phone": "0872 222 3333"}, "phone", "costly"),
        ({"phone": "070 1234 5678"}, "phone", "costly"),
        ({"phone": "118 500"}, "phone", "costly"),
        ({"phone": "+882 16 555 1234"}, "phone", "costly"),
        ({"text_to": "0909 8790 000"}, "text_to", "costly"),
        ({"text_to": "85259", "text_say": "two words"}, "text_say", "word"),
        ({"text_say": "HELLO"}, "text_say", "word"),
        ({"hours": "see"}, "hours", "hours"),
        ({"hours_text": "Every day"}, "hours", "hours"),
        ({"hours": "see", "hours_text": "<b>Every day</b>"}, "hours_text", "plain"),
        ({"hours": "see", "hours_text": "Every day\u202e"}, "hours_text", "plain"),
    ],
)
def test_what_the_packs_rules_refuse_is_refused_here_and_changes_nothing(
    first: FlaskClient, page: Page, changes: dict[str, object], field: str, fault: str
) -> None:
    before = page("/en/support/")
    answer = act(first, FRANK, "change", NOTHING | changes)
    assert {"field": field, "fault": fault} in answer["faults"]  # type: ignore[operator]
    assert page("/en/support/") == before


@pytest.mark.parametrize("number", ["+44 20 7946 0123", "0118 496 0123", "07700 900123", "0845 496 0123", "116 123"])
def test_what_an_ordinary_call_costs_is_no_fault(number: str) -> None:
    assert list(faults(DIRECTORY.service(FRANK), Differing(phone=number))) == []


def test_a_number_that_the_packs_own_words_name_is_changed_in_the_pack() -> None:
    service = DIRECTORY.service(FRANK)
    words = replace(service.what.original, text="Call 0300 123 6600 at any time.")
    named = replace(service, what=replace(service.what, original=words))
    assert list(faults(service, Differing(phone="020 7946 0123"))) == []
    assert [each for _, each in faults(named, Differing(phone="020 7946 0123"))] == [local.LocalFault.IN_TEXTS]


def test_hours_in_words_show_in_the_language_that_they_are_written_in(first: FlaskClient, page: Page) -> None:
    act(first, FRANK, "change", NOTHING | {"hours": "see", "hours_text": "Weekdays until six."})
    assert '<span lang="en" dir="ltr">Weekdays until six.</span>' in entry(page("/ar/support/"), FRANK)


NUMBERS = st.from_regex(NUMBER, fullmatch=True) | st.text(max_size=24) | st.sampled_from(["999", "0800 1111", "85258"])
DIFFERING = st.builds(
    Differing,
    phone=st.none() | NUMBERS,
    text_to=st.none() | NUMBERS,
    text_say=st.none() | st.text(max_size=8),
    hours=st.none() | st.sampled_from(["always", "see", "unknown", "never"]),
    hours_text=st.none() | st.text(max_size=220),
)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 23))


@given(st.sampled_from(DIRECTORY.services), DIFFERING, DAYS, DAYS)
def test_whatever_is_written_down_nothing_looks_safer_than_the_pack_says(
    service: object, differing: Differing, silent: date | None, checked: date | None
) -> None:
    pack = DIRECTORY.service(service.id)  # type: ignore[attr-defined]
    known = Local(pack.id, differing, silent_since=silent, checked_on=checked, checked_how=None)
    shown = with_local(DIRECTORY, {pack.id: known}, "en").service(pack.id)
    assert shown.ways  # it can still be reached
    assert shown.shows_on_bill in {pack.shows_on_bill, "unknown"}
    assert shown.cost in {pack.cost, "unknown"}
    assert (shown.age_min, shown.age_max, shown.audience) == (pack.age_min, pack.age_max, pack.audience)
    assert shown.hours in {"always", "see", "unknown"}
    assert (shown.hours == "see") == (shown.hours_text is not None)
    assert shown.status != "live" or shown.verified_on is not None
    for number in filter(None, (shown.phone, shown.text and shown.text.to)):
        assert NUMBER.fullmatch(number)
        own = digits(number) in {digits(each) for each in (pack.phone, pack.text and pack.text.to) if each}
        assert own or digits(number) not in local.FIXED
    if shown.phone != pack.phone or shown.text != pack.text:
        assert shown.shows_on_bill != "no"
        assert shown.cost != "free"
        assert not shown.told & {"cost", "bill"}
    if is_fixed(pack):
        assert replace(shown, verified_on=pack.verified_on) == pack


def test_each_step_is_in_the_trail(first: FlaskClient, actions: Callable[[], list[str]]) -> None:
    act(first, FRANK, "alert")
    act(first, FRANK, "alert/end")
    act(first, FRANK, "change", NOTHING | {"phone": "020 7946 0123"})
    act(first, FRANK, "checked", {"way": "phone", "on": "2026-11-23"})
    act(first, FRANK, "change/end")
    assert actions()[-5:] == [
        "helpline.alerted",
        "helpline.alert-ended",
        "helpline.changed",
        "helpline.checked",
        "helpline.restored",
    ]


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("checked", {"way": "chat", "on": "2026-11-20"}),
        ("checked", {"way": "phone", "on": "2026-11-24"}),
        ("checked", {"way": "phone"}),
        ("change", {"phone": "1"}),
        ("alert", {"why": "x"}),
    ],
)
def test_a_word_that_means_nothing_changes_nothing(first: FlaskClient, step: str, body: dict[str, object]) -> None:
    before = line(first, "samaritans")
    assert first.post(f"{HELPLINES}/samaritans/{step}", json=body).status_code == 400
    assert line(first, "samaritans") == before


def test_a_helpline_that_the_pack_has_not_is_not_there(first: FlaskClient) -> None:
    assert first.post(f"{HELPLINES}/nobody/alert", json={}).status_code == 404


def test_an_officer_for_places_may_and_a_caseworker_may_not(second: FlaskClient, caseworker: FlaskClient) -> None:
    act(second, FRANK, "checked", {"way": "phone", "on": "2026-11-20"})
    assert line(second, FRANK)["checked_by"] == "places"
    assert caseworker.get(HELPLINES).status_code in {403, 404}
    assert caseworker.post(f"{HELPLINES}/{FRANK}/alert", json={}).status_code in {403, 404}
