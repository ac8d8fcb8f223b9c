"""What the address of alerts gives."""

from marshmallow import fields

from youthsafe.mailbox.services import MOST_COUNTED
from youthsafe.routing.json_fields import Hour, ResponseSchema, Whole


class AlertsSchema(ResponseSchema):
    """How many reports nobody has opened, in danger and others, up to 100 each; the hour of the last alert that went
    out; and whether one does not.
    """

    urgent = Whole(0, MOST_COUNTED)
    others = Whole(0, MOST_COUNTED)
    last = Hour(allow_none=True)
    failing = fields.Boolean()
