"""Colours and sizes of the public pages come from one file, src/styles/tokens.css; read from what is built and sent."""

import json
import re
from pathlib import Path

import pytest

from tests.packs import packaged
from youthsafe.pack.parser import PICTURES
from youthsafe.resources import assets_folder

SOURCES = Path(__file__).parents[2] / "youthsafe"
STYLES = SOURCES / "static/pwa/src"
TOKENS = (STYLES / "styles/tokens.css").read_text(encoding="utf-8")
FIVE = {f"var(--size-{each})" for each in range(1, 6)}
INHERITED = {"inherit", "1em"}
#: The root, which readers make larger; the code shown large; marks in the size of the words beside them.
BY_THEMSELVES = ("html", ".code-words.large", ".pin-number", ".map", ".help-strip")
#: The report form fits its questions and the numbers to call above the strip of the smallest phones.
FORM = (".step", ".choice", ".promise", ".starts", ".answers")
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def _built(sheet: str) -> str:
    folder = assets_folder()
    name = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))[sheet]
    return (folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", ["app.css", "pictures.css", "havens.css"])
def test_public_pages_know_five_sizes_of_type(sheet: str) -> None:
    for selector, body in RULE.findall(_built(sheet)):
        for size in re.findall(r"(?<![-\w])font-size:([^;}]*)", body):
            others = any(each in selector for each in (*BY_THEMSELVES, *FORM))
            assert size in FIVE | INHERITED or others, f"{selector}: {size}"


def test_the_five_sizes_are_those_of_the_brief() -> None:
    root = 16 * float(re.findall(r"font:(\d+\.\d+)%", _built("app.css"))[0]) / 100
    sizes = re.findall(r"--size-\d: ([\d.]+)rem", TOKENS)
    assert [round(float(each) * root) for each in sizes] == [14, 17, 21, 26, 32]


@pytest.mark.parametrize("name", PICTURES)
def test_the_tint_of_a_topic_is_one_token_by_day_and_one_at_dusk(name: str) -> None:
    sheets = [sheet.read_text(encoding="utf-8") for sheet in STYLES.rglob("*.css")]
    for kind in ("tint", "strong"):
        values = re.findall(rf"--{kind}-{name}: (#[0-9a-f]{{6}});", TOKENS)
        assert len(values) == 3, "by day, at dusk, and at dusk as the reader chose it"
        assert values[1] == values[2] != values[0]
        used = sum(sheet.count(f"var(--{kind}-{name})") for sheet in sheets)
        assert used == 1, "where a topic's name becomes its colours"


def test_every_topic_has_a_picture_and_a_scene() -> None:
    for drawn in ("pictures", "scenes"):
        text = (SOURCES / f"web/templates/web/{drawn}.html").read_text(encoding="utf-8")
        assert [each for each in PICTURES[:-1] if f"name == '{each}'" not in text] == []
    assert {topic.picture for topic in packaged().topics("en")} == set(PICTURES[:-1])
    assert all(topic.picture == packaged().topic("en", topic.slug).picture for topic in packaged().topics("ta"))


def test_motion_is_shorter_than_a_reader_notices() -> None:
    assert int(re.findall(r"--quick: (\d+)ms", TOKENS)[0]) <= 150
    moving = re.findall(r"transition:([^;}]*)", _built("app.css"))
    assert [each for each in moving if "var(--quick)" not in each and each.strip() != "none!important"] == []
