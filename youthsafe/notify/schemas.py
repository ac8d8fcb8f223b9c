"""What the addresses of mail accept and give."""

import re
from ipaddress import AddressValueError, IPv4Address
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from youthsafe.notices.kinds import Kind, Problem
from youthsafe.notify.mailer import LOCAL, Account, Reached, Security
from youthsafe.privacy.mail_address import HOST, LONGEST, MailAddressError, parse_address
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Moment, ResponseSchema, Whole

LONGEST_SERVER = 253
LONGEST_PASSWORD = 256
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")  # the last label of an address in any form


def _server(text: str) -> None:
    if text not in LOCAL and not (HOST.match(text) and _is_name_or_address(text)):
        raise ValidationError("The name of a server, such as smtp.example.org, without https:// and without spaces.")


def _is_name_or_address(host: str) -> bool:
    """Tell a name or a plain address from a number in another form, and from what answers on this machine's link only.

    Where a machine is hired, its own secrets are given out at 169.254.169.254.
    """
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return True
    try:
        found = IPv4Address(host)
    except AddressValueError:
        return False
    return not (found.is_link_local or found.is_unspecified or found.is_multicast or found.is_reserved)


def _address(text: str) -> None:
    try:
        parse_address(text)
    except MailAddressError:
        raise ValidationError("An address of mail, such as desk@example.org.") from None


def _plain(text: str) -> None:
    if not (text.isascii() and text.isprintable()):
        raise ValidationError("Letters, digits, spaces and signs without accents only.")


SERVER = (validate.Length(1, LONGEST_SERVER), _server)
ADDRESS = (validate.Length(3, LONGEST), _address)


class MailAccountSchema(BodySchema):
    """`{"server", "port", "security", "user", "password", "sender"}`; with no password the one that is there stays."""

    server = fields.String(required=True, validate=SERVER)
    port = fields.Integer(required=True, strict=True, validate=validate.Range(1, 65535))
    security = fields.Enum(Security, by_value=fields.String, required=True)
    user = fields.String(required=True, allow_none=True, validate=(validate.Length(1, LONGEST), _plain))
    password = fields.String(required=True, allow_none=True, validate=(validate.Length(1, LONGEST_PASSWORD), _plain))
    sender = fields.String(required=True, validate=ADDRESS)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> dict[str, Account]:
        """Return the account under a name, as every schema gives a dictionary."""
        return {"account": Account(**data)}


class MailTestSchema(BodySchema):
    """`{"to"}`: where a test message goes; null for the member's own address."""

    to = fields.String(required=True, allow_none=True, validate=ADDRESS)


class MailServerSchema(ResponseSchema):
    """How mail goes out. The password itself is never given."""

    server = fields.String()
    port = Whole(1, 65535)
    security = fields.Enum(Security, by_value=fields.String)
    user = fields.String(allow_none=True)
    has_password = fields.Boolean()
    sender = fields.String()


class GivenUpMailSchema(ResponseSchema):
    """A mail that was not delivered, and why."""

    kind = fields.Enum(Kind, by_value=fields.String)
    queued = Moment(attribute="queued_at")
    problem = fields.Enum(Problem, by_value=fields.String)


class MailQueueSchema(ResponseSchema):
    """What waits, when it is tried next, what kept the newest try from success, and what was given up."""

    waiting = Whole()
    next = Moment(attribute="next_at", allow_none=True)
    problem = fields.Enum(Problem, by_value=fields.String, allow_none=True)
    given_up = fields.List(fields.Nested(GivenUpMailSchema))


class AddressedSchema(ResponseSchema):
    """How many people of some kind there are, and how many have no address of mail."""

    count = Whole()
    without_mail = Whole()


class OutgoingMailSchema(ResponseSchema):
    """Everything that the desk shows of mail."""

    account = fields.Nested(MailServerSchema, allow_none=True)
    queue = fields.Nested(MailQueueSchema)
    delivered = Moment(attribute="delivered_at", allow_none=True)
    own = fields.String(allow_none=True)
    coordinators = fields.Nested(AddressedSchema)
    readers = fields.Nested(AddressedSchema)


class MailTestedSchema(ResponseSchema):
    """How far a test message came, what stopped it, and the three digits that the server said; 0 without any."""

    reached = fields.Enum(Reached, by_value=fields.String)
    problem = fields.Enum(Problem, by_value=fields.String, allow_none=True)
    code = Whole(0, 999)
