"""Places to import, an instance whose trail can be written in, and a real server for a real browser."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import SettableClock
from tests.sealing import SealedInstance
from tests.servers import serving
from youthsafe.config import Config
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.havens import services
from youthsafe.havens.models import Haven, Kind, Status
from youthsafe.havens.records import REQUIRED

PLACE = {
    "kind": "safe-haven",
    "scheme": "Safe Havens",
    "operator": "A council",
    "name": "A library",
    "address": "1 A Street",
    "lat": "51.4452",
    "lon": "-0.0208",
    "hours": "mon-fri 09:00-17:30; sat 10:00-12:00, 13:00-16:00; 2026-12-25 closed",
    "what_to_expect": "Ask at the desk.",
    "step_free": "yes",
    "languages": "en so",
    "trained_on": "2026-09-01",
    "agreement_on": "",
    "source": "the council's list",
}


def written(*rows: dict[str, str], columns: tuple[str, ...] = REQUIRED) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    table = csv.DictWriter(out, columns, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def audited(app: Flask) -> Flask:
    """The application of an instance that was set up."""
    SealedInstance.set_up(app)
    return app


@pytest.fixture
def demo_app(config: Config, make_app: Callable[[Config], Flask], clock: SettableClock) -> Flask:
    """A demonstration with its six havens."""
    app = make_app(replace(config, demo=True))
    with app.app_context(), transaction():
        services.load_demo(clock())
    return app


@pytest.fixture
def crowd(demo_app: Flask, clock: SettableClock) -> Callable[[int], None]:
    """Puts so many active places in place of the six."""

    def put(count: int) -> None:
        with demo_app.app_context(), transaction():
            db.session.execute(db.delete(Haven))
            for number in range(1, count + 1):
                db.session.add(a_place(number, clock().date()))

    return put


def a_place(number: int, today: date) -> Haven:
    """An active haven somewhere in the middle of the borough."""
    return Haven(
        id=number.to_bytes(16, "big"),
        kind=Kind.SAFE_HAVEN if number % 5 else Kind.HATE_CRIME_SITE,
        status=Status.ACTIVE,
        scheme="Safe Havens",
        operator="A council",
        name=f"Place {number:03} with a name of usual length",
        address=f"{number} A Street, Somewhere, SE0 0AA",
        lat=51.43 + (number % 12) * 0.003,
        lon=-0.04 + (number // 12) * 0.004,
        hours=None,
        what_to_expect={"en": "Ask at the desk."},
        step_free=None,
        languages=["en"],
        verified_on=today,
        source="a test",
    )


@pytest.fixture
def site(demo_app: Flask) -> Iterator[str]:
    """The address of the demonstration."""
    with serving(demo_app) as address:
        yield address


@pytest.fixture
def phone(browser: Browser, clock: SettableClock) -> Iterator[Page]:
    """A page on a phone in the borough, whose clock is the server's."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        geolocation={"latitude": 51.4239, "longitude": -0.0515},
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.clock.set_fixed_time(clock())
    yield page
    context.close()
