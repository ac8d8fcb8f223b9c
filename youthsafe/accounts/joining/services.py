"""Use cases of somebody who was invited.

Their browser makes key and words. What it gives makes a member who is disabled until a signed roster names them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from youthsafe.accounts import passkeys, recovery_codes, second_factor, services
from youthsafe.accounts.models import Invitation, Member
from youthsafe.accounts.own.services import AppSecret, NewWords, app_secret, check_words_wrap
from youthsafe.accounts.passkeys import Attestation, Site
from youthsafe.accounts.people.services import ANSWER_LIFE, hash_of
from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.roster import Role
from youthsafe.errors import ConflictError, InvalidInputError, NotFoundError
from youthsafe.extensions import db


@dataclass(frozen=True, slots=True)
class Offered:
    """What an invited person's browser needs: the offer with its mac, how to stretch words, a secret for an app."""

    member_id: bytes
    offer: bytes
    offer_mac: bytes
    memory: int
    passes: int
    until: datetime
    app: AppSecret


@dataclass(frozen=True, slots=True)
class Answer:
    """What an invited person's browser made. `proof` shows that it had the link's secret; one factor of the two."""

    public_key: bytes
    proof: bytes
    words: NewWords
    code: str | None
    passkey: Attestation | None


def look(token: bytes, now: datetime) -> Offered:
    """Return what was offered; raises NotFoundError for a link that is not good, ConflictError once it was answered."""
    invitation = _good(token, now)
    if invitation.totp_secret is None:
        invitation.totp_secret = second_factor.new_secret()
    return Offered(
        member_id=invitation.member_id,
        offer=invitation.offer,
        offer_mac=invitation.offer_mac,
        memory=services.MEMORY_KIB,
        passes=services.PASSES,
        until=invitation.until,
        app=app_secret(invitation.totp_secret, invitation.name),
    )


def answer(token: bytes, given: Answer, now: datetime, *, site: Site) -> list[str]:
    """Keep an answer and return ten recovery codes; raises as `look`, and InvalidInputError for a wrong second factor.

    A coordinator has a week to check it.
    """
    invitation = _good(token, now)
    check_words_wrap(invitation.member_id, given.words.salt, given.words.wrap)
    step = None if given.code is None else _step(invitation, given.code, now)
    if given.code is not None and step is None:
        raise InvalidInputError("This code is not right. Nothing was saved.", fields={"code": ["not right"]})
    if db.session.scalar(select(Member.id).where(Member.folded_name == invitation.folded_name)) is not None:
        raise ConflictError("Somebody else has this name now. Nothing was saved.")
    services.add_member(
        member_id=invitation.member_id,
        name=invitation.name,
        role=Role(invitation.role),
        proof=given.words.proof,
        salt=given.words.salt,
        totp_secret=None if step is None else invitation.totp_secret,
        wraps=[given.words.wrap],
    )
    member = db.session.get_one(Member, invitation.member_id)
    member.disabled = True
    member.totp_counter = step or 0
    if given.passkey is not None:
        passkeys.add(member.id, given.passkey, site, now)
    invitation.public_key, invitation.proof, invitation.totp_secret = given.public_key, given.proof, None
    invitation.until = now + ANSWER_LIFE
    append(Action.INVITATION_ANSWERED, now=now, actor=member.id, subject=member.id)
    return recovery_codes.renew(member.id)


def _step(invitation: Invitation, code: str, now: datetime) -> int | None:
    return None if invitation.totp_secret is None else second_factor.matching_step(invitation.totp_secret, code, now)


def _good(token: bytes, now: datetime) -> Invitation:
    found = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == hash_of(token), Invitation.until > now).with_for_update()
    )
    if found is None:
        raise NotFoundError("This link is not good, or not any more. Ask for another one.")
    if found.public_key is not None:
        raise ConflictError("This link was used already. Nothing was saved.")
    return found
