"""Who runs this instance, as public pages show it, in the words of its coordinators."""

from dataclasses import dataclass

from flask import Flask

from youthsafe.extensions import db
from youthsafe.instance.models import ONE, Controller
from youthsafe.rooms import rooms


@dataclass(frozen=True, slots=True)
class WhoRunsIt:
    """What is said about who runs an instance; empty is what nobody has written down yet."""

    name: str = ""
    contact: str = ""
    data_protection_officer: str = ""
    complaints: str = ""
    accessibility: str = ""


def install(app: Flask) -> None:
    """Let the application follow what its coordinators write."""
    rooms(app).controller = rooms(app).following.follow(WhoRunsIt(), _read, lambda known: known)


def who_runs_it() -> WhoRunsIt:
    """Return who runs this instance; needs no database."""
    return rooms().controller.shown


def _read() -> WhoRunsIt:
    found = db.session.get(Controller, ONE)
    if found is None:
        return WhoRunsIt()
    return WhoRunsIt(found.name, found.contact, found.data_protection_officer, found.complaints, found.accessibility)
