"""The link that sets an instance up: one at a time, for a while, and never once there is an instance."""

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.office import Office
from tests.conftest import SettableClock
from youthsafe.cli import main
from youthsafe.crypto.encoding import b64
from youthsafe.extensions import db
from youthsafe.setup.models import SetUpLink


def make(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(main, ["setup-link", *words])


def secret_in(printed: Result) -> str:
    assert printed.exit_code == 0, printed.output
    return printed.stdout.split()[1]


def status(client: FlaskClient, secret: str) -> int:
    return client.post("/api/v1/staff/set-up/link", json={"secret": secret}).status_code


def test_the_command_prints_an_address_and_below_it_the_secret_to_paste_there(app: Flask, client: FlaskClient) -> None:
    printed = make(app)
    assert printed.stdout.startswith("https://YOUR-SITE/staff/en/set-up/\n")
    assert "until 2026-11-24 09:30 UTC" in printed.stderr
    assert "YOUTHSAFE_PUBLIC_URL" in printed.stderr
    assert status(client, secret_in(printed)) == 200


def test_the_database_holds_a_keyed_hash_of_it(app: Flask) -> None:
    secret = secret_in(make(app))
    with app.app_context():
        link = db.session.query(SetUpLink).one()
        assert len(link.hash) == 32
        assert b64(link.hash) != secret


def test_a_second_link_takes_the_place_of_the_first(app: Flask, client: FlaskClient) -> None:
    first, second = secret_in(make(app)), secret_in(make(app))
    assert (status(client, first), status(client, second)) == (404, 200)


def test_a_link_is_over_after_its_hours(app: Flask, client: FlaskClient, clock: SettableClock) -> None:
    secret = secret_in(make(app, "--hours", "2"))
    clock.move(hours=1, minutes=59)
    assert status(client, secret) == 200
    clock.move(minutes=1)
    assert status(client, secret) == 404


@pytest.mark.parametrize("hours", ["0", "169", "-1"])
def test_hours_that_make_no_sense_are_refused(app: Flask, hours: str) -> None:
    assert make(app, "--hours", hours).exit_code == 2


def test_a_wrong_secret_gets_the_same_words_as_one_that_is_over(
    app: Flask, client: FlaskClient, clock: SettableClock
) -> None:
    secret = secret_in(make(app))
    clock.move(hours=25)
    over = client.post("/api/v1/staff/set-up/link", json={"secret": secret}).json
    assert client.post("/api/v1/staff/set-up/link", json={"secret": b64(bytes(32))}).json == over


def test_once_the_instance_is_there_no_link_is_made_and_none_is_good(office: Office) -> None:
    printed = make(office.app)
    assert printed.exit_code == 1
    assert "set up already" in printed.stderr


def test_a_link_from_before_is_dead_once_the_instance_is_there(
    app: Flask, clock: SettableClock, request: pytest.FixtureRequest
) -> None:
    secret = secret_in(make(app))
    office: Office = request.getfixturevalue("office")
    assert status(office.app.test_client(), secret) == 404
