"""A report's case card: sealed entries that only follow one another, for its team only; and slips that name nothing."""

import hashlib
import secrets
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.accounts.office import Office, made, office
from tests.crypto import reference_card
from tests.triage.sealed import Sealed, first_place, following, sealed_entry, write_on_card
from youthsafe.accounts.models import Membership
from youthsafe.audit import services as audit_services
from youthsafe.audit.models import AuditEntry
from youthsafe.crypto.card import SLIP_LENGTH, OutcomeSlip
from youthsafe.crypto.encoding import b64
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.pack import referrals
from youthsafe.triage.case_cards import services

__all__ = ["made", "office"]
FIRST, COORDINATOR = "demo-caseworker", "demo-coordinator"
SLIPS = "/api/v1/staff/slips"


@pytest.fixture
def desk(office: Office) -> FlaskClient:
    return office.signed_in(FIRST)


@pytest.fixture
def report(office: Office, desk: FlaskClient) -> Sealed:
    """A report that somebody opened."""
    sent = Sealed(office).send()
    assert desk.post(f"{sent.address}/opened", json={}).status_code == 200
    return sent


def kept(client: FlaskClient, report: Sealed, after: int = 0) -> list[tuple[int, str]]:
    """The numbers and bytes of a card's entries."""
    answer = client.get(f"{report.address}/card", query_string={"after": after}).get_json()
    return [(each["number"], each["entry"]) for each in answer["entries"]]


