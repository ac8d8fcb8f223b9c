"""What the address of the trail accepts and gives."""

from typing import Any

from marshmallow import fields, validate

from youthsafe.accounts.trail.services import PAGE
from youthsafe.audit.actions import Action
from youthsafe.audit.pages import LinkedEntry
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole

HASH_LENGTH = 32
_LARGEST = 2**53 - 1  # that a browser counts with


class TrailQuerySchema(BodySchema):
    """`?chain=`: of one team, or of the instance; `before=`: where a page ended, as it said."""

    chain = Base64(ID_LENGTH, load_default=None)
    before = fields.Integer(load_default=None, validate=validate.Range(1, _LARGEST))


class ChainHeadSchema(ResponseSchema):
    """The newest entry of a chain by number and hash; none where the database has no hash there."""

    chain = Base64(ID_LENGTH)
    number = Whole()
    head = Base64(HASH_LENGTH, allow_none=True)


class TrailEntrySchema(ResponseSchema):
    """One entry, as its hash is made of it; `at` in Unix seconds, `previous` the hash before it in its chain.

    What somebody changed to another kind of value is null, and `damaged` says so.
    """

    number = Whole(1)
    chain = Base64(ID_LENGTH, allow_none=True)
    at = Whole(0, _LARGEST, allow_none=True)
    actor = Base64(ID_LENGTH, allow_none=True)
    action = fields.String(allow_none=True, validate=validate.OneOf([each.value for each in Action]))
    subject = Base64(ID_LENGTH, allow_none=True)
    previous = Base64(HASH_LENGTH, allow_none=True)
    damaged = fields.Boolean()

    def get_attribute(self, obj: LinkedEntry, attr: str, default: Any) -> Any:
        """Read what can be read of an entry."""
        if attr in {"chain", "previous", "damaged"}:
            return getattr(obj, attr)
        if attr == "number":
            return obj.entry.sequence
        return None if obj.damaged else getattr(obj.entry, attr)


class NamedSchema(ResponseSchema):
    """Somebody who has, or had, an account here."""

    id = Base64(ID_LENGTH)
    name = fields.String()


class TrailSchema(ResponseSchema):
    """A page of the trail, the newest first, with the heads of every chain that the member may read."""

    instance = Base64(ID_LENGTH)
    heads = fields.List(fields.Nested(ChainHeadSchema))
    entries = fields.List(fields.Nested(TrailEntrySchema), validate=validate.Length(max=PAGE))
    next = Whole(1, allow_none=True)
    people = fields.List(fields.Nested(NamedSchema))
