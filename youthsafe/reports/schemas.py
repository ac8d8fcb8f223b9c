"""What the public JSON door takes and gives: lengths in bytes from docs/envelope.md section 7.

These describe; crypto/wire.py reads, and accepts each body in its one form only.
"""

from youthsafe.crypto.acknowledgement import LENGTH as ACKNOWLEDGEMENT_LENGTH
from youthsafe.crypto.acknowledgement import Acknowledged
from youthsafe.crypto.envelope import ANSWER_LENGTH, FOLLOW_UP_LENGTH, REPORT_LENGTH
from youthsafe.crypto.keys import ID_LENGTH, PUBLIC_KEY_LENGTH, ROOT_LENGTH, SIGNATURE_LENGTH
from youthsafe.crypto.wire import HIGHEST_NUMBER, NOTE_LENGTH
from youthsafe.reports.services import ANSWERS_ON_A_PAGE, PAGE_BYTES, SENT_ON_A_PAGE
from youthsafe.routing.json_schema import BOOLEAN, base64url, many, or_null, record, whole

ID, TOKEN, DIGEST, NOTE = (base64url(length) for length in (ID_LENGTH, 32, 32, NOTE_LENGTH))

BUNDLE = record(bundle=base64url(), signature=base64url(SIGNATURE_LENGTH), root=base64url(ROOT_LENGTH))
REPORT = record(
    envelope=base64url(REPORT_LENGTH),
    mailbox=record(id=ID, verifier=DIGEST, key=base64url(PUBLIC_KEY_LENGTH), note=NOTE),
)
MAILBOX_REQUEST = record(id=ID, token=TOKEN, before=whole(highest=HIGHEST_NUMBER))
MESSAGE = record(id=ID, token=TOKEN, after=DIGEST, envelope=base64url(FOLLOW_UP_LENGTH), note=NOTE)
KEPT = record(id=ID)
MAILBOX_PAGE = record(
    report=or_null(
        record(
            id=ID,
            team=ID,
            opened=BOOLEAN,
            closed=BOOLEAN,
            withdrawn=BOOLEAN,
            note=NOTE,
            acknowledgements=many(base64url(ACKNOWLEDGEMENT_LENGTH), len(Acknowledged)),
            tip=DIGEST,
        )
    ),
    answers=many(record(number=whole(1), envelope=base64url(ANSWER_LENGTH)), ANSWERS_ON_A_PAGE),
    sent=many(record(number=whole(1), hour=whole(), answers=whole()), SENT_ON_A_PAGE),
    older=whole(),
    pad={"type": "string", "pattern": "^0*$", "description": f"fills the page to {PAGE_BYTES} bytes"},
)

WORK_REQUEST = record(report=ID)
WORK = record(challenge={"type": "object", "description": "as ALTCHA's libraries write it"})
