"""Putting a ceremony into the database, and fictional havens beside it."""

from datetime import datetime, timedelta

from youthsafe.accounts import services as accounts_services
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.change import parse_change
from youthsafe.crypto.encoding import EncodingError
from youthsafe.demo import ceremony
from youthsafe.demo.ceremony import Ceremony
from youthsafe.demo.primitives import Root
from youthsafe.errors import ConflictError
from youthsafe.havens import services as havens_services
from youthsafe.instance import services as instance_services
from youthsafe.rooms import rooms
from youthsafe.setup import kept_kit
from youthsafe.setup import services as setup_services
from youthsafe.setup.kept_kit import PaperKit

WHO_RUNS_IT = {
    "name": "A council that does not exist",
    "contact": "Nobody: this is a demonstration.",
    "data_protection_officer": "Nobody: this is a demonstration.",
    "complaints": "Nowhere: this is a demonstration.",
    "accessibility": "Whoever showed you this demonstration.",
}
LEAST_LEFT = timedelta(days=21)


def store(made: Ceremony, now: datetime) -> None:
    """Keep everything the server may hold; secrets of the members and the kit are not among it."""
    for person in made.people:
        accounts_services.add_member(
            member_id=person.id,
            name=person.name,
            role=person.role,
            proof=person.proof,
            salt=person.salt,
            totp_secret=person.totp_secret,
            wraps=[person.wrap],
        )
    accounts_services.apply_change(made.change.content, made.change.signature, now)
    append(Action.DEMO_PREPARED, now=now, subject=made.instance_id)
    kept_kit.replace(
        PaperKit(made.kit.token, made.kit.wrap(made.instance_id)), parse_change(made.change.content).roster
    )
    setup_services.write_controller(None, WHO_RUNS_IT, now)
    setup_services.do_without_smaller_team(None, now, without=True)
    setup_services.open_form(None, now)


def refresh(now: datetime, root: Root) -> None:
    """Load the fictional havens as of today, and sign anew what will end soon.

    Raises ConflictError where the database is not a demonstration's, or one of an older form.
    """
    here = instance_services.instance()
    if here is None or not here.demo:
        raise ConflictError(
            "The database in this folder is not a demonstration's. Choose another folder with --data-dir."
        )
    havens_services.load_demo(now)
    try:
        _renew(now, root)
    except EncodingError:
        raise ConflictError(
            "This demonstration was made by an older version. Delete its folder, or choose another one with --data-dir."
        ) from None


def _renew(now: datetime, root: Root) -> None:
    """Sign bundle and roster anew when one of them ends in less than LEAST_LEFT; in a real instance its people do."""
    before = instance_services.newest_change()
    if before is None:
        raise EncodingError("no signed change")
    if min(before.bundle.not_after, before.roster.not_after) < int((now + LEAST_LEFT).timestamp()):
        signed = ceremony.renew(before, root, now, rooms().pack.site.nation)
        accounts_services.apply_change(signed.content, signed.signature, now)
