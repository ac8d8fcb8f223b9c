"""What the public JSON door takes and gives: lengths in bytes from docs/envelope.md section 7.

These describe; crypto/wire.py reads, and accepts each body in its one form only.
"""

from marshmallow import fields, validate

from youthsafe.crypto.acknowledgement import LENGTH as ACKNOWLEDGEMENT_LENGTH
from youthsafe.crypto.acknowledgement import Acknowledged
from youthsafe.crypto.envelope import ANSWER_LENGTH, FOLLOW_UP_LENGTH, REPORT_LENGTH
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.wire import HIGHEST_NUMBER, NOTE_LENGTH
from youthsafe.limits.schemas import ChallengeSchema
from youthsafe.reports.services import ANSWERS_ON_A_PAGE, PAGE_BYTES, SENT_ON_A_PAGE
from youthsafe.routing.json_body import BodySchema
from youthsafe.routing.json_fields import Base64, ResponseSchema, Whole

DIGEST_LENGTH = 32  # of tokens and verifiers too


class SignedBundleSchema(ResponseSchema):
    """The list of teams with their keys, signed by the root."""

    bundle = Base64()
    signature = Base64(SIGNATURE_LENGTH)
    root = Base64(ROOT_LENGTH)
    root_changes = fields.List(Base64())


class NewMailboxSchema(BodySchema):
    """The mailbox that a report brings with it."""

    id = Base64(ID_LENGTH, required=True)
    verifier = Base64(DIGEST_LENGTH, required=True)
    key = Base64(PUBLIC_KEY_LENGTH, required=True)
    note = Base64(NOTE_LENGTH, required=True)


class SealedReportSchema(BodySchema):
    """One sealed report."""

    envelope = Base64(REPORT_LENGTH, required=True)
    mailbox = fields.Nested(NewMailboxSchema, required=True)


class MailboxRequestSchema(BodySchema):
    """Which mailbox, the proof that it is the asker's, and where the page before it began (0 for the newest)."""

    id = Base64(ID_LENGTH, required=True)
    token = Base64(DIGEST_LENGTH, required=True)
    before = Whole(highest=HIGHEST_NUMBER, required=True)


class FollowUpSchema(BodySchema):
    """One sealed follow-up."""

    id = Base64(ID_LENGTH, required=True)
    token = Base64(DIGEST_LENGTH, required=True)
    after = Base64(DIGEST_LENGTH, required=True)
    envelope = Base64(FOLLOW_UP_LENGTH, required=True)
    note = Base64(NOTE_LENGTH, required=True)


class MailboxReportSchema(ResponseSchema):
    """How the report of a mailbox stands."""

    id = Base64(ID_LENGTH)
    team = Base64(ID_LENGTH)
    opened = fields.Boolean()
    closed = fields.Boolean()
    withdrawn = fields.Boolean()
    note = Base64(NOTE_LENGTH)
    acknowledgements = fields.List(Base64(ACKNOWLEDGEMENT_LENGTH), validate=validate.Length(max=len(Acknowledged)))
    tip = Base64(DIGEST_LENGTH)


class MailboxAnswerSchema(ResponseSchema):
    """One sealed answer; numbered from 1."""

    number = Whole(1)
    envelope = Base64(ANSWER_LENGTH)


class SentFollowUpSchema(ResponseSchema):
    """When a follow-up came, in hours since 1970, and how many answers there were by then."""

    number = Whole(1)
    hour = Whole()
    answers = Whole()


class MailboxPageSchema(ResponseSchema):
    """One page of a mailbox, always of one length; without a report where there is no such mailbox."""

    report = fields.Nested(MailboxReportSchema, allow_none=True)
    answers = fields.List(fields.Nested(MailboxAnswerSchema), validate=validate.Length(max=ANSWERS_ON_A_PAGE))
    sent = fields.List(fields.Nested(SentFollowUpSchema), validate=validate.Length(max=SENT_ON_A_PAGE))
    older = Whole()
    pad = fields.String(metadata={"pattern": "^0*$", "description": f"fills the page to {PAGE_BYTES} bytes"})


class WorkRequestSchema(BodySchema):
    """The number of the report that is to be sent."""

    report = Base64(ID_LENGTH, required=True)


class WorkSchema(ResponseSchema):
    """The work that sending it costs now."""

    challenge = fields.Nested(ChallengeSchema)
