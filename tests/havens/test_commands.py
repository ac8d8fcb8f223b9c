import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import SettableClock
from tests.havens.conftest import PLACE, written
from tests.havens.test_import import ONE_BY_ONE, collection, feature, places
from youthsafe.cli import main
from youthsafe.crypto.encoding import b64
from youthsafe.havens import services
from youthsafe.havens.models import Status
from youthsafe.rooms import rooms

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run `youthsafe havens …` on the test's application."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(main, ["havens", *map(str, words)])


@pytest.fixture
def one_place(tmp_path: Path) -> Path:
    path = tmp_path / "places.csv"
    path.write_bytes(written(PLACE))
    return path


def ids(app: Flask) -> list[str]:
    with app.app_context():
        return [b64(haven.id) for haven in services.every_haven()]


@pytest.mark.usefixtures("audited")
def test_a_dry_run_shows_what_would_change_and_saves_nothing(app: Flask, run: Run, one_place: Path) -> None:
    result = run("import", one_place, "--dry-run")
    assert result.exit_code == 0
    assert "new      A library" in result.output
    assert "nothing was saved" in result.output
    assert ids(app) == []


@pytest.mark.usefixtures("audited")
def test_an_import_is_saved_and_shown_again_as_a_difference(app: Flask, run: Run, one_place: Path) -> None:
    assert run("import", one_place).exit_code == 0
    assert len(ids(app)) == 1
    one_place.write_bytes(written(PLACE | {"hours": "always"}))
    assert "changed  A library: hours\n" in run("import", one_place, "--dry-run").output
    one_place.write_bytes(written(PLACE | {"name": "B", "address": "2 B Street", "lat": "51.4460"}))
    output = run("import", one_place, "--dry-run").output
    assert "gone     A library (not in the file; stays candidate: withdraw it by hand)" in output
    assert "1 new, 0 changed, 0 the same, 1 gone from the file but not removed." in output


@pytest.mark.usefixtures("audited")
def test_one_fault_among_many_rows_saves_none_of_them(app: Flask, run: Run, tmp_path: Path) -> None:
    rows = list(places(600))
    rows[300]["kind"] = "castle"
    path = tmp_path / "many.csv"
    path.write_bytes(written(*rows))
    result = run("import", path)
    assert result.exit_code == 1
    assert "line 302: kind: “castle” is not a kind of place — write safe-haven or hate-crime-site" in result.output
    assert "1 to mend in many.csv. Nothing was saved." in result.output
    assert "Checking 600 places" in result.stderr
    assert ids(app) == []


@pytest.mark.usefixtures("audited")
def test_five_thousand_rows_are_refused_with_every_fault_and_taken_whole_once_they_are_mended(
    app: Flask, run: Run, tmp_path: Path
) -> None:
    rows, path = list(places(5000)), tmp_path / "borough.csv"
    faulty = [row.copy() for row in rows]
    for number, (field, value, _) in enumerate(faults := [each for each in ONE_BY_ONE if each[1].isprintable()]):
        faulty[100 * number][field] = value
    path.write_bytes(written(*faulty))
    for words in ([], ["--dry-run"]):
        refused = run("import", path, *words)
        assert refused.exit_code == 1
        for number, (field, _, told) in enumerate(faults):
            assert re.search(rf"^line {100 * number + 2}: {field}: .*{told}.* — .+$", refused.output, re.MULTILINE)
        assert f"{len(faults)} to mend in borough.csv. Nothing was saved." in refused.output
    path.write_bytes(written(*rows))
    assert "5000 new" in run("import", path, "--dry-run").output.replace(",", "")
    assert ids(app) == []
    assert run("import", path).exit_code == 0
    with app.app_context():
        assert {haven.status for haven in services.every_haven()} == {Status.CANDIDATE}
        assert services.active_havens() == ()
    assert len(ids(app)) == 5000


@pytest.mark.usefixtures("audited")
def test_geojson_is_known_by_its_name(app: Flask, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    path.write_bytes(collection(feature()))
    assert run("import", path).exit_code == 0
    assert len(ids(app)) == 1


@pytest.mark.usefixtures("audited")
def test_two_commands_make_a_haven_active_and_one_takes_it_away(app: Flask, run: Run, one_place: Path) -> None:
    run("import", one_place)
    (haven,) = ids(app)
    first = run("approve", haven, "--by", "coordinator-1", "--method", "visit", "--on", "2026-11-20")
    assert "candidate" in first.output
    assert "Not active yet" in first.output
    assert "approved by coordinator-1 (visit 2026-11-20)" in run("list").output
    second = run("approve", haven, "--by", "coordinator-2", "--method", "phone")
    assert "active" in second.output
    assert "verified 2026-11-20 by coordinator, visit" in second.output
    assert "paused" in run("pause", haven, "--by", "caseworker-1").output
    assert run("list", "--status", "active").output == ""
    assert "withdrawn" in run("withdraw", haven, "--by", "coordinator-1").output


@pytest.mark.usefixtures("audited")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["approve", b64(bytes(16)), "--by", "coordinator-1", "--method", "visit"], "There is no haven with this id."),
        (["approve", "short", "--by", "coordinator-1", "--method", "visit"], "an id has 22 letters"),
        (["approve", b64(bytes(16)), "--by", "coordinator-1", "--method", "guess"], "'guess' is not one of"),
        (
            ["approve", b64(bytes(16)), "--by", "c-1", "--method", "visit", "--on", "monday"],
            "write a day like 2026-11-23",
        ),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_one_line(run: Run, words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("begins", [b"\xf8", b"\xfb\xe0"], ids=["-", "--"])
def test_an_id_that_begins_with_dashes_is_no_option(run: Run, begins: bytes) -> None:
    result = run("pause", b64(begins.ljust(16, b"\0")), "--by", "coordinator-1")
    assert result.exit_code == 1, result.output


@pytest.mark.usefixtures("audited")
def test_a_person_by_name_is_refused(app: Flask, run: Run, one_place: Path) -> None:
    run("import", one_place)
    result = run("approve", ids(app)[0], "--by", "Amina Khan", "--method", "visit")
    assert result.exit_code == 1
    assert "Names are not kept" in result.output


def test_before_set_up_the_command_says_that_there_is_no_trail(run: Run, one_place: Path) -> None:
    assert "The audit trail begins when the instance is set up" in run("import", one_place).output


@pytest.mark.usefixtures("audited")
def test_an_imported_haven_is_on_the_page_only_after_approval_and_gone_after_withdrawal(
    app: Flask, run: Run, one_place: Path, clock: SettableClock
) -> None:
    client = app.test_client()

    def page() -> str:
        rooms(app).page_cache.forget()
        return client.get("/en/havens/").text

    run("import", one_place)
    assert "A library" not in page()
    (haven,) = ids(app)
    run("approve", haven, "--by", "coordinator-1", "--method", "visit")
    run("approve", haven, "--by", "coordinator-2", "--method", "letter")
    assert "A library" in page()
    run("withdraw", haven, "--by", "coordinator-2")
    assert "A library" not in page()
    assert client.get(f"/en/havens/{haven}/").status_code == 404
