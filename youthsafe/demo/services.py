"""Putting a ceremony into the database, and fictional havens beside it."""

from datetime import datetime, timedelta

from youthsafe.accounts import services as accounts_services
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.bundle import parse_bundle
from youthsafe.crypto.encoding import EncodingError
from youthsafe.crypto.roster import parse_roster
from youthsafe.demo import ceremony
from youthsafe.demo.ceremony import EPOCH, Ceremony
from youthsafe.demo.primitives import Root, root_public
from youthsafe.errors import ConflictError
from youthsafe.havens import services as havens_services
from youthsafe.instance import services as instance_services

LEAST_LEFT = timedelta(days=21)


def store(made: Ceremony, now: datetime) -> None:
    """Keep everything the server may hold; secrets of the members and the kit are not among it."""
    instance_services.create_instance(made.instance_id, root_public(made.kit.root), demo=True)
    append(Action.DEMO_PREPARED, now=now, subject=made.instance_id)
    instance_services.publish_bundle(made.bundle, made.bundle_signature)
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
    instance_services.open_form(now)


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
    """Sign bundle and roster anew when they end in less than LEAST_LEFT; in a real instance its people do."""
    soon = int((now + LEAST_LEFT).timestamp())
    bundle = instance_services.current_bundle().content
    if parse_bundle(bundle).not_after < soon:
        renewed = ceremony.renew_bundle(bundle, root, now)
        instance_services.publish_bundle(renewed.content, renewed.signature)
    roster = instance_services.current_roster().content
    if parse_roster(roster).not_after < soon:
        signed = ceremony.renew_roster(roster, root, now)
        accounts_services.store_roster(signed.content, signed.signature, now)
