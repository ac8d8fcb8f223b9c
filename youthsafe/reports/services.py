"""The reporter's mailbox as one page of fixed length, and taking a report back."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from youthsafe.audit.actions import Action
from youthsafe.audit.services import append
from youthsafe.crypto.encoding import b64
from youthsafe.crypto.envelope import Direction
from youthsafe.crypto.wire import MailboxRequest
from youthsafe.mailbox.lifecycle import LifeCycle
from youthsafe.mailbox.models import Report
from youthsafe.mailbox.services import MessageFacts, envelopes_of, messages_of, open_mailbox, said_to
from youthsafe.mailbox.standing import ReportState
from youthsafe.privacy.coarse_time import hour_number, to_hour

PAGE_BYTES = 65_536
ANSWERS_ON_A_PAGE = 4
SENT_ON_A_PAGE = 30


def mailbox_page(wanted: MailboxRequest) -> bytes:
    """Return a mailbox page (docs/envelope.md section 7): 65,536 bytes for an unknown, an empty and a full one.

    The work is the same too: four answers are decrypted and written, of which some are stand-ins that nobody gets.
    """
    report = open_mailbox(wanted.mailbox_id, wanted.token)
    messages = messages_of(report)
    answers = [each for each in messages if each.direction == Direction.TO_REPORTER]
    older = [each for each in answers if not wanted.before or each.number < wanted.before]
    shown = older[:ANSWERS_ON_A_PAGE]
    sent = [each for each in messages if each.direction == Direction.TO_TEAM]
    envelopes = [b64(each) for each in envelopes_of(shown, ANSWERS_ON_A_PAGE)]
    _written({"answers": envelopes[len(shown) :]})
    note, said = said_to(report)
    if report is None or note is None:
        return _padded({"report": None, "answers": [], "sent": [], "older": 0})
    return _padded(
        {
            "report": _report(report, note, said),
            "answers": [
                {"number": each.number, "envelope": envelope} for each, envelope in zip(shown, envelopes, strict=False)
            ],
            "sent": _sent(sent),
            "older": shown[-1].number if len(older) > len(shown) else 0,
        }
    )


def withdraw(wanted: MailboxRequest, now: datetime) -> None:
    """Take a report back for its reporter; nothing happens for an unknown mailbox, or the second time.

    Nobody opened it: it is hidden from now on, and erased after 24 hours. Somebody did: its team sees that it was
    taken back, and the trail says so, in the hour, because the minute would point at a phone.
    """
    report = open_mailbox(wanted.mailbox_id, wanted.token, lock=True)
    if report is None or not LifeCycle(report).take_back(now):
        return
    if not report.hidden:
        append(Action.REPORT_WITHDRAWN, now=to_hour(now), subject=report.id, team=report.team_id)


def _report(report: Report, note: bytes, said: Sequence[bytes]) -> dict[str, Any]:
    return {
        "id": b64(report.id),
        "team": b64(report.team_id),
        "opened": report.opened_at is not None,
        "closed": report.state == ReportState.CLOSED,
        "withdrawn": report.withdrawn_at is not None,
        "note": b64(note),
        "acknowledgements": [b64(each) for each in said],
        "tip": b64(report.tip),
    }


def _sent(follow_ups: Sequence[MessageFacts]) -> list[dict[str, int]]:
    return [
        {
            "number": each.number,
            "hour": hour_number(each.received_at),
            "answers": each.position - each.number,  # how many answers came before it: hours are too coarse
        }
        for each in follow_ups[:SENT_ON_A_PAGE]
    ]


def _padded(page: dict[str, Any]) -> bytes:
    text = _written(page | {"pad": ""})
    return (text[:-2] + "0" * (PAGE_BYTES - len(text)) + text[-2:]).encode("ascii")


def _written(page: dict[str, Any]) -> str:
    return json.dumps(page, separators=(",", ":"))
