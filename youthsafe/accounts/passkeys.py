"""Passkeys as a second factor (WebAuthn): a browser asks for any that it has here, so no question names an account."""

import secrets
import struct
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import request
from sqlalchemy import delete, func, select
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from youthsafe.accounts import challenges
from youthsafe.accounts.models import Passkey
from youthsafe.config import settings
from youthsafe.errors import ConflictError, InvalidInputError
from youthsafe.extensions import db

LONGEST_ID = 1023  # WebAuthn section 4
MOST = 10  # of one member
# What parsing bytes of a stranger can raise in webauthn, cbor2 and pyasn1.
_MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, struct.error)
_NOT_TAKEN = "The passkey was not accepted. Nothing was saved. Try again."


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys of this instance are good: the host's name, and the origin of its pages."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an authenticator signed to show that it is there."""

    id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Attestation:
    """A new passkey, as its authenticator describes it; `wrap` is the member's seed under its PRF output."""

    id: bytes
    client_data: bytes
    attestation: bytes
    label: str
    wrap: bytes | None


def this_site() -> Site:
    """Return the site of the request at hand: the address that readers know, where the operator named one."""
    address = urlsplit(settings().public_url or request.host_url)
    return Site(address.hostname or "", f"{address.scheme}://{address.netloc}".lower())


def is_right(member_id: bytes, assertion: Assertion, site: Site, now: datetime) -> bool:
    """Tell whether one of a member's passkeys answered a good challenge; the challenge is used up only then."""
    passkey = db.session.scalar(select(Passkey).where(Passkey.credential_id == assertion.id))
    challenge = _challenge(assertion.client_data)
    if not challenges.is_good(challenge, now) or passkey is None or passkey.member_id != member_id:
        return False
    try:
        verified = verify_authentication_response(
            credential=AuthenticationCredential(
                id=bytes_to_base64url(assertion.id),
                raw_id=assertion.id,
                response=AuthenticatorAssertionResponse(
                    assertion.client_data, assertion.authenticator_data, assertion.signature
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _MALFORMED:
        return False
    challenges.use_up(challenge, now)
    passkey.sign_count = verified.new_sign_count
    return True


def add(member_id: bytes, made: Attestation, site: Site, now: datetime) -> Passkey:
    """Keep a new passkey; raises InvalidInputError, or ConflictError when it is here already or there are too many."""
    challenge = _challenge(made.client_data)
    if not challenges.is_good(challenge, now):
        raise InvalidInputError(_NOT_TAKEN)
    try:
        verified = verify_registration_response(
            credential=RegistrationCredential(
                id=bytes_to_base64url(made.id),
                raw_id=made.id,
                response=AuthenticatorAttestationResponse(made.client_data, made.attestation),
            ),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _MALFORMED:
        raise InvalidInputError(_NOT_TAKEN) from None
    if verified.credential_id != made.id or len(made.id) > LONGEST_ID:
        raise InvalidInputError(_NOT_TAKEN)
    known = select(func.count()).where(Passkey.credential_id == made.id)
    if db.session.scalar(known) or count(member_id) >= MOST:
        raise ConflictError("This passkey is here already, or there are too many. Nothing was saved.")
    challenges.use_up(challenge, now)
    passkey = Passkey(
        id=secrets.token_bytes(16),
        member_id=member_id,
        credential_id=made.id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        label=made.label,
        made_at=now,
        wrap=made.wrap,
    )
    db.session.add(passkey)
    db.session.flush()
    return passkey


def of_member(member_id: bytes) -> list[Passkey]:
    """Return a member's passkeys, the oldest first."""
    return list(
        db.session.scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.made_at, Passkey.id))
    )


def wraps(member_id: bytes) -> list[bytes]:
    """Return the wraps of a member's seed that passkeys open."""
    return [each.wrap for each in of_member(member_id) if each.wrap is not None]


def count(member_id: bytes) -> int:
    """Return how many passkeys a member has."""
    return db.session.scalar(select(func.count()).where(Passkey.member_id == member_id)) or 0


def remove(member_id: bytes, passkey_id: bytes) -> bool:
    """Take one of a member's passkeys away, and tell whether there was one."""
    found = db.session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.member_id == member_id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
    return found is not None


def forget(member_id: bytes) -> None:
    """Take all of a member's passkeys away."""
    db.session.execute(delete(Passkey).where(Passkey.member_id == member_id))


def _challenge(client_data: bytes) -> bytes:
    try:
        return parse_client_data_json(client_data).challenge
    except _MALFORMED:
        return b""
