"""Use cases of set-up at the desk: who runs the instance, and opening the form once nothing is missing."""

from dataclasses import dataclass
from datetime import datetime

from youthsafe.accounts.services import SignedIn
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.errors import ConflictError
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import ONE, Controller
from youthsafe.notify import services as notify_services
from youthsafe.notify.services import Addressed
from youthsafe.setup.steps import STEPS, Progress, TeamReaders, missing


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do before the form opens."""

    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far set-up has come. `open`: whether pupils can send."""

    open: bool
    steps: list[Step]
    teams: tuple[TeamReaders, ...]
    readers: Addressed
    controller: Controller


def standing() -> Standing:
    """Return how far set-up has come."""
    progress = Progress()
    left = set(missing(progress))
    steps = [Step(name, name not in left) for name, _ in STEPS]
    readers = notify_services.readers_mail()
    return Standing(instance_services.is_form_open(), steps, progress.teams, readers, progress.controller)


def write_controller(member: SignedIn | None, said: dict[str, str], now: datetime) -> None:
    """Write down who runs the instance, in words for everybody."""
    found = db.session.get(Controller, ONE) or Controller(id=ONE)
    for name, text in said.items():
        setattr(found, name, text)
    db.session.add(found)
    append(Action.CONTROLLER_WRITTEN, now=now, actor=member.id if member else None)


def do_without_smaller_team(member: SignedIn | None, now: datetime, *, without: bool) -> None:
    """Write down whether worries about adults who work with young people go to the general team."""
    found = db.session.get(Controller, ONE) or Controller(id=ONE)
    found.one_team = without
    db.session.add(found)
    append(Action.TEAMS_DECIDED, now=now, actor=member.id if member else None)


def open_form(member: SignedIn | None, now: datetime) -> None:
    """Let pupils send from now on; raises ConflictError while something is missing."""
    left = missing(Progress())
    if left:
        raise ConflictError(f"The form stays closed, because this is not done yet: {', '.join(left)}.")
    if instance_services.open_form(now):
        append(Action.FORM_OPENED, now=now, actor=member.id if member else None)
