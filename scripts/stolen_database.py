"""What each column of a stolen database is to a thief: the one list, of which docs/threat-model.md has a table.

A new column is one line here, `make generated` writes the table, and tests/house/test_stolen_database.py fails until
the line is there.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import Final


class Kind(StrEnum):
    """What a column holds; the value is what the table says of it."""

    CIPHERTEXT = "ciphertext under the server secret"
    KEYED_HASH = "keyed hash"
    SEALED = "sealed in a browser, to keys that no server has"
    DIGEST = "hash of ciphertext or of the trail: nothing that could be guessed"
    RANDOM = "random"
    TIME = "a time: of reports and messages the hour"
    COUNT = "count or number"
    FLAG = "state, kind or flag"
    SIGNED = "signed, for everybody to read"
    PUBLIC = "shown on public pages"
    NAME = "a name or setting, in plain words"


CIPHERTEXT, KEYED_HASH, SEALED, DIGEST, RANDOM, TIME, COUNT, FLAG, SIGNED, PUBLIC, NAME = Kind

COLUMNS: Final[dict[str, Kind]] = {
    "audit_entry.sequence": COUNT,
    "audit_entry.at": TIME,
    "audit_entry.actor": RANDOM,
    "audit_entry.action": FLAG,
    "audit_entry.subject": RANDOM,
    "audit_entry.hash": DIGEST,
    "controller.id": FLAG,
    "controller.name": PUBLIC,
    "controller.contact": PUBLIC,
    "controller.data_protection_officer": PUBLIC,
    "controller.complaints": PUBLIC,
    "controller.accessibility": PUBLIC,
    "controller.one_team": FLAG,
    "erasure.team_id": RANDOM,
    "erasure.reason": FLAG,
    "erasure.count": COUNT,
    "haven.id": RANDOM,
    "haven.kind": PUBLIC,
    "haven.status": PUBLIC,
    "haven.scheme": PUBLIC,
    "haven.operator": PUBLIC,
    "haven.name": PUBLIC,
    "haven.address": PUBLIC,
    "haven.lat": PUBLIC,
    "haven.lon": PUBLIC,
    "haven.hours": PUBLIC,
    "haven.what_to_expect": PUBLIC,
    "haven.step_free": PUBLIC,
    "haven.languages": PUBLIC,
    "haven.trained_on": TIME,
    "haven.agreement_on": TIME,
    "haven.verified_on": TIME,
    "haven.verified_by_role": PUBLIC,
    "haven.method": PUBLIC,
    "haven.source": PUBLIC,
    "haven.doubt": FLAG,
    "haven.demo": PUBLIC,
    "haven_approval.haven_id": RANDOM,
    "haven_approval.approver": NAME,
    "haven_approval.method": PUBLIC,
    "haven_approval.done_on": TIME,
    "haven_import.id": RANDOM,
    "haven_import.member_id": RANDOM,
    "haven_import.begun_at": TIME,
    "haven_import.geojson": FLAG,
    "haven_import_piece.import_id": RANDOM,
    "haven_import_piece.number": COUNT,
    "haven_import_piece.text": PUBLIC,
    "instance.id": RANDOM,
    "instance.demo": FLAG,
    "instance.root_public_key": SIGNED,
    "instance.audit_head": DIGEST,
    "instance.form_opened_at": TIME,
    "job_lease.name": FLAG,
    "job_lease.runner": RANDOM,
    "job_lease.leased_until": TIME,
    "job_lease.begun_at": TIME,
    "job_run.name": FLAG,
    "job_run.ended_at": TIME,
    "key_grant.recipient_id": RANDOM,
    "key_grant.team_id": RANDOM,
    "key_grant.epoch": COUNT,
    "key_grant.content": SEALED,
    "kit.id": FLAG,
    "kit.token": KEYED_HASH,
    "kit.wrap": SEALED,
    "member.id": RANDOM,
    "member.name": NAME,
    "member.folded_name": NAME,
    "member.role": FLAG,
    "member.verifier": KEYED_HASH,
    "member.salt": RANDOM,
    "member.mail": CIPHERTEXT,
    "member.memory": COUNT,
    "member.passes": COUNT,
    "member.totp_secret": CIPHERTEXT,
    "member.totp_counter": TIME,
    "member.disabled": FLAG,
    "member_wrap.member_id": RANDOM,
    "member_wrap.position": COUNT,
    "member_wrap.content": CIPHERTEXT,
    "membership.member_id": RANDOM,
    "membership.team_id": RANDOM,
    "message.id": RANDOM,
    "message.report_id": RANDOM,
    "message.direction": FLAG,
    "message.number": COUNT,
    "message.position": COUNT,
    "message.received_at": TIME,
    "message.digest": DIGEST,
    "message.envelope": CIPHERTEXT,
    "minimum_work.id": RANDOM,
    "minimum_work.difficulty": COUNT,
    "minimum_work.begins_at": TIME,
    "minimum_work.ends_at": TIME,
    "report.id": RANDOM,
    "report.team_id": RANDOM,
    "report.epoch": COUNT,
    "report.urgent": FLAG,
    "report.received_at": TIME,
    "report.digest": DIGEST,
    "report.envelope": SEALED,
    "report.mailbox_id": KEYED_HASH,
    "report.mailbox_verifier": KEYED_HASH,
    "report.mailbox_key": CIPHERTEXT,
    "report.note": CIPHERTEXT,
    "report.opened_statement": CIPHERTEXT,
    "report.withdrawal_statement": CIPHERTEXT,
    "report.tip": DIGEST,
    "report.answer_tip": DIGEST,
    "report.state": FLAG,
    "report.claimed_by": RANDOM,
    "report.opened_at": TIME,
    "report.closed_at": TIME,
    "report.follow_ups": COUNT,
    "report.answers": COUNT,
    "report.unanswered": FLAG,
    "report.withdrawn_at": TIME,
    "report.alerted_at": TIME,
    "report.hold": FLAG,
    "report.difficulty": COUNT,
    "report.flood_id": RANDOM,
    "roster.version": COUNT,
    "roster.content": SIGNED,
    "roster.signature": SIGNED,
    "secret_check.id": FLAG,
    "secret_check.value": KEYED_HASH,
    "set_up_link.id": FLAG,
    "set_up_link.hash": KEYED_HASH,
    "set_up_link.ends_at": TIME,
    "sign_in_delay.key": KEYED_HASH,
    "sign_in_delay.wrong": COUNT,
    "sign_in_delay.tried_at": TIME,
    "staff_session.token_hash": KEYED_HASH,
    "staff_session.member_id": RANDOM,
    "staff_session.created_at": TIME,
    "staff_session.seen_at": TIME,
    "staff_session.expires_at": TIME,
    "team.id": RANDOM,
    "team.kind": FLAG,
    "team_bundle.serial": COUNT,
    "team_bundle.content": SIGNED,
    "team_bundle.signature": SIGNED,
    "team_key.team_id": RANDOM,
    "team_key.epoch": COUNT,
    "team_key.key_id": SIGNED,
    "team_key.public_key": SIGNED,
    "tombstone.hash": KEYED_HASH,
    "tombstone.buried_at": TIME,
    "write_probe.id": FLAG,
    "write_probe.content": RANDOM,
}


def table() -> list[str]:
    """Return the rows of the table in docs/threat-model.md: each table's columns, by what they are."""
    return [f"| `{name}` | {kind} | {', '.join(f'`{each}`' for each in columns)} |" for name, kind, columns in _rows()]


def _rows() -> Iterator[tuple[str, Kind, list[str]]]:
    for name, columns in groupby(sorted(COLUMNS), lambda column: column.partition(".")[0]):
        of_table = list(columns)
        for kind in Kind:
            found = [each.partition(".")[2] for each in of_table if COLUMNS[each] is kind]
            if found:
                yield name, kind, found
