"""Safe Havens at the desk: what two people say of a place, and that each step shows or hides it at once."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.conftest import SettableClock
from tests.havens.conftest import PLACE, a_place
from tests.places.conftest import HAVENS
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.errors import InvalidInputError
from youthsafe.extensions import db
from youthsafe.havens import services as havens_services
from youthsafe.havens.approvals import numbered, signed_in
from youthsafe.havens.models import Haven, HavenApproval, Method, Status

VISIT = {"method": "visit", "on": "2026-11-20"}
PHONE = {"method": "phone", "on": "2026-11-23"}
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Names = Callable[[], list[str]]


def approve(client: FlaskClient, haven: str, word: dict[str, str]) -> int:
    return client.post(f"{HAVENS}/{haven}/approve", json=word).status_code


@pytest.fixture
def active(first: FlaskClient, second: FlaskClient, candidate: str) -> str:
    assert approve(first, candidate, VISIT) == approve(second, candidate, PHONE) == 200
    return candidate


def test_a_place_is_shown_once_two_people_approved_it_and_one_of_them_went_there(
    first: FlaskClient, second: FlaskClient, candidate: str, shown: Names
) -> None:
    answer = first.post(f"{HAVENS}/{candidate}/approve", json=PHONE).get_json()
    assert answer["haven"]["status"] == "candidate"
    assert answer["approvals"] == [{"role": "coordinator", "method": "phone", "on": "2026-11-23", "mine": True}]
    assert shown() == []
    answer = second.post(f"{HAVENS}/{candidate}/approve", json=VISIT).get_json()
    assert (answer["haven"]["status"], answer["haven"]["verified_on"]) == ("active", "2026-11-20")
    assert (answer["haven"]["verified_by"], answer["haven"]["method"]) == ("places", "visit")
    assert shown() == ["A library"]


def test_one_person_is_not_two(first: FlaskClient, candidate: str, shown: Names) -> None:
    assert approve(first, candidate, PHONE) == 200
    assert approve(first, candidate, PHONE) == 409
    assert approve(first, candidate, VISIT) == 200  # the visit takes the place of the call
    assert shown() == []


def test_two_people_who_both_called_are_not_enough(
    first: FlaskClient, second: FlaskClient, candidate: str, shown: Names
) -> None:
    assert approve(first, candidate, PHONE) == approve(second, candidate, PHONE) == 200
    assert shown() == []


def test_a_word_can_be_taken_back_until_the_place_is_active(
    first: FlaskClient, second: FlaskClient, candidate: str, shown: Names
) -> None:
    approve(first, candidate, VISIT)
    taken = first.post(f"{HAVENS}/{candidate}/take-back", json={})
    assert taken.get_json()["approvals"] == []
    approve(second, candidate, PHONE)
    assert shown() == []
    assert first.post(f"{HAVENS}/{candidate}/take-back", json={}).status_code == 409


def test_nothing_that_is_kept_outside_the_trail_says_who_it_was(
    app: Flask, office: Office, first: FlaskClient, candidate: str
) -> None:
    approve(first, candidate, VISIT)
    with app.app_context():
        kept = db.session.scalars(db.select(HavenApproval)).one()
    member = office.person("demo-coordinator")
    assert kept.approver.startswith("coordinator-")
    assert member.id.hex() not in kept.approver
    assert b64(member.id) not in kept.approver


def test_whoever_types_a_command_cannot_take_the_place_of_a_member(app: Flask, first: FlaskClient) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        numbered(signed_in("coordinator", bytes(16)).mark)


def test_the_trail_names_the_member_and_the_place(
    app: Flask, office: Office, active: str, actions: Callable[[], list[str]]
) -> None:
    assert actions()[-4:] == ["haven.proposed", "haven.approved", "haven.approved", "haven.activated"]
    with app.app_context():
        entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "haven.proposed")).one()
        assert entry.actor == office.person("demo-coordinator").id
        assert b64(entry.subject or b"") == active


def test_a_doubt_pauses_at_once_and_is_kept_until_two_people_approve_again(
    first: FlaskClient, second: FlaskClient, active: str, shown: Names
) -> None:
    answer = first.post(f"{HAVENS}/{active}/flag", json={"doubt": "turned-away"}).get_json()
    assert (answer["haven"]["status"], answer["haven"]["doubt"]) == ("paused", "turned-away")
    assert shown() == []
    approve(first, active, VISIT)
    answer = second.post(f"{HAVENS}/{active}/approve", json=PHONE).get_json()
    assert (answer["haven"]["status"], answer["haven"]["doubt"]) == ("active", None)


@pytest.mark.parametrize("step", ["pause", "withdraw"])
def test_what_is_taken_off_the_list_is_gone_at_once(first: FlaskClient, active: str, shown: Names, step: str) -> None:
    assert first.post(f"{HAVENS}/{active}/{step}", json={}).status_code == 200
    assert shown() == []


def test_a_withdrawn_place_is_not_approved_paused_or_checked(first: FlaskClient, active: str) -> None:
    first.post(f"{HAVENS}/{active}/withdraw", json={})
    assert approve(first, active, VISIT) == 409
    assert first.post(f"{HAVENS}/{active}/checked", json=PHONE).status_code == 409
    assert first.post(f"{HAVENS}/{active}/pause", json={}).status_code == 409


def test_only_a_place_on_the_list_is_checked_anew(
    first: FlaskClient, candidate: str, second: FlaskClient, clock: SettableClock
) -> None:
    assert first.post(f"{HAVENS}/{candidate}/checked", json=PHONE).status_code == 409
    approve(first, candidate, VISIT)
    approve(second, candidate, PHONE)
    answer = second.post(f"{HAVENS}/{candidate}/checked", json=PHONE).get_json()
    assert (answer["haven"]["verified_on"], answer["haven"]["method"]) == ("2026-11-23", "phone")


def test_an_edit_brings_a_place_back_to_the_beginning_unless_nothing_differs(
    first: FlaskClient, active: str, shown: Names
) -> None:
    columns = first.get(f"{HAVENS}/{active}").get_json()["columns"]
    assert first.post(f"{HAVENS}/{active}/edit", json={"columns": columns}).get_json()["id"] == active
    assert shown() == ["A library"]
    first.post(f"{HAVENS}/{active}/edit", json={"columns": columns | {"hours": "always"}})
    assert shown() == []
    assert first.get(f"{HAVENS}/{active}").get_json()["approvals"] == []


def test_what_the_desk_gives_of_a_place_reads_back_as_the_same_place(first: FlaskClient, candidate: str) -> None:
    columns = first.get(f"{HAVENS}/{candidate}").get_json()["columns"]
    assert {name: columns[name] for name in PLACE if name != "hours"} == {
        name: text for name, text in PLACE.items() if name != "hours"
    }


def test_a_typed_place_is_held_to_the_rules_of_a_file(first: FlaskClient) -> None:
    typed = PLACE | {"name": "=HYPERLINK(1)", "lat": "1"}
    answer = first.post(HAVENS, json={"columns": typed}).get_json()
    assert answer["id"] is None
    assert {each["field"] for each in answer["refusals"]} == {"name", "lat, lon"}
    assert first.get(f"{HAVENS}?list=candidate").get_json()["havens"] == []


def test_a_place_that_is_known_is_not_added_twice_nor_typed_over_another(first: FlaskClient, candidate: str) -> None:
    assert first.post(HAVENS, json={"columns": PLACE}).status_code == 409
    other = first.post(HAVENS, json={"columns": PLACE | {"name": "Another", "lat": "51.4460"}}).get_json()["id"]
    assert first.post(f"{HAVENS}/{other}/edit", json={"columns": PLACE}).status_code == 409


def test_lists_go_on_page_by_page_and_lose_nothing(app: Flask, first: FlaskClient, clock: SettableClock) -> None:
    with app.app_context(), transaction():
        for number in range(1, 251):
            haven = a_place(number, clock().date())
            haven.name = "The same name"  # so that only the id tells them apart
            db.session.add(haven)
    found: list[str] = []
    after = ""
    while True:
        page = first.get(f"{HAVENS}?list=active{after}").get_json()
        found += [each["id"] for each in page["havens"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(found) == len(set(found)) == 250
    assert page["counts"] == {"candidate": 0, "active": 250, "paused": 0, "withdrawn": 0, "due": 0}


def test_what_nobody_checked_for_ninety_days_is_due(
    app: Flask, first: FlaskClient, second: FlaskClient, active: str, clock: SettableClock
) -> None:
    assert first.get(f"{HAVENS}?list=due").get_json()["havens"] == []
    with app.app_context(), transaction():
        db.session.execute(db.update(Haven).values(verified_on=clock().date().replace(month=8)))
    (line,) = first.get(f"{HAVENS}?list=due").get_json()["havens"]
    assert (line["id"], line["due"], line["expired"]) == (active, True, False)


def test_words_at_the_desk_and_on_the_command_line_are_of_one_list(
    app: Flask, first: FlaskClient, candidate: str
) -> None:
    approve(first, candidate, VISIT)
    with app.app_context(), transaction():
        haven = havens_services.every_haven()[0]
        havens_services.approve(haven.id, numbered("coordinator-2"), Method.PHONE, NOW.date(), NOW)
        assert haven.status == Status.ACTIVE


def test_a_caseworker_may_do_nothing_with_places(caseworker: FlaskClient, candidate: str) -> None:
    refused = {403, 404}
    assert caseworker.get(HAVENS).status_code in refused
    assert caseworker.get(f"{HAVENS}/{candidate}").status_code in refused
    for step, body in (("approve", VISIT), ("flag", {"doubt": "other"}), ("pause", {}), ("withdraw", {})):
        assert caseworker.post(f"{HAVENS}/{candidate}/{step}", json=body).status_code in refused
    assert caseworker.post(f"{HAVENS}/imports", json={"format": "csv"}).status_code in refused


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("approve", {"method": "guess", "on": "2026-11-20"}),
        ("approve", {"method": "visit", "on": "2026-11-24"}),
        ("approve", {"method": "visit", "on": "2026-05-01"}),
        ("approve", {"method": "visit"}),
        ("flag", {"doubt": "Amina said so"}),
        ("pause", {"why": "x"}),
    ],
)
def test_a_word_that_means_nothing_changes_nothing(
    first: FlaskClient, candidate: str, step: str, body: dict[str, str]
) -> None:
    assert first.post(f"{HAVENS}/{candidate}/{step}", json=body).status_code == 400
    assert first.get(f"{HAVENS}/{candidate}").get_json()["approvals"] == []


@pytest.mark.parametrize("address", ["A" * 22, "short", "!" * 22])
def test_a_place_that_is_not_there_is_said_to_be_missing(first: FlaskClient, address: str) -> None:
    assert first.get(f"{HAVENS}/{address}").status_code == 404
    assert approve(first, address, VISIT) == 404


def test_every_place_of_a_demonstration_opens_at_the_desk(app: Flask, first: FlaskClient) -> None:
    with app.app_context(), transaction():
        havens_services.load_demo(NOW)
    listed = first.get(f"{HAVENS}?list=active").get_json()["havens"]
    assert len(listed) == 6
    for each in listed:
        assert first.get(f"{HAVENS}/{each['id']}").get_json()["columns"]["name"] == each["name"]
