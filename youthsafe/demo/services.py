"""Putting a ceremony into the database, and fictional havens beside it."""

from datetime import datetime

from youthsafe.accounts import services as accounts_services
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.demo.ceremony import EPOCH, Ceremony
from youthsafe.demo.keys import root_public
from youthsafe.errors import ConflictError
from youthsafe.havens import services as havens_services
from youthsafe.mailbox import services as mailbox_services


def store(made: Ceremony, now: datetime) -> None:
    """Keep everything the server may hold; secrets of the members and the kit are not among it."""
    mailbox_services.found(made.instance_id, root_public(made.kit.root), demo=True)
    append(Action.DEMO_PREPARED, now=now, subject=made.instance_id)
    mailbox_services.publish_bundle(made.bundle, made.bundle_signature)
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
    for recipient_id, grant in made.grants.items():
        accounts_services.add_grant(recipient_id, made.team.id, EPOCH, grant)
    accounts_services.store_roster(made.roster, made.roster_signature, now)


def refresh(now: datetime) -> None:
    """Load the fictional havens as of today; raises ConflictError where the database is not a demonstration's."""
    here = mailbox_services.instance()
    if here is None or not here.demo:
        raise ConflictError(
            "The database in this folder is not a demonstration's. Choose another folder with --data-dir."
        )
    havens_services.load_demo(now)
