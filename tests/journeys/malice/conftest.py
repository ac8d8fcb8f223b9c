"""One demonstration with a past, for every door."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import running_demo
from tests.journeys.malice.world import World, made_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[World]:
    """A demonstration that had three signed changes, with every key."""
    with running_demo(tmp_path_factory.mktemp("malice") / "data") as demo:
        yield made_world(demo, browser)
