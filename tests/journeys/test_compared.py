"""A real demonstration is what the release delivers, Safe Havens and keys included."""

import pytest
from click.testing import CliRunner

from tests.journeys.conftest import Demo
from youthsafe.cli import main

pytestmark = pytest.mark.journey


def test_a_running_demonstration_passes(demo: Demo) -> None:
    said = CliRunner().invoke(main, ["verify-site", demo.base, "--demo", "--language", "en"])
    assert said.exit_code == 0, said.output
    assert "delivers the release to this computer" in said.output
