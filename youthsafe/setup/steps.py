"""What has to be done before the form opens, and what of it is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from youthsafe.accounts.openers import count_openers
from youthsafe.crypto.bundle import Team, TeamKind, parse_bundle
from youthsafe.extensions import db
from youthsafe.instance import services as instance_services
from youthsafe.instance.models import ONE, Controller
from youthsafe.notify import services as notify_services
from youthsafe.setup import kept_kit

ENOUGH_PEOPLE = 2  # one alone is ill, on leave, or the one whom a report is about


@dataclass(frozen=True, slots=True)
class TeamReaders:
    """A team that reads reports, and how many people can open them."""

    id: bytes
    name: str
    kind: TeamKind
    people: int


class Progress:
    """How far set-up has come, read once."""

    @cached_property
    def controller(self) -> Controller:
        """What is said about who runs this instance; empty before somebody wrote it."""
        return db.session.get(Controller, ONE) or Controller(
            name="", contact="", data_protection_officer="", complaints="", accessibility="", one_team=False
        )

    @cached_property
    def demo(self) -> bool:
        """Whether this is a demonstration, which sends no mail."""
        here = instance_services.instance()
        return here is not None and here.demo

    @cached_property
    def listed(self) -> tuple[Team, ...]:
        """The teams of the bundle in force that read reports."""
        bundle = parse_bundle(instance_services.current_bundle().content)
        return tuple(team for team in bundle.teams if team.staffed)

    @cached_property
    def teams(self) -> tuple[TeamReaders, ...]:
        """The same with their people."""
        people = count_openers({team.id: team.epoch for team in self.listed})
        return tuple(TeamReaders(each.id, each.name, each.kind, people[each.id]) for each in self.listed)

    def has(self, kind: TeamKind) -> bool:
        """Tell whether a team of a kind reads reports."""
        return any(team.kind is kind for team in self.listed)


def _kit(_progress: Progress) -> bool:
    return kept_kit.fits(instance_services.current_roster().content)


def _controller(progress: Progress) -> bool:
    found = progress.controller
    said = (found.name, found.contact, found.data_protection_officer, found.complaints, found.accessibility)
    return all(said)


def _general(progress: Progress) -> bool:
    return progress.has(TeamKind.GENERAL)


def _smaller(progress: Progress) -> bool:
    return progress.has(TeamKind.POSITION_OF_TRUST) or progress.controller.one_team


def _hours(progress: Progress) -> bool:
    return bool(progress.listed) and all(any(team.hours) for team in progress.listed)


def _mail(progress: Progress) -> bool:
    return progress.demo or notify_services.is_set_up()


def _people(progress: Progress) -> bool:
    return bool(progress.teams) and all(team.people >= ENOUGH_PEOPLE for team in progress.teams)


STEPS: tuple[tuple[str, Callable[[Progress], bool]], ...] = (
    ("kit", _kit),
    ("controller", _controller),
    ("general-team", _general),
    ("smaller-team", _smaller),
    ("hours", _hours),
    ("mail", _mail),
    ("people", _people),
)


def missing(progress: Progress) -> list[str]:
    """Return the names of the steps that are not done, in their order."""
    return [name for name, is_done in STEPS if not is_done(progress)]
