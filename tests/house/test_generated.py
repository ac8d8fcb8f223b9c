"""What is made from the routes' declarations is as they are now: run `make generated` where this fails."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from scripts import generated


@pytest.mark.parametrize(
    ("every", "said"),
    [
        (timedelta(seconds=20), "20 seconds"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(days=1), "day"),
        (timedelta(days=14), "2 weeks"),
    ],
)
def test_how_often_a_job_runs_is_said_in_the_largest_unit_that_fits(every: timedelta, said: str) -> None:
    assert generated.time_between(every) == said


def test_a_time_that_nobody_would_say_is_refused() -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        generated.time_between(timedelta(seconds=90))


@pytest.mark.parametrize("path", generated.FILES, ids=lambda path: path.name)
def test_a_file_made_from_the_declarations_is_what_they_are(app: Flask, path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated.FILES[path](app)
