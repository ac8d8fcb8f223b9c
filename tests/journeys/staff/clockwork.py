"""What runs by the clock beside a demonstration, which has no jobs of its own, at a moment that a test chooses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tests.journeys.conftest import Demo
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.reading_hours import Reading
from youthsafe.jobs.schedule import drills

Found = TypeVar("Found")


def last_reading(demo: Demo) -> Reading:
    """The last stretch in which the team read."""

    def look() -> Reading:
        readers = instance_services.readers()
        found = None if readers is None else readers.hours.last(datetime.now(UTC))
        assert found is not None
        return found

    return _beside(demo, datetime.now(UTC), look)


def make_drill(demo: Demo) -> None:
    """Make the drill of the last day on which the team read."""
    moment = last_reading(demo).closes - timedelta(minutes=1)
    _beside(demo, moment, lambda: drills.run(lambda _: None))


def let_it_lie(demo: Demo) -> None:
    """Have the form closed by a drill that nobody opened in all that time."""
    moment = last_reading(demo).closes + timedelta(days=14)
    said: list[str] = []
    _beside(demo, moment, lambda: drills.run(said.append))
    assert said == ["The form closed itself: unread."]


def _beside(demo: Demo, moment: datetime, act: Callable[[], Found]) -> Found:
    secret = bytes.fromhex((demo.folder / "secret").read_text(encoding="ascii").strip())
    config = Config(f"sqlite:///{demo.database}", secret, demo=True, testing=True)
    app = create_app(config, clock=lambda: moment)
    with app.app_context():
        try:
            return act()
        finally:
            db.engine.dispose()
