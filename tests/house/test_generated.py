"""What is made from the routes' declarations is as they are now: run `make generated` where this fails."""

from pathlib import Path

import pytest
from flask import Flask

from scripts import generated


@pytest.mark.parametrize("path", generated.FILES, ids=lambda path: path.name)
def test_a_file_made_from_the_declarations_is_what_they_are(app: Flask, path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated.FILES[path](app)