def test_what_a_member_writes_on_a_card_the_whole_team_reads_in_its_order(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    place = first_place(office, report)
    one = sealed_entry(place)
    assert write_on_card(desk, report, one).get_json() == {"number": 1}
    two = sealed_entry(replace(following(one, place), member_id=office.person(COORDINATOR).id))
    other = office.signed_in(COORDINATOR)
    assert write_on_card(other, report, two).status_code == 201
    assert kept(desk, report) == kept(other, report) == [(1, b64(one)), (2, b64(two))]
    assert kept(desk, report, after=1) == [(2, b64(two))]
    assert desk.get(report.address).get_json()["entries"] == 2


def test_an_entry_that_does_not_follow_the_newest_is_refused(office: Office, desk: FlaskClient, report: Sealed) -> None:
    place = first_place(office, report)
    one = sealed_entry(place)
    for wrong in (replace(place, number=2), replace(place, previous=bytes(32))):
        assert write_on_card(desk, report, sealed_entry(wrong)).status_code == 409
    assert write_on_card(desk, report, one).status_code == 201
    assert write_on_card(desk, report, sealed_entry(place)).status_code == 409, "somebody was quicker"
    for wrong in (replace(following(one, place), number=3), replace(following(one, place), previous=place.previous)):
        assert write_on_card(desk, report, sealed_entry(wrong)).status_code == 409
    assert kept(desk, report) == [(1, b64(one))]


def test_the_same_bytes_again_are_kept_once(office: Office, desk: FlaskClient, report: Sealed) -> None:
    one = sealed_entry(first_place(office, report))
    assert [write_on_card(desk, report, one).status_code for _ in range(2)] == [201, 201]
    assert kept(desk, report) == [(1, b64(one))]
    assert written(office) == [report.id]


def test_nobody_writes_in_anothers_name_on_another_card_or_under_a_key_that_is_not_known(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    place = first_place(office, report)
    for wrong in (
        replace(place, member_id=office.person(COORDINATOR).id),
        replace(place, report_id=secrets.token_bytes(16)),
        replace(place, team_id=secrets.token_bytes(16)),
        replace(place, epoch=2),
    ):
        assert write_on_card(desk, report, sealed_entry(wrong)).status_code == 400
    good = sealed_entry(place)
    for bad in (good[:-1], good + b"x", b"YSO" + good[3:], b""):
        assert write_on_card(desk, report, bad).status_code == 400
    assert kept(desk, report) == []


def test_a_card_begins_when_the_report_was_opened(office: Office, desk: FlaskClient) -> None:
    unopened = Sealed(office).send()
    assert write_on_card(desk, unopened, sealed_entry(first_place(office, unopened))).status_code == 409
    assert kept(desk, unopened) == []
    assert desk.get(unopened.address).get_json()["opened"] is False


def test_a_card_is_not_there_for_whoever_is_not_of_the_team(office: Office, desk: FlaskClient, report: Sealed) -> None:
    entry = sealed_entry(first_place(office, report))
    with office.app.app_context(), transaction():
        db.session.execute(db.delete(Membership).where(Membership.member_id == office.person(FIRST).id))
    none = Sealed(office)
    for answer, of_none in (
        (write_on_card(desk, report, entry), write_on_card(desk, none, entry)),
        (desk.get(f"{report.address}/card"), desk.get(f"{none.address}/card")),
    ):
        assert (answer.status_code, answer.data) == (of_none.status_code, of_none.data)
        assert answer.status_code == 404


def test_the_trail_says_that_an_entry_came_and_by_whom(office: Office, desk: FlaskClient, report: Sealed) -> None:
    write_on_card(desk, report, sealed_entry(first_place(office, report)))
    write_on_card(desk, report, sealed_entry(first_place(office, report)))
    assert written(office) == [report.id]


def written(office: Office) -> list[bytes | None]:
    with office.app.app_context():
        assert audit_services.verify() is None
        by_first = (AuditEntry.action == "report.card-written", AuditEntry.actor == office.person(FIRST).id)
        return list(db.session.scalars(select(AuditEntry.subject).where(*by_first)))


def test_a_page_of_a_card_ends_and_a_full_card_takes_no_more(
    office: Office, desk: FlaskClient, report: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PAGE", 2)
    monkeypatch.setattr(services, "MOST_ENTRIES", 3)
    place = first_place(office, report)
    for _ in range(3):
        entry = sealed_entry(place)
        assert write_on_card(desk, report, entry).status_code == 201
        place = following(entry, place)
    assert write_on_card(desk, report, sealed_entry(place)).status_code == 400
    assert [[number for number, _ in kept(desk, report, after)] for after in (0, 2, 3)] == [[1, 2], [3], []]
    assert desk.get(f"{report.address}/card?after=1").get_json()["count"] == 3
    assert desk.get(f"{report.address}/card?after=x").status_code == 400


def newest(client: FlaskClient, *reports: Sealed) -> dict[str, tuple[int, str]]:
    """The numbers and bytes of the newest entries, by report."""
    answer = client.get("/api/v1/staff/cards", query_string={"of": ",".join(b64(each.id) for each in reports)})
    return {each["report"]: (each["number"], each["entry"]) for each in answer.get_json()["entries"]}


def test_the_newest_entries_of_many_cards_come_at_once_and_only_to_their_team(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    place = first_place(office, report)
    one = sealed_entry(place)
    two = sealed_entry(following(one, place))
    without, none = Sealed(office).send(), Sealed(office)
    assert newest(desk, report, without) == {}
    for entry in (one, two):
        assert write_on_card(desk, report, entry).status_code == 201
    assert newest(desk, without, report, none, report) == {b64(report.id): (2, b64(two))}
    with office.app.app_context(), transaction():
        db.session.execute(db.delete(Membership).where(Membership.member_id == office.person(FIRST).id))
    assert newest(desk, report) == {}


@pytest.mark.parametrize("of", ["", "x", ",", ",".join([b64(bytes(16))] * 41)])
def test_what_are_no_ids_of_reports_or_too_many_is_refused_by_name(desk: FlaskClient, of: str) -> None:
    answer = desk.get("/api/v1/staff/cards", query_string={"of": of})
    assert (answer.status_code, answer.get_json()["fields"]) == (400, {"of": ["Ids of at most 40 reports."]})


def test_the_pages_to_refer_a_case_are_those_of_the_content_pack(desk: FlaskClient) -> None:
    given = desk.get("/api/v1/staff/referral-forms").get_json()
    assert given["language"] == "en"
    mash = next(form for form in given["forms"] if form["to"] == "mash")
    assert {"label": "What they told us, word for word", "says": "told"} in mash["rows"]
    assert {"label": "School", "says": None} in mash["rows"]


def test_what_is_covered_at_the_first_look_is_in_the_words_of_every_language(desk: FlaskClient) -> None:
    given = desk.get("/api/v1/staff/first-look").get_json()
    assert {"muslim*", "musulman*", "muzułma*", "مسلم*", "முஸ்லிம்*"} <= set(given["covered"])
    assert {"mum", "maman", "mama"} <= set(given["shown"])
    assert {"knife", "kill", "friend"} <= set(given["shown"]), "what happened is nobody's name"
    assert not set(given["covered"]) & set(given["shown"])


def test_a_case_is_referred_to_whom_its_card_can_name() -> None:
    assert "|".join(referrals.RECIPIENTS) == reference_card.RECIPIENTS


def slip(office: Office, **changed: object) -> bytes:
    made = replace(OutcomeSlip(office.made.team.id, 1, b"", b""), **changed)  # type: ignore[arg-type]
    return made.head + secrets.token_bytes(SLIP_LENGTH - len(made.head))


def post(client: FlaskClient, *slips: bytes) -> int:
    return client.post(SLIPS, json={"slips": [b64(each) for each in slips]}).status_code


def read(client: FlaskClient) -> list[str]:
    """Every slip, page after page."""
    found, end = [], None
    while True:
        answer = client.get(SLIPS, query_string={"after": end} if end else {})
        assert answer.status_code == 200
        found += answer.get_json()["slips"]
        end = answer.get_json()["next"]
        if end is None:
            return found


def test_slips_are_kept_once_and_given_in_an_order_that_tells_nothing(
    office: Office, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PAGE", 7)
    sent = [slip(office) for _ in range(30)]
    assert [post(desk, *sent[:20]), post(desk, *sent[10:])] == [204, 204]
    found = read(office.signed_in(COORDINATOR))
    assert sorted(found) == sorted(map(b64, sent))
    assert found != list(map(b64, sent)), "by chance in one of 10^32 cases"
    assert found == sorted(found, key=lambda each: hashlib.sha256(sent[[*map(b64, sent)].index(each)]).digest())


def test_of_a_slip_only_its_team_is_kept_beside_its_bytes(office: Office, desk: FlaskClient) -> None:
    (sent,) = [slip(office)]
    post(desk, sent)
    with office.app.app_context():
        (row,) = db.session.execute(text("SELECT * FROM outcome_slip")).mappings().all()
        assert set(row) == {"place", "team_id", "content"}
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
    assert last is not None
    assert (last.action, last.subject) == ("slips.posted", None)


def test_a_slip_that_is_none_or_anothers_is_refused_with_all_beside_it(office: Office, desk: FlaskClient) -> None:
    good = slip(office)
    for bad in (slip(office, team_id=bytes(16)), slip(office, epoch=2), b"YSE" + good[3:], good[:-1]):
        assert post(desk, good, bad) == 400
    assert post(desk) == 400
    assert post(desk, *(slip(office) for _ in range(41))) == 400
    assert read(office.signed_in(COORDINATOR)) == []


def test_only_a_coordinator_reads_slips(desk: FlaskClient) -> None:
    assert desk.get(SLIPS).status_code == 404
