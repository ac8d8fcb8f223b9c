"""What several addresses say of the form."""

from marshmallow import fields

from youthsafe.instance.models import StopReason
from youthsafe.routing.json_fields import Moment, ResponseSchema


class StoppedSchema(ResponseSchema):
    """Since when no reports are taken, and why: by a `member`, or because what came lies `unread`, or `nobody` came."""

    since = Moment()
    reason = fields.Enum(StopReason, by_value=fields.String)
