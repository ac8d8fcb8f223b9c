"""What the addresses of case cards and outcome slips accept and give."""

import re
from typing import Any

from marshmallow import ValidationError, fields, validate

from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.pack.referrals import RECIPIENTS, SAYS
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, Hour, ResponseSchema, Whole
from youthsafe.triage.case_cards.services import CARDS_AT_ONCE, MOST_ENTRIES, PAGE, SLIPS_AT_ONCE


class CardQuerySchema(BodySchema):
    """`?after=`: the number of the newest entry that the browser has."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, MOST_ENTRIES))


class EntrySchema(BodySchema):
    """`{"entry"}`: one sealed entry, which follows the newest."""

    entry = Base64(required=True)


class KeptEntrySchema(ResponseSchema):
    """The number under which an entry was kept."""

    number = Whole(1)


class SealedEntrySchema(ResponseSchema):
    """One entry as it came, and in which hour."""

    number = Whole(1)
    received = Hour(attribute="received_at")
    entry = Base64(attribute="content")


class CardSchema(ResponseSchema):
    """A page of entries, the oldest first; `count` is how many the card has."""

    count = Whole()
    entries = fields.List(fields.Nested(SealedEntrySchema), validate=validate.Length(max=PAGE))


ID = "[A-Za-z0-9_-]{21}[AQgw]"
IDS = {"type": "string", "pattern": f"^{ID}(,{ID}){{0,{CARDS_AT_ONCE - 1}}}$", "example": "A" * 22}


class Ids(fields.Field[list[bytes]]):
    """Ids of reports, with a comma between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=IDS, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[bytes]:
        if re.fullmatch(IDS["pattern"], str(value)) is None:
            raise ValidationError("Not ids of reports, or too many.")
        return [unb64(each, ID_LENGTH) for each in str(value).split(",")]


class NewestQuerySchema(BodySchema):
    """`?of=`: the reports."""

    of = Ids(required=True)


class NewestEntrySchema(SealedEntrySchema):
    """The newest entry of a report's card."""

    report = Base64(ID_LENGTH, attribute="id")


class NewestEntriesSchema(ResponseSchema):
    """The newest entry of each card that has one, in no order."""

    entries = fields.List(fields.Nested(NewestEntrySchema), validate=validate.Length(max=CARDS_AT_ONCE))


class ReferralRowSchema(ResponseSchema):
    """One row; `says` is what the desk writes there, null where the caseworker types."""

    label = fields.String()
    says = fields.String(validate=validate.OneOf(SAYS), allow_none=True)


class ReferralFormSchema(ResponseSchema):
    """One page to refer a case on."""

    to = fields.String(validate=validate.OneOf(RECIPIENTS))
    title = fields.String()
    rows = fields.List(fields.Nested(ReferralRowSchema))


class ReferralFormsSchema(ResponseSchema):
    """The pages of the content pack, in its original language."""

    language = fields.String()
    forms = fields.List(fields.Nested(ReferralFormSchema))


class FirstLookSchema(ResponseSchema):
    """Words of every language of the content pack; `*` ends what may go on."""

    covered = fields.List(fields.String())
    shown = fields.List(fields.String())


PLACE = {"type": "string", "pattern": "^[A-Za-z0-9_-]{10}[AEIMQUYcgkosw048]$", "example": "A" * 11}


class Place(fields.Field[int]):
    """Where a page of slips ended, as that page said it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata=PLACE, **options)

    def _serialize(self, value: int | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else b64(value.to_bytes(8, "big"))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        try:
            place = int.from_bytes(unb64(str(value), 8), "big")
        except EncodingError:
            raise ValidationError("Not the end of a page.") from None
        if place >= 2**63:
            raise ValidationError("Not the end of a page.")
        return place


class SlipQuerySchema(BodySchema):
    """`?after=`: where a page ended, as it said."""

    after = Place(load_default=None)


class SlipsSchema(BodySchema):
    """`{"slips"}`: outcome slips of a week, in no order."""

    slips = fields.List(Base64(), required=True, validate=validate.Length(1, SLIPS_AT_ONCE))


class SlipPageSchema(ResponseSchema):
    """A page of slips, in no order that tells anything; `next` is the `after` of those that follow."""

    slips = fields.List(Base64(), validate=validate.Length(max=PAGE))
    next = Place(allow_none=True)
