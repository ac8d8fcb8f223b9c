"""Names for the ids that the trail holds, as the newest signed change has them."""

from dataclasses import dataclass

from youthsafe.crypto.encoding import b64
from youthsafe.instance import services as instance_services


@dataclass(frozen=True, slots=True)
class Names:
    """What members and teams are called; whoever is signed no more is left with an id."""

    instance: bytes
    members: dict[bytes, str]
    teams: dict[bytes, str]

    def of_chain(self, chain: bytes) -> str:
        """Return whose chain it is: a team's, or the instance's own."""
        return "instance" if chain == self.instance else self.teams.get(chain, spelt(chain))

    def of_member(self, member: bytes | None) -> str:
        """Return who did something; a dash for the clock, the command line or a reporter."""
        return "-" if member is None else self.members.get(member, spelt(member))

    def chain(self, name: str) -> bytes | None:
        """Return the team that is called so, or has that id; none where there is no such team."""
        return next((team for team, called in self.teams.items() if name in {called, b64(team)}), None)


def spelt(value: object) -> str:
    """Return an id in Base64; what somebody put in the place of one, as it stands: SQLite keeps any kind of value."""
    return b64(value) if isinstance(value, bytes) else str(value)


def names() -> Names:
    """Return the names that were signed last; none before the first change."""
    change = instance_services.newest_change()
    if change is None:
        return Names(b"", {}, {})
    members = {each.id: each.name for each in change.roster.members}
    return Names(change.instance_id, members, {each.id: each.name for each in change.bundle.teams})
