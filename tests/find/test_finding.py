"""What children type finds the right page first: every query of the list, by the page's own script."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hatch_build import BROWSER_HALF, NODE
from tests.find.queries import LOCALES, queries
from youthsafe.config import Config

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"


def first_found(page: str, typed: list[str]) -> list[str]:
    """Where the first result leads for each of some words; "" where nothing is found."""
    given = json.dumps({"page": page, "typed": typed})
    command = [str(NODE / "bin/node"), "tests/find_page.ts"]
    said = subprocess.run(command, cwd=BROWSER_HALF, input=given, check=True, capture_output=True, text=True).stdout
    found: list[str] = json.loads(said)
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_each_finds_its_page_first(client: FlaskClient, locale: str) -> None:
    asked = queries(locale)
    found = first_found(client.get(f"/{locale}/find/").text, [each.typed for each in asked])
    wrong = {each.typed: first for each, first in zip(asked, found, strict=True) if first != f"/{locale}{each.address}"}
    assert wrong == {}


def test_what_nobody_means_finds_nothing(client: FlaskClient) -> None:
    assert first_found(client.get("/en/find/").text, ["", "  ", "my", "qzqzqz", "!!!"]) == [""] * 5


def test_the_words_of_another_boroughs_pack_find_its_pages(config: Config, make_app: Callable[[Config], Flask]) -> None:
    client = make_app(replace(config, content=MADEUPTON)).test_client()
    english, arabic = (f"/{tag}/cards/bullying/when-someone-is-mean/" for tag in ("en", "ar"))
    assert first_found(client.get("/en/find/").text, ["picking on me", "stalkr"]) == [
        english,
        "/en/cards/out-and-about/if-you-feel-followed/",
    ]
    assert first_found(client.get("/ar/find/").text, ["بيضحكون علي"]) == [arabic]
