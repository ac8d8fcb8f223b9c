"""What each operation of tests/vectors/v1.json means in Python; what is refused raises a ValueError."""

from collections.abc import Callable
from typing import Any

from tests.crypto import reference_card as card
from tests.crypto import reference_content as content
from tests.crypto import reference_invitation as invitations
from tests.crypto import reference_keys as keys
from tests.crypto import reference_kit as kit
from tests.crypto import reference_opener as opener
from tests.crypto.reference_primitives import OpenError, public_key_of
from youthsafe.crypto.change import accept_change, parse_change
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.invitation import build_offer
from youthsafe.crypto.keys import fingerprint, key_id, mailbox_verifier
from youthsafe.crypto.roster import parse_roster

Values = dict[str, Any]
Operation = Callable[[Values], Values]


def on_words(words: list[str]) -> dict[str, Operation]:
    """The operations that need a word list."""
    return {
        "card-number": lambda given: {"number": card.card_number(given["report_id"], words[:256], given["letters"])},
        "check-words": lambda given: {
            "words": " ".join(invitations.check_words(given["mac_key"], given["offer"], given["public_key"], words))
        },
        "read-code": lambda given: {"secret": keys.words_to_code(given["typed"], words)},
        "write-code": lambda given: {"words": " ".join(keys.code_to_words(given["secret"], words))},
        "read-numbers": lambda given: {"secret": keys.numbers_to_code(given["typed"])},
        "write-numbers": lambda given: {"numbers": " ".join(keys.code_to_numbers(given["secret"]))},
        "read-kit": lambda given: {"secret": kit.read_kit(given["typed"], words)},
        "write-kit": lambda given: {
            "words": " ".join(kit.kit_to_words(given["secret"], words)),
            "line": kit.LINE + b64(kit.checked(given["secret"])),
        },
        "read-passphrase": lambda given: {"secret": keys.words_to_passphrase(given["typed"], words)},
        "write-passphrase": lambda given: {"words": " ".join(keys.passphrase_to_words(given["secret"], words))},
    }


def _open_kit(given: Values) -> Values:
    keys = kit.kit_keys(given["secret"])
    instance_id, scalar = kit.open_kit_wrap(keys, given["wrap"])
    recovery_key = public_key_of(keys.seed)
    return {"instance_id": instance_id, "scalar": scalar, "recovery_key": recovery_key, "token": keys.token}


def _told(report: content.Report) -> Values:
    answers = [list(answer) for answer in report.answers]
    return {**vars(report), "answers": answers}


def _open_report(given: Values) -> Values:
    return _told(opener.open_report(given["envelope"], given["report_id"], given["seed"]))


def _decode_report(given: Values) -> Values:
    report = content.decode_report(given["content"])
    assert content.encode_report(report) == given["content"]
    return _told(report)


def _decode_message(given: Values) -> Values:
    message = content.decode_message(given["content"])
    assert content.encode_message(message) == given["content"]
    said = vars(message)
    return {key: said[key] for key in ("hour", "number", "seen", "serial", "locale", "text")}


def _bond(given: Values) -> opener.Bond:
    return opener.Bond(given["report_id"], given["mailbox_key"], given["auth"])


def _said(opened: opener.Opened) -> Values:
    said = vars(opened.message)
    return {
        "direction": opened.envelope.direction,
        **{key: said[key] for key in ("hour", "number", "previous", "seen", "other", "serial", "locale", "text")},
    }


def _open_as_team(given: Values) -> Values:
    return _said(opener.open_as_team(given["envelope"], given["seed"], _bond(given)))


def _open_as_mailbox(given: Values) -> Values:
    return _said(opener.open_as_mailbox(given["envelope"], given["seed"], _bond(given)))


def _read_chain(given: Values) -> Values:
    read = {"team": opener.open_as_team, "mailbox": opener.open_as_mailbox}[given["as"]]
    opened = [read(envelope, given["seed"], _bond(given)) for envelope in given["envelopes"]]
    if not opener.is_chain(given["first"], opened):
        raise OpenError("a gap")
    return {"length": len(opened)}


def _seal_answer(given: Values) -> Values:
    message = content.Message(
        hour=1,
        number=1,
        previous=bytes(32),
        seen=0,
        other=bytes([1]) * 32,
        serial=7,
        mac=bytes(32),
        locale="en",
        text="Hello",
    )
    bond = _bond(given)
    team = opener.Team(given["team_id"], given["epoch"], given["team_key"])
    return {"length": len(opener.seal_answer(message, b"m" * 16, team, bond, given["mailbox_key_hash"]))}


def _read_acknowledgement(given: Values) -> Values:
    kind, hour = opener.read_acknowledgement(_bond(given), given["acknowledgement"])
    return {"kind": int(kind), "hour": hour}


def _derive_mailbox(given: Values) -> Values:
    mailbox = keys.derive_mailbox(given["secret"], given["instance_id"])
    return {**vars(mailbox), "verifier": mailbox_verifier(mailbox.token), "key_id": key_id(public_key_of(mailbox.seed))}


def _open_note(given: Values) -> Values:
    return dict(vars(keys.open_note(given["note_key"], given["team_id"], given["note"])))


def _stretch(given: Values) -> Values:
    proof, wrap_key = keys.stretch_passphrase(given["secret"], given["salt"], given["memory"], given["passes"])
    return {"proof": proof, "wrap_key": wrap_key}


