"""What the addresses of havens accept and give."""

from enum import StrEnum
from typing import Any

from marshmallow import fields, validate

from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.havens.models import Doubt, Kind, Method, Status
from youthsafe.places.haven_lists import LISTS
from youthsafe.places.services import MOST_PIECES, PIECE, SHOWN_REFUSALS
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole

MOST_COLUMNS = 60
LONGEST_VALUE = 2_000


class HavensWantedSchema(BodySchema):
    """`?list=`: candidate, active, paused, withdrawn or due; `after=` goes on with it."""

    list = fields.String(load_default="candidate", validate=validate.OneOf(LISTS))
    after = Base64(ID_LENGTH, load_default=None)


class HavenColumnsSchema(BodySchema):
    """`{"columns"}`: one place as the columns of a file."""

    columns = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=validate.Length(max=LONGEST_VALUE)),
        required=True,
        validate=validate.Length(max=MOST_COLUMNS),
    )


class HavenWordSchema(BodySchema):
    """`{"method", "on"}`: how somebody made sure of a place, and on which day."""

    method = fields.Enum(Method, by_value=True, required=True)
    on = fields.Date(required=True, format="%Y-%m-%d")


class HavenDoubtSchema(BodySchema):
    """`{"doubt"}`: what is doubted about a place."""

    doubt = fields.Enum(Doubt, by_value=True, required=True)


class ImportBeginSchema(BodySchema):
    """`{"format"}`: csv or geojson."""

    format = fields.String(required=True, validate=validate.OneOf(("csv", "geojson")))


class ImportPieceSchema(BodySchema):
    """`{"number", "text"}`: a piece of the file's text, numbered from 0."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_PIECES - 1))
    text = fields.String(required=True, validate=validate.Length(1, PIECE))


class ImportDigestSchema(BodySchema):
    """`{"digest"}`: the difference that was looked at."""

    digest = Base64(32, required=True)


def _one_of(kinds: type[StrEnum], **options: Any) -> fields.String:
    """A word of an enumeration, as rows hold it."""
    return fields.String(validate=validate.OneOf([each.value for each in kinds]), **options)


class RefusalSchema(ResponseSchema):
    """One thing to mend: a line (0 for the whole), a field, what is wrong and how to mend it, in English."""

    line = Whole()
    field = fields.String()
    what = fields.String()
    fix = fields.String()


class HavenSummarySchema(ResponseSchema):
    """What a line of the list shows. `due`: it is on the list and was not verified lately."""

    id = Base64(ID_LENGTH)
    kind = _one_of(Kind)
    status = _one_of(Status)
    name = fields.String()
    address = fields.String()
    verified_on = fields.Date(allow_none=True, format="%Y-%m-%d")
    verified_by = fields.String(allow_none=True)
    method = fields.String(allow_none=True)
    doubt = _one_of(Doubt, allow_none=True)
    due = fields.Boolean()
    expired = fields.Boolean()
    demo = fields.Boolean()


class HavenCountsSchema(ResponseSchema):
    """How many havens each list holds."""

    candidate = Whole()
    active = Whole()
    paused = Whole()
    withdrawn = Whole()
    due = Whole()


class HavenListSchema(ResponseSchema):
    """A page of the list; `next` is the `after=` of what follows."""

    havens = fields.List(fields.Nested(HavenSummarySchema))
    next = Base64(ID_LENGTH, allow_none=True)
    counts = fields.Nested(HavenCountsSchema)


class ApprovalSchema(ResponseSchema):
    """One person's word: by which role, how and when; `mine`: the member's own."""

    role = fields.String()
    method = _one_of(Method)
    on = fields.Date(format="%Y-%m-%d")
    mine = fields.Boolean()


class HavenDetailSchema(ResponseSchema):
    """One place: its line, its columns as texts, and who has approved it."""

    haven = fields.Nested(HavenSummarySchema)
    columns = fields.Dict(keys=fields.String(), values=fields.String())
    approvals = fields.List(fields.Nested(ApprovalSchema))


class HavenKeptSchema(ResponseSchema):
    """The place that was kept, or what is to mend: then nothing was saved."""

    id = Base64(ID_LENGTH, allow_none=True)
    refusals = fields.List(fields.Nested(RefusalSchema))


class RewrittenSchema(ResponseSchema):
    """One column of a place, before and after, cut where it is long."""

    column = fields.String()
    old = fields.String()
    new = fields.String()


class ChangedHavenSchema(ResponseSchema):
    """A place that stands differently in the file; `was` is its status until now."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    was = _one_of(Status)
    columns = fields.List(fields.Nested(RewrittenSchema))


class NewHavenSchema(ResponseSchema):
    """A place that nobody knew."""

    name = fields.String()
    address = fields.String()


class GoneHavenSchema(ResponseSchema):
    """A place that is not in the file; it stays as it is."""

    id = Base64(ID_LENGTH)
    name = fields.String()
    status = _one_of(Status)


class DifferenceSchema(ResponseSchema):
    """What a file would change, under its digest; or what is to mend in it: then there is no digest."""

    unit = fields.String(validate=validate.OneOf(("line", "feature")))
    refusals = fields.List(fields.Nested(RefusalSchema), validate=validate.Length(max=SHOWN_REFUSALS))
    refused = Whole()
    new = fields.List(fields.Nested(NewHavenSchema))
    changed = fields.List(fields.Nested(ChangedHavenSchema))
    same = Whole()
    gone = fields.List(fields.Nested(GoneHavenSchema))
    digest = Base64(32, allow_none=True)


class ImportedSchema(ResponseSchema):
    """How many places were saved as candidates."""

    new = Whole()
    changed = Whole()
