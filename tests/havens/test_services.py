from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from youthsafe.database import transaction
from youthsafe.errors import NotFoundError
from youthsafe.extensions import db
from youthsafe.havens import services
from youthsafe.havens.models import Haven, Kind, Status
from youthsafe.havens.services import Trust

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def a_haven(**changes: Any) -> Haven:
    values: dict[str, Any] = {
        "id": bytes(16),
        "kind": Kind.SAFE_HAVEN,
        "status": Status.ACTIVE,
        "scheme": "A scheme",
        "operator": "An operator",
        "name": "A place",
        "address": "1 A Street",
        "lat": 51.45,
        "lon": -0.02,
        "hours": {"week": {"mon": [["09:00", "17:00"]]}},
        "what_to_expect": {"en": "Ask at the desk."},
        "step_free": None,
        "languages": ["en"],
        "trained_on": None,
        "agreement_on": None,
        "verified_on": TODAY,
        "verified_by_role": "coordinator",
        "method": "visit",
        "source": "a test",
        "demo": False,
    }
    return Haven(**(values | changes))


def shown(now: datetime = NOW) -> tuple[services.Place, ...]:
    return services.places(services.active_havens(), now)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Trust.CHECKED),
        (89, Trust.CHECKED),
        (90, Trust.NOT_LATELY),
        (179, Trust.NOT_LATELY),
        (180, Trust.PAUSED),
        (4000, Trust.PAUSED),
    ],
)
def test_trust_fades_with_the_days_since_a_visit(days: int, expected: Trust) -> None:
    assert services.trust(TODAY - timedelta(days=days), TODAY) is expected


def test_a_place_that_was_never_verified_is_not_shown() -> None:
    assert services.trust(None, TODAY) is Trust.PAUSED


@pytest.mark.parametrize("status", [Status.CANDIDATE, Status.PAUSED, Status.WITHDRAWN])
def test_only_active_havens_are_shown(app: Flask, status: Status) -> None:
    with app.app_context(), transaction():
        db.session.add_all([a_haven(), a_haven(id=bytes([1] * 16), name="Another", status=status)])
    with app.app_context():
        assert [place.haven.name for place in shown()] == ["A place"]


def test_a_haven_pauses_by_itself_when_nobody_verifies_it(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.add(a_haven())
    with app.app_context():
        assert shown(NOW + timedelta(days=100))[0].trust is Trust.NOT_LATELY
        assert shown(NOW + timedelta(days=180)) == ()


def test_a_day_ends_at_midnight_in_london(app: Flask) -> None:
    late = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)  # already the 7th in London
    place = a_haven(verified_on=date(2026, 7, 7) - timedelta(days=90))
    with app.app_context():  # whose bank holidays count is the pack's to say
        assert services.places([place], late)[0].trust is Trust.NOT_LATELY


def test_everything_about_a_haven_comes_back_as_it_was(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.add(a_haven(hours=None, step_free=True, what_to_expect={"en": "Ask.", "ar": "اسأل."}))
    with app.app_context():
        haven = services.find(shown(), bytes(16)).haven
        assert (haven.hours, haven.step_free, haven.what_to_expect["ar"]) == (None, True, "اسأل.")
        assert haven.kind == Kind.SAFE_HAVEN


def test_a_haven_that_left_the_list_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        services.find((), bytes(16))


def test_loading_the_demonstration_twice_leaves_six_havens(app: Flask) -> None:
    for _ in range(2):
        with app.app_context(), transaction():
            assert services.load_demo(NOW) == 6
    with app.app_context():
        assert len(shown()) == 6


def test_loading_the_demonstration_leaves_real_havens_alone(app: Flask) -> None:
    with app.app_context(), transaction():
        db.session.add(a_haven())
    with app.app_context(), transaction():
        services.load_demo(NOW)
    with app.app_context():
        assert "A place" in [place.haven.name for place in shown()]


def test_every_demonstration_haven_is_loud_about_it(app: Flask) -> None:
    with app.app_context(), transaction():
        services.load_demo(NOW)
    with app.app_context():
        for haven in services.active_havens():
            assert haven.name.startswith("DEMO ")
            assert haven.demo
            assert "DEMO" in haven.operator
            assert set(haven.what_to_expect) == {"en", "ar"}
