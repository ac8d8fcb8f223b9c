"""Importing a file at the desk: the difference first, and then exactly that difference or nothing."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hatch_build import BROWSER_HALF
from tests.conftest import SettableClock
from tests.havens.conftest import PLACE, written
from tests.havens.test_import import collection, feature
from tests.places.conftest import HAVENS, applied, imported
from youthsafe.extensions import db
from youthsafe.havens import services as havens_services
from youthsafe.jobs.schedule import haven_imports
from youthsafe.places import services
from youthsafe.places.models import HavenImport, HavenImportPiece

PACKAGE = Path(services.__file__).parents[1]
# Of a file that the desk never sends, or of one that is no file of places at all.
ENGLISH_ONLY = {
    "mend the file",
    "split it into several files",
    "the file is larger than 10 MB",
    "there is a zero byte: this may be UTF-16",
    "this is not a GeoJSON FeatureCollection",
}
ANOTHER = PLACE | {"name": "A café", "address": "2 B Street", "lat": "51.4460"}


def many(count: int) -> list[dict[str, str]]:
    return [PLACE | {"name": f"Place {each}", "lat": f"{51.43 + each * 0.00002:.5f}"} for each in range(count)]


def saved(app: Flask) -> int:
    with app.app_context():
        return len(havens_services.every_haven())


def test_a_difference_is_shown_and_saves_nothing_until_somebody_says_so(app: Flask, first: FlaskClient) -> None:
    found = imported(first, written(PLACE, ANOTHER))
    assert [each["name"] for each in found["new"]] == ["A library", "A café"]
    assert saved(app) == 0
    answer = applied(first, found)
    assert answer.get_json() == {"new": 2, "changed": 0}
    assert saved(app) == 2


def test_the_difference_says_what_was_and_what_would_be(app: Flask, first: FlaskClient) -> None:
    applied(first, imported(first, written(PLACE, ANOTHER)))
    found = imported(first, written(PLACE | {"step_free": "no", "hours": "always"}))
    (change,) = found["changed"]
    assert change["name"] == "A library"
    assert {"column": "step_free", "old": "yes", "new": "no"} in change["columns"]
    assert [each["column"] for each in change["columns"]] == ["hours", "step_free"]
    assert [each["name"] for each in found["gone"]] == ["A café"]
    assert applied(first, found).get_json() == {"new": 0, "changed": 1}
    assert saved(app) == 2  # what is gone from the file stays


def test_the_same_file_again_changes_nothing(first: FlaskClient, actions: Callable[[], list[str]]) -> None:
    applied(first, imported(first, written(PLACE)))
    before = actions()
    found = imported(first, written(PLACE))
    assert (found["new"], found["changed"], found["same"]) == ([], [], 1)
    assert applied(first, found).get_json() == {"new": 0, "changed": 0}
    assert actions() == before


def test_nothing_is_saved_where_somebody_changed_a_place_since_it_was_looked_at(
    app: Flask, first: FlaskClient, second: FlaskClient
) -> None:
    applied(first, imported(first, written(PLACE)))
    found = imported(first, written(PLACE | {"hours": "always"}))
    (haven,) = second.get(f"{HAVENS}?list=candidate").get_json()["havens"]
    second.post(f"{HAVENS}/{haven['id']}/withdraw", json={})
    answer = applied(first, found)
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.get_json()["detail"]
    columns = first.get(f"{HAVENS}/{haven['id']}").get_json()["columns"]
    assert columns["hours"] != "always"
    again = first.post(f"{HAVENS}/imports/{found['id']}/difference", json={}).get_json()
    assert applied(first, again | {"id": found["id"]}).status_code == 200


def test_nothing_is_saved_where_somebody_imported_the_same_file_first(
    app: Flask, first: FlaskClient, second: FlaskClient
) -> None:
    ours, theirs = imported(first, written(PLACE)), imported(second, written(PLACE))
    assert applied(second, theirs).status_code == 200
    assert applied(first, ours).status_code == 409
    assert saved(app) == 1


def test_a_difference_that_was_never_shown_is_not_saved(app: Flask, first: FlaskClient) -> None:
    found = imported(first, written(PLACE))
    assert applied(first, found | {"digest": "A" * 43}).status_code == 409
    assert saved(app) == 0


def test_an_import_is_applied_once(first: FlaskClient) -> None:
    found = imported(first, written(PLACE))
    assert applied(first, found).status_code == 200
    assert applied(first, found).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (written(PLACE | {"name": '=cmd|" /C calc"!A0'}), "formula"),
        (written(PLACE | {"operator": "@SUM(1)"}), "formula"),
        (written(PLACE | {"lat": "48.85", "lon": "2.35"}), "outside the borough"),
        (written(PLACE, PLACE), "the same place"),
        (written(PLACE | {"name": "A\u200blibrary"}), "cannot be seen"),
        (b"kind,name\nsafe-haven,A library\n", "this column is missing"),
        (b'kind,"name\n', "not CSV"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_with_its_line(
    app: Flask, first: FlaskClient, content: bytes, told: str
) -> None:
    found = imported(first, content)
    assert told in " ".join(each["what"] for each in found["refusals"])
    assert (found["digest"], found["new"], found["changed"]) == (None, [], [])
    assert applied(first, found | {"digest": "A" * 43}).status_code == 409
    assert saved(app) == 0


def test_the_desk_has_words_for_every_fixed_refusal() -> None:
    """Those that quote the file, or count, are put together and stay English."""
    words = (BROWSER_HALF / "src/desk/pages/places/refusal_words.tsx").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "(.+?)": \(\) =>', words, re.MULTILINE))
    said = set()
    for name in ("import_file", "records", "rows"):
        tree = ast.parse((PACKAGE / f"havens/{name}.py").read_text(encoding="utf-8"))
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in {"Refusal", "FieldError"}:
                said |= {each.value for each in call.args[-2:] if isinstance(each, ast.Constant)}
    assert len(said) > 20
    assert said - known == ENGLISH_ONLY


def test_geojson_is_read_as_the_command_line_reads_it(app: Flask, first: FlaskClient) -> None:
    found = imported(first, collection(feature()), "geojson")
    assert found["refusals"] == []
    assert applied(first, found).status_code == 200
    assert saved(app) == 1


def test_a_text_that_is_cut_anywhere_reads_as_one(first: FlaskClient) -> None:
    found = imported(first, written(PLACE | {"name": "كافيه ☕"}), piece=7)
    assert [each["name"] for each in found["new"]] == ["كافيه ☕"]


def test_a_piece_may_come_twice_but_not_another_in_its_place(first: FlaskClient) -> None:
    begun = first.post(f"{HAVENS}/imports", json={"format": "csv"}).get_json()["id"]
    address = f"{HAVENS}/imports/{begun}/text"
    assert first.post(address, json={"number": 0, "text": "a"}).status_code == 204
    assert first.post(address, json={"number": 0, "text": "a"}).status_code == 204
    assert first.post(address, json={"number": 0, "text": "b"}).status_code == 409


def test_a_file_with_a_piece_missing_is_not_read(first: FlaskClient) -> None:
    begun = first.post(f"{HAVENS}/imports", json={"format": "csv"}).get_json()["id"]
    assert first.post(f"{HAVENS}/imports/{begun}/difference", json={}).status_code == 400
    first.post(f"{HAVENS}/imports/{begun}/text", json={"number": 1, "text": "a"})
    assert first.post(f"{HAVENS}/imports/{begun}/difference", json={}).status_code == 400


@pytest.mark.parametrize("body", [{"number": 500, "text": "a"}, {"number": 0, "text": "a" * 8_001}, {"number": 0}])
def test_a_piece_has_its_bounds(first: FlaskClient, body: dict[str, object]) -> None:
    begun = first.post(f"{HAVENS}/imports", json={"format": "csv"}).get_json()["id"]
    assert first.post(f"{HAVENS}/imports/{begun}/text", json=body).status_code == 400


def test_more_places_than_the_desk_takes_are_refused_in_words(app: Flask, first: FlaskClient) -> None:
    found = imported(first, written(*many(2_001)), piece=8_000)
    assert [each["what"] for each in found["refusals"]] == ["there are more than 2,000 places"]
    assert saved(app) == 0


def test_nobody_reaches_the_import_of_another(first: FlaskClient, second: FlaskClient) -> None:
    found = imported(first, written(PLACE))
    assert second.post(f"{HAVENS}/imports/{found['id']}/difference", json={}).status_code == 404
    assert applied(second, found).status_code == 404


def test_what_was_begun_is_forgotten_with_the_next_import_and_after_a_day(
    app: Flask, first: FlaskClient, second: FlaskClient, clock: SettableClock
) -> None:
    imported(first, written(PLACE))
    imported(second, written(PLACE))
    imported(first, written(PLACE))
    assert kept(app) == (2, 2)
    said: list[str] = []
    with app.app_context():
        haven_imports.run(said.append)
        assert said == []
        clock.move(hours=25)
        haven_imports.run(said.append)
    assert said == ["Files of havens forgotten: 2."]
    assert kept(app) == (0, 0)


def kept(app: Flask) -> tuple[int, int]:
    with app.app_context():
        count = db.func.count()
        return (
            db.session.scalar(db.select(count).select_from(HavenImport)) or 0,
            db.session.scalar(db.select(count).select_from(HavenImportPiece)) or 0,
        )
