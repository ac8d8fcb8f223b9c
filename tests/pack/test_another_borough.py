"""The example pack: a borough that does not exist, as a start for one that does. Nothing of it needs a line of code."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

import youthsafe
from tests.havens.conftest import PLACE, written
from tests.packs import packaged
from tests.sealing import SealedInstance
from youthsafe.cli import main
from youthsafe.config import PACKAGED_CONTENT, Config
from youthsafe.pack.check import examine
from youthsafe.pack.pack import Pack, load

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"
NATIONAL = {"emergency", "childline", "shout"}
# Numbers that Ofcom keeps for drama: nobody has them, and nobody will.
DRAMA = re.compile(r"01632960\d{3}|02079460\d{3}|08081570\d{3}|07700900\d{3}|03069990\d{3}")


@pytest.fixture(scope="module")
def madeupton() -> Pack:
    return load(MADEUPTON)


@pytest.fixture
def app(config: Config, make_app: Callable[[Config], Flask]) -> Iterator[Flask]:
    """An instance of the made-up borough, set up."""
    app = make_app(replace(config, content=MADEUPTON))
    SealedInstance.set_up(app)
    return app


def test_there_is_nothing_to_mend_in_it(madeupton: Pack) -> None:
    health = examine(madeupton)
    assert health.faults == ()
    assert {note.what for note in health.notes if note.file.startswith("ar/")} == {"ar: translated by computer"}


def test_it_holds_one_of_everything_a_pack_can_hold(madeupton: Pack) -> None:
    shipped = packaged()
    kinds = {path.relative_to(PACKAGED_CONTENT).parts[1] for path in PACKAGED_CONTENT.glob("en/*")}
    assert {path.relative_to(MADEUPTON).parts[1] for path in MADEUPTON.glob("en/*")} == kinds
    assert set(madeupton.prose["en"]) == set(shipped.prose["en"])
    assert madeupton.site.locale("ar").direction == "rtl"
    assert {each.translation.value for each in madeupton.topic("ar", "bullying").cards} == {"machine", "missing"}


def test_no_number_of_its_own_services_can_ring_at_somebodys(madeupton: Pack) -> None:
    own = [service for service in madeupton.services.services if service.id not in NATIONAL]
    numbers = [number.replace(" ", "") for each in own for number in (each.phone, each.text and each.text.to) if number]
    assert len(numbers) >= 2
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert all(each.source_url.endswith(".example") and (each.web or ".example").endswith(".example") for each in own)
    assert all("made up" in each.name.original.text for each in own)


def test_an_import_is_held_to_the_boundary_of_the_pack(app: Flask, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here.csv", tmp_path / "elsewhere.csv"
    here.write_bytes(written(PLACE | {"lat": "54.5161", "lon": "2.0502"}))
    elsewhere.write_bytes(written(PLACE))
    run = app.test_cli_runner().invoke
    taken, refused = (run(main, ["havens", "import", str(path), "--dry-run"]) for path in (here, elsewhere))
    assert (taken.exit_code, refused.exit_code) == (0, 1)
    assert "line 2: lat, lon: this place is outside the borough" in refused.output


def test_a_reader_is_sent_to_a_language_that_it_has(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/", headers={"Accept-Language": "fr"}).location == "/en/"
    assert client.get("/", headers={"Accept-Language": "fr,ar;q=0.5"}).location == "/ar/"
    assert client.get("/fr/").status_code == 404


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    """The pack as if it were written in Welsh, and translated into Kurdish as it is written in Iraq."""
    folder = Path(shutil.copytree(MADEUPTON, tmp_path / "pack"))
    for old, new in (("en", "cy"), ("ar", "ckb")):
        (folder / old).rename(folder / new)
        for file in (folder / "site.yaml", folder / "services.yaml"):
            text = file.read_text(encoding="utf-8").replace(f"tag: {old}", f"tag: {new}")
            file.write_text(re.sub(rf"^( +){old}: ", rf"\1{new}: ", text, flags=re.MULTILINE), encoding="utf-8")
    return folder


def test_everything_falls_back_to_the_first_language_of_the_pack_whichever_it_is(
    renamed: Path, config: Config, make_app: Callable[[Config], Flask]
) -> None:
    client = make_app(replace(config, content=renamed)).test_client()
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/cy/"
    assert '<html lang="cy" dir="ltr"' in client.get("/nowhere/").text
    card = client.get("/ckb/cards/bullying/when-someone-is-mean/").text
    assert '<html lang="ckb" dir="rtl"' in card
    assert '<details open lang="cy" dir="ltr">' in card
    assert 'lang="en"' not in card.replace('<bdi dir="ltr" lang="en">Stop. I don’t like that</bdi>', "")


@pytest.mark.parametrize("words", ["lewisham", *(area.id for area in packaged().site.areas)])
def test_no_place_of_the_shipped_pack_is_named_outside_it(words: str) -> None:
    root = Path(youthsafe.__file__).parent
    own = ("content", "node_modules", "build", "__pycache__")
    files = [path for path in root.rglob("*") if path.is_file() and not set(own) & set(path.relative_to(root).parts)]
    files += (root.parent / "translations").rglob("*.po")
    name = re.compile(rf"\b{words.replace('-', ' ').title()}\b")
    texts = {
        path: path.read_bytes().decode(errors="replace") for path in files if path.suffix not in {".png", ".woff2"}
    }
    assert len(texts) > 200
    assert [path.name for path, text in texts.items() if name.search(text)] == []