def _open_grant(given: Values) -> Values:
    secret = keys.open_grant(given["grant"], parse_roster(given["roster"]), given["recipient_id"], given["seed"])
    return {"team_id": secret.team_id, "seeds": [list(each) for each in secret.seeds]}


def _pin(given: Values) -> keys.Pin | None:
    return keys.Pin(**given["pin"]) if given["pin"] else None


def _accept_bundle(given: Values) -> Values:
    bundle = keys.accept_bundle(given["bundle"], given["signature"], given["root"], _pin(given), given["now"])
    teams = [
        {
            **{name: getattr(team, name) for name in ("id", "kind", "staffed", "epoch", "name")},
            "key_id": key_id(team.public_key),
            "languages": list(team.languages),
            "hours": [list(day) if day else None for day in team.hours],
        }
        for team in bundle.teams
    ]
    shown = {name: getattr(bundle, name) for name in ("instance_id", "serial", "issued_at", "not_after", "demo")}
    return {**shown, "closed_days": list(bundle.closed_days), "teams": teams}


def _accept_roster(given: Values) -> Values:
    roster = keys.accept_roster(given["roster"], given["signature"], given["root"], _pin(given), given["now"])
    members = [[each.id, each.role.name.lower(), each.name, len(each.teams)] for each in roster.members]
    return {"version": roster.version, "teams": [team.id for team in roster.teams], "members": members}


def _accept_change(given: Values) -> Values:
    before = parse_change(given["before"]) if given["before"] else None
    change = accept_change(given["change"], given["signature"], before)
    return {
        "number": change.number,
        "head": change.head,
        "version": change.roster.version,
        "serial": change.bundle.serial,
        "grants": len(change.grants),
        "root_grants": len(change.root_grants),
        "root_changed": change.root_change is not None,
    }


def _follow_root(given: Values) -> Values:
    way = keys.follow_root(given["fingerprint"], given["instance_id"], given["root"], given["changes"])
    return {"followed": len(way)}


def _invitation_keys(given: Values) -> Values:
    token, mac_key = invitations.invitation_keys(given["secret"])
    return {"token": token, "mac_key": mac_key}


def _accept_offer(given: Values) -> Values:
    offer = invitations.accept_offer(given["mac_key"], given["offer"], given["mac"], given["member_id"])
    assert build_offer(offer) == given["offer"]
    told = {name: getattr(offer, name) for name in ("instance_id", "fingerprint", "member_id", "name")}
    return {**told, "role": offer.role.name.lower(), "teams": list(offer.teams)}


def _check_answer(given: Values) -> Values:
    invitations.check_answer(given["mac_key"], given["offer"], given["public_key"], given["mac"])
    return {}


def _open_invitation(given: Values) -> Values:
    return {"secret": invitations.open_invitation(**given)}


def _open_passkey_wrap(given: Values) -> Values:
    opened = invitations.open_passkey_wrap(given["wrap"], given["member_id"], given["credential"], given["prf"])
    return dict(vars(opened))


def _secret(given: Values) -> keys.TeamSecret:
    return keys.TeamSecret(given["team_id"], tuple((epoch, seed) for epoch, seed in given["seeds"]))


def _by_name(fields: card.Fields) -> Values:
    return {card.NAMES[number]: text for number, text in fields}


def _open_card_entry(given: Values) -> Values:
    place, entry = card.open_entry(_secret(given), given["report_id"], given["entry"])
    return {**vars(place), **vars(entry), "fields": _by_name(entry.fields)}


def _read_card(given: Values) -> Values:
    entries = card.read_card(_secret(given), given["report_id"], given["first"], given["entries"], given["seen"])
    return {"length": len(entries)}


def _open_slip(given: Values) -> Values:
    slip_id, fields = card.open_slip(_secret(given), given["slip"])
    return {"id": slip_id, "fields": _by_name(fields)}


OPERATIONS: dict[str, Operation] = {
    "open-report": _open_report,
    "open-as-team": _open_as_team,
    "open-as-mailbox": _open_as_mailbox,
    "read-chain": _read_chain,
    "seal-answer": _seal_answer,
    "decode-report": _decode_report,
    "decode-message": _decode_message,
    "unpad": lambda given: {"content": content.unpad(given["padded"])},
    "derive-mailbox": _derive_mailbox,
    "read-acknowledgement": _read_acknowledgement,
    "open-note": _open_note,
    "stretch": _stretch,
    "open-kit": _open_kit,
    "open-wrap": lambda given: dict(vars(keys.open_wrap(given["wrap"], given["member_id"], given["wrap_key"]))),
    "open-grant": _open_grant,
    "accept-change": _accept_change,
    "follow-root": _follow_root,
    "invitation-keys": _invitation_keys,
    "accept-offer": _accept_offer,
    "check-answer": _check_answer,
    "open-invitation": _open_invitation,
    "open-passkey-wrap": _open_passkey_wrap,
    "open-card-entry": _open_card_entry,
    "read-card": _read_card,
    "read-card-fields": lambda given: _by_name(card.read_fields(card.OF_A_CARD, given["fields"])),
    "open-slip": _open_slip,
    "open-root-grant": lambda given: {"number": keys.open_root_grant(**given)},
    "accept-bundle": _accept_bundle,
    "accept-roster": _accept_roster,
    "key-id": lambda given: {"id": key_id(given["public_key"])},
    "fingerprint": lambda given: {"fingerprint": fingerprint(given["root"])},
    "read-base64": lambda given: {"bytes": unb64(given["text"])},
}
