"""What the desk seals under a key that somebody who left the team still has is refused; what phones seal is taken."""

import hashlib
import secrets
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office, made, office
from tests.accounts.test_changes import post, without
from tests.triage.sealed import Sealed, envelope, first_place, sealed_entry, write_on_card
from tests.triage.test_api import NONE, answer, read
from tests.triage.test_case_cards import post as post_slips
from tests.triage.test_case_cards import slip
from youthsafe.crypto.envelope import Direction
from youthsafe.crypto.keys import Purpose

__all__ = ["made", "office"]
COORDINATOR, LEAVER, WHO_STAYS = "demo-coordinator", "demo-caseworker", "demo-second"


@pytest.fixture
def desk(office: Office) -> FlaskClient:
    """The desk of somebody who stays."""
    return office.signed_in(WHO_STAYS)


@pytest.fixture
def report(office: Office, desk: FlaskClient) -> Sealed:
    """A report that somebody who stays has claimed."""
    sent = Sealed(office).send()
    read(desk, sent)
    return sent


def one_leaves(office: Office) -> None:
    """Somebody is removed, so the team has a key that they never had."""
    assert post(office.signed_in(COORDINATOR), office.signed(without(office, LEAVER))).status_code == 200


def answer_to_the_newest_key(office: Office, report: Sealed) -> bytes:
    team = next(each for each in office.newest().bundle.teams if each.id == office.made.team.id)
    return envelope(
        Direction.TO_REPORTER,
        report_id=report.id,
        message_id=secrets.token_bytes(16),
        team_id=team.id,
        epoch=team.epoch,
        wraps=[(Purpose.ANSWER_TO_MAILBOX, report.key), (Purpose.ANSWER_TO_TEAM, team.public_key)],
    )


def test_an_answer_to_an_older_key_is_refused_and_nothing_is_saved(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    one_leaves(office)
    refused = answer(desk, report, report.answer())
    assert (refused.status_code, desk.get(report.address).get_json()["answers"]) == (409, 0)
    assert "key was renewed" in refused.text
    assert answer(desk, report, answer_to_the_newest_key(office, report)).status_code == 201


def test_an_answer_that_was_kept_before_is_there_when_it_comes_again(
    office: Office, desk: FlaskClient, report: Sealed
) -> None:
    sent = report.answer()
    assert answer(desk, report, sent, after=NONE).status_code == 201
    one_leaves(office)
    assert answer(desk, report, sent, after=NONE).status_code == 201
    assert desk.get(report.address).get_json()["answers"] == 1


def test_a_phone_that_knows_the_older_key_alone_still_writes(office: Office, desk: FlaskClient, report: Sealed) -> None:
    one_leaves(office)
    report.write_back(hashlib.sha256(report.envelope).digest())
    assert desk.get(report.address).get_json()["follow_ups"] == 1
    read(desk, Sealed(office).send())


def test_an_entry_and_a_slip_under_an_older_key_are_refused(office: Office, desk: FlaskClient, report: Sealed) -> None:
    one_leaves(office)
    place = first_place(office, report, WHO_STAYS)
    assert write_on_card(desk, report, sealed_entry(place)).status_code == 409
    assert write_on_card(desk, report, sealed_entry(replace(place, epoch=2))).status_code == 201
    assert post_slips(desk, slip(office)) == 409
    assert post_slips(desk, slip(office, epoch=2)) == 204
