"""A second factor that was lost: a colleague takes it away and says a code, and both are told."""

import base64
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.accounts.authenticator import Authenticator
from tests.accounts.office import Office
from youthsafe.accounts import services as accounts_services
from youthsafe.accounts.models import SecondFactorReset
from youthsafe.accounts.own import services
from youthsafe.accounts.second_factor import code_at, step
from youthsafe.accounts.services import TOKEN_BYTES
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.database import transaction
from youthsafe.errors import NotSignedInError
from youthsafe.extensions import db
from youthsafe.routing.routes import STAFF_COOKIE

STAFF = "/api/v1/staff"
NAME, COORDINATOR = "demo-caseworker", "demo-coordinator"


def reset(office: Office, client: FlaskClient, name: str = NAME) -> str:
    answer = client.post(f"{STAFF}/members/{b64(office.person(name).id)}/reset-second-factor", json={})
    assert answer.status_code == 200
    assert answer.json is not None
    return str(answer.json["code"]).replace("-", "")


def sign_in(office: Office, code: str, name: str = NAME, proof: bytes | None = None) -> tuple[FlaskClient, int, bool]:
    client = office.app.test_client()
    body = {"name": name, "proof": b64(proof or office.person(name).proof), "code": code}
    answer = client.post(f"{STAFF}/sign-in", json=body)
    return client, answer.status_code, bool(answer.json and answer.json.get("enrol"))


def told(client: FlaskClient) -> list[tuple[str, str | None]]:
    found = client.get(f"{STAFF}/account/events").json
    assert found is not None
    return [(each["kind"], each["other"]) for each in found["events"]]


def enrol_passkey(client: FlaskClient) -> int:
    question = client.post(f"{STAFF}/account/passkeys/question", json={}).json
    assert question is not None
    return client.post(f"{STAFF}/account/passkeys", json=Authenticator().made(question["challenge"])).status_code


def enrol_app(office: Office, client: FlaskClient) -> int:
    made = client.post(f"{STAFF}/account/app", json={}).json
    assert made is not None
    code = code_at(base64.b32decode(made["secret"]), step(office.clock()))
    return client.post(f"{STAFF}/account/app/confirm", json={"code": code}).status_code


def token(client: FlaskClient) -> bytes:
    found = client.get_cookie(STAFF_COOKIE, path=STAFF)
    assert found is not None
    return unb64(found.value, TOKEN_BYTES)


def test_the_code_that_a_colleague_says_opens_nothing_but_enrolment(office: Office) -> None:
    code = reset(office, office.signed_in(COORDINATOR))
    client, status, enrol = sign_in(office, code)
    assert (status, enrol) == (200, True)
    assert client.get(f"{STAFF}/key-ring").status_code == 404
    assert enrol_passkey(client) == 201
    assert client.get(f"{STAFF}/key-ring").status_code == 200
    assert sign_in(office, code)[1] == 401, "the code is over once there is a second factor"


@pytest.mark.parametrize("kind", ["app", "passkey"])
def test_the_first_new_factor_ends_every_other_session_that_the_code_opened(office: Office, kind: str) -> None:
    code = reset(office, office.signed_in(COORDINATOR))
    (member, _, _), (other, _, _) = sign_in(office, code), sign_in(office, code)
    assert (enrol_app(office, member) == 204) if kind == "app" else (enrol_passkey(member) == 201)
    for path in ("app", "recovery-codes", "passkeys/question"):
        assert other.post(f"{STAFF}/account/{path}", json={}).status_code == 401, path
    assert member.get(f"{STAFF}/key-ring").status_code == 200


@pytest.mark.parametrize("change", [services.begin_app, services.new_recovery_codes])
def test_whoever_was_let_in_just_before_the_first_new_factor_changes_nothing_after_it(
    office: Office, change: Callable[..., object]
) -> None:
    code = reset(office, office.signed_in(COORDINATOR))
    (member, _, _), (other, _, _) = sign_in(office, code), sign_in(office, code)
    late = token(other)
    with office.app.app_context():
        let_in = accounts_services.session_member(late, office.clock())
        assert enrol_passkey(member) == 201
        with pytest.raises(NotSignedInError), transaction():
            change(late, let_in, office.clock())


def test_both_are_told(office: Office) -> None:
    coordinator = office.signed_in(COORDINATOR)
    client = sign_in(office, reset(office, coordinator))[0]
    enrol_passkey(client)
    assert ("second-factor-reset", COORDINATOR) in told(client)
    assert told(coordinator) == [("second-factor-reset-by-you", NAME)]


def test_after_a_reset_nothing_of_the_old_factor_counts_and_sessions_end(office: Office) -> None:
    signed_in = office.signed_in(NAME)
    codes = signed_in.post(f"{STAFF}/account/recovery-codes", json={}).json
    reset(office, office.signed_in(COORDINATOR))
    assert signed_in.get(f"{STAFF}/key-ring").status_code == 401
    office.clock.move(seconds=60)
    assert office.ask(office.app.test_client(), NAME).status_code == 401
    assert codes is not None
    assert sign_in(office, codes["codes"][0].replace("-", ""))[1] == 401


def test_a_colleagues_code_needs_the_words_is_nobody_elses_and_ends_after_a_day(office: Office) -> None:
    code = reset(office, office.signed_in(COORDINATOR))
    assert sign_in(office, code, proof=bytes(32))[1] == 401
    assert sign_in(office, code, "demo-second")[1] == 401
    office.clock.move(hours=24)
    assert sign_in(office, code)[1] == 401


def test_another_reset_ends_the_code_before(office: Office) -> None:
    coordinator = office.signed_in(COORDINATOR)
    first = reset(office, coordinator)
    second = reset(office, coordinator)
    assert sign_in(office, first)[1] == 401
    assert sign_in(office, second)[1] == 200
    with office.app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(SecondFactorReset)) == 1


def test_nobody_resets_the_own_factor_and_a_caseworker_nobodys(office: Office) -> None:
    coordinator, caseworker = office.signed_in(COORDINATOR), office.signed_in(NAME)
    own = f"{STAFF}/members/{b64(office.person(COORDINATOR).id)}/reset-second-factor"
    assert coordinator.post(own, json={}).status_code == 409
    assert caseworker.post(own, json={}).status_code == 404
    unknown = f"{STAFF}/members/{b64(bytes(16))}/reset-second-factor"
    assert coordinator.post(unknown, json={}).status_code == 404


def test_a_coordinator_sees_who_has_which_factor(office: Office) -> None:
    coordinator = office.signed_in(COORDINATOR)
    reset(office, coordinator)
    found = coordinator.get(f"{STAFF}/members").json
    assert found is not None
    assert {each["name"]: (each["app"], each["reset"]) for each in found["members"]} == {
        NAME: (False, True),
        "demo-second": (True, False),
        COORDINATOR: (True, False),
    }
