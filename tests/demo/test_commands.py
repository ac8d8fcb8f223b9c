"""`youthsafe demo`: made once, the same at the next start, never half, and never served as the real thing."""

import re
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyotp import TOTP

from youthsafe.accounts.models import Member
from youthsafe.app import create_app
from youthsafe.audit import services as audit_services
from youthsafe.config import Config, ConfigError
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.crypto.roster import parse_roster
from youthsafe.database import migrating
from youthsafe.demo import ceremony
from youthsafe.demo import commands as demo_commands
from youthsafe.demo.commands import demo
from youthsafe.demo.data_folder import Folder
from youthsafe.extensions import db
from youthsafe.havens import services as havens_services
from youthsafe.instance import services as instance_services
from youthsafe.recovery.database_copy import seeds_under
from youthsafe.recovery.paper import read_kit, word_list


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(demo, [str(each) for each in arguments])


def prepare(folder: Path) -> Result:
    return run("--prepare-only", "--data-dir", folder, "--port", "8123")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A demonstration and what its first start printed."""
    path = tmp_path_factory.mktemp("demo") / "data"
    result = prepare(path)
    assert result.exit_code == 0, result.output
    return path, result


@pytest.fixture
def made(tmp_path: Path, first: tuple[Path, Result]) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(first[0], tmp_path / "data"))


def test_the_first_start_prints_all_a_person_needs(first: tuple[Path, Result]) -> None:
    path, result = first
    who = Folder(path).read_sign_ins()[0]
    assert "DEMONSTRATION" in result.output
    assert "Pupils        http://127.0.0.1:8123/\n" in result.output
    assert "http://127.0.0.1:8123/staff/" in result.output
    assert who.name == "demo-caseworker"
    assert who.words in result.output
    assert f"secret={who.totp}" in result.output


def test_a_second_start_makes_nothing_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in made.glob("demo-*")}
    monkeypatch.setattr(ceremony, "hold", None)
    result = prepare(made)
    assert result.exit_code == 0, result.output
    assert Folder(made).read_sign_ins()[0].words in result.output
    assert {path.name: path.read_bytes() for path in made.glob("demo-*")} == before


def test_only_the_owner_can_read_the_folder(first: tuple[Path, Result]) -> None:
    path, _ = first
    assert path.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in path.iterdir()} == {0o600}


def test_the_database_is_a_whole_demonstration(made: Path) -> None:
    folder = Folder(made)
    app = create_app(Config(database_url=folder.database_url, server_secret=folder.read_secret(), demo=True))
    with app.app_context():
        here = instance_services.instance()
        assert here is not None
        assert here.demo
        assert instance_services.current_bundle().root == here.root_public_key
        assert [each.name for each in db.session.scalars(db.select(Member).order_by(Member.name))] == [
            "demo-caseworker",
            "demo-coordinator",
            "demo-second",
        ]
        assert havens_services.active_havens()
        assert audit_services.verify() is None
        db.engine.dispose()


def test_no_secret_of_a_member_or_the_kit_is_in_the_database(first: tuple[Path, Result]) -> None:
    folder = Folder(first[0])
    stored = folder.database.read_bytes()
    for who in folder.read_sign_ins():
        assert who.words.encode() not in stored
        assert TOTP(who.totp).byte_secret() not in stored


def test_the_code_is_the_one_an_app_would_show(made: Path) -> None:
    who = Folder(made).read_sign_ins()[1]
    shown = {TOTP(who.totp).now()}
    result = run("code", who.name, "--data-dir", made)
    shown.add(TOTP(who.totp).now())
    assert result.output.strip() in shown


def test_a_code_for_nobody_names_those_there_are(made: Path) -> None:
    result = run("code", "somebody", "--data-dir", made)
    assert result.exit_code == 1
    assert "demo-coordinator" in result.output


def test_a_code_without_a_demonstration_says_how_to_start_one(tmp_path: Path) -> None:
    result = run("code", "demo-caseworker", "--data-dir", tmp_path)
    assert result.exit_code == 1
    assert "youthsafe demo" in result.output


def test_a_preparation_that_was_killed_is_made_again(made: Path) -> None:
    part = made / "preparing"
    part.mkdir()
    (made / "youthsafe.db").rename(part / "youthsafe.db")
    words = Folder(made).read_sign_ins()[0].words
    result = prepare(made)
    assert result.exit_code == 0, result.output
    assert not part.exists()
    assert Folder(made).read_sign_ins()[0].words != words


@pytest.mark.parametrize("missing", ["secret", "demo-sign-in.txt", "demo-recovery-kit.txt", "youthsafe.db"])
def test_a_folder_that_lacks_a_file_is_refused_with_the_fix(made: Path, missing: str) -> None:
    (made / missing).unlink()
    result = prepare(made)
    assert result.exit_code == 1
    assert f"{missing} is missing" in result.output
    assert "Delete the folder" in result.output


def test_a_demonstration_of_months_ago_signs_anew_what_has_ended_and_starts(made: Path) -> None:
    folder, months_later = Folder(made), datetime.now(UTC) + timedelta(days=100)
    config = demo_commands.prepare(folder, months_later)
    with create_app(config).app_context():
        bundle = parse_bundle(instance_services.current_bundle().content)
        roster = parse_roster(instance_services.current_roster().content)
        assert audit_services.verify() is None
        db.engine.dispose()
    assert (bundle.serial, roster.version) == (2, 2)
    assert bundle.not_after == roster.not_after == int(months_later.timestamp()) + 28 * 86_400


def test_a_demonstration_with_three_weeks_left_signs_nothing(made: Path) -> None:
    config = demo_commands.prepare(Folder(made), datetime.now(UTC) + timedelta(days=6))
    with create_app(config).app_context():
        assert parse_bundle(instance_services.current_bundle().content).serial == 1
        db.engine.dispose()


def test_a_demonstration_of_an_older_form_is_refused_with_the_fix(made: Path) -> None:
    with sqlite3.connect(made / "youthsafe.db") as connection:
        connection.execute("UPDATE signed_change SET content = CAST(content || x'00' AS BLOB)")
    result = prepare(made)
    assert result.exit_code == 1
    assert "Delete its folder" in str(result.exception) + result.output


def test_another_instances_database_is_refused(made: Path) -> None:
    connection = sqlite3.connect(made / "youthsafe.db")
    connection.execute("UPDATE instance SET demo = 0")
    connection.commit()
    connection.close()
    result = prepare(made)
    assert result.exit_code == 1
    assert "not a demonstration's" in str(result.exception) + result.output


def test_a_production_start_refuses_a_demonstrations_database(made: Path) -> None:
    folder = Folder(made)
    with pytest.raises(ConfigError, match="demonstration"):
        create_app(Config(database_url=folder.database_url, server_secret=folder.read_secret()))


def test_a_production_instance_without_set_up_has_no_bundle_and_no_staff(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    migrating.upgrade(url)
    app = create_app(Config(database_url=url, server_secret=bytes(range(32))))
    client = app.test_client()
    assert client.get("/api/v1/bundle").status_code == 404
    answer = client.post("/api/v1/staff/sign-in/start", json={"name": "demo-caseworker"})
    assert answer.status_code == 200
    with app.app_context():
        db.engine.dispose()


def begin_empty(folder: Path) -> Result:
    return run("--empty", "--prepare-only", "--data-dir", folder, "--port", "8123")


def test_an_empty_one_begins_with_the_set_up_and_prints_a_new_link_each_time(tmp_path: Path) -> None:
    first, second = begin_empty(tmp_path / "data"), begin_empty(tmp_path / "data")
    for result in (first, second):
        assert result.exit_code == 0, result.output
        assert re.search(
            r"Set up        http://127\.0\.0\.1:8123/staff/en/set-up/\nPaste there   [\w-]{43}\n", result.output
        )
    assert first.output != second.output
    folder = Folder(tmp_path / "data")
    config = Config(database_url=folder.database_url, server_secret=folder.read_secret(), demo=True)
    with create_app(config).app_context():
        assert instance_services.instance() is None
        db.engine.dispose()


def test_a_demonstration_that_is_there_is_not_emptied(made: Path) -> None:
    result = begin_empty(made)
    assert result.exit_code == 1
    assert "set up already" in result.output


def test_the_kit_in_the_folder_opens_the_demonstration(made: Path) -> None:
    words = next(line for line in Folder(made).kit.read_text().splitlines() if line.startswith("kit words"))
    folder = Folder(made)
    config = Config(database_url=folder.database_url, server_secret=folder.read_secret(), demo=True)
    with create_app(config).app_context():
        seeds = seeds_under(read_kit(words.removeprefix("kit words"), word_list()))
        db.engine.dispose()
    assert len(seeds) == 1
