"""A missing or replaced database file is a 503 and never a 201: a child must not be told that it was kept."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.sealing import SealedInstance, SealedReport
from youthsafe.config import Config
from youthsafe.rooms import rooms


def _send(client: FlaskClient, report: SealedReport) -> int:
    return client.post("/api/v1/reports", data=report.body, content_type="application/json").status_code


def _remove(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("moved.db"))


def _replace_with_a_copy(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    copy.replace(path)


def _replace_with_nothing(path: Path) -> None:
    path.unlink()
    path.touch()


def _replace_with_rubbish(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"not a database" * 400)


def _remove_the_log(path: Path) -> None:
    path.with_name(path.name + "-wal").unlink()


@pytest.mark.parametrize(
    "break_it",
    [_remove, _rename, _replace_with_a_copy, _replace_with_nothing, _replace_with_rubbish, _remove_the_log],
    ids=lambda each: each.__name__.strip("_"),
)
def test_a_report_is_refused_when_the_file_goes_while_the_server_runs(
    instance: SealedInstance, client: FlaskClient, database_path: Path, break_it: Callable[[Path], None]
) -> None:
    assert _send(client, instance.report()) == 201
    break_it(database_path)
    assert _send(client, instance.report()) == 503
    health = client.get("/healthz")
    assert (health.status_code, health.json["database"]) == (503, False)


def test_a_report_is_refused_when_the_file_was_never_there(config: Config, make_app: Callable[[Config], Flask]) -> None:
    path = Path(config.database_url.removeprefix("sqlite:///"))
    path.unlink()
    client = make_app(config).test_client()
    assert client.get("/healthz").status_code == 503
    assert client.get("/api/v1/bundle").status_code == 503
    assert not path.exists(), "opening must never create an empty database"


def test_pages_and_help_are_read_without_the_database(config: Config, make_app: Callable[[Config], Flask]) -> None:
    Path(config.database_url.removeprefix("sqlite:///")).unlink()
    client = make_app(config).test_client()
    for address in ("/en/", "/en/support/", "/ar/cards/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "0800 1111" in answer.text


@pytest.mark.parametrize("break_it", [_remove, _replace_with_rubbish], ids=lambda each: each.__name__.strip("_"))
def test_everything_that_is_read_goes_on_when_the_file_goes_while_the_server_runs(
    app: Flask, client: FlaskClient, database_path: Path, break_it: Callable[[Path], None]
) -> None:
    assert client.get("/healthz").status_code == 200
    before = client.get("/en/havens/").text
    break_it(database_path)
    rooms(app).page_cache.forget()
    for address in ("/en/", "/ar/support/", "/en/people/", "/ar/cards/bullying/tell-an-adult/", "/en/teach/bullying/"):
        assert client.get(address).status_code == 200, address
    havens = client.get("/en/havens/")
    assert havens.status_code == 200
    assert "We could not check for changes just now." in havens.text
    assert "We could not check for changes just now." not in before
    missing = client.get("/ar/nowhere/")
    assert (missing.status_code, 'href="tel:08001111"' in missing.text) == (404, True)
    health = client.get("/healthz")
    assert health.status_code == 503
    assert (health.json["status"], health.json["database"], health.json["problem"]) == ("failing", False, "not_there")
    assert health.json["means"] == "The database file is missing, or was moved or replaced."
