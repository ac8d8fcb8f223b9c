"""Vectors of reports and messages: docs/envelope.md sections 2 and 3."""

from dataclasses import replace
from typing import Any

from tests.crypto.by_hand import hpke_seal_to_no_point
from tests.crypto.reference_content import Message, Report, encode_message, encode_report, pad
from tests.crypto.reference_opener import Bond, Team, acknowledgement, seal, seal_answer, seal_follow_up, seal_report
from tests.crypto.reference_primitives import sha256
from tests.vectors import world
from tests.vectors.values import Vectors, add, copy, flip, keep, put, raw
from tests.vectors.world import Json, fixed
from youthsafe.crypto.envelope import NO_ID

FIELDS_OF_A_REPORT = (
    ("magic", 0), ("version", 2), ("direction", 3), ("report id", 4), ("message id", 20), ("urgent", 36),
    ("team id", 37), ("epoch", 56), ("commitment", 57), ("number of wraps", 89),
    ("purpose of the wrap", 90), ("recipient key id", 91), ("ML-KEM half of enc", 107), ("X25519 half of enc", 1195),
    ("wrapped DEK", 1227), ("tag of the wrapped DEK", 1274),
    ("sealed content", 1275), ("sealed padding", 9000), ("tag of the content", 9482),
)  # fmt: skip
FIELDS_OF_AN_ANSWER = (
    ("direction", 3), ("report id", 4), ("message id", 20), ("urgent", 36), ("team id", 37), ("epoch", 53),
    ("commitment", 88), ("number of wraps", 89), ("mailbox wrap's purpose", 90), ("mailbox wrap's key id", 91),
    ("mailbox wrap's enc", 107), ("mailbox wrap's DEK", 1227), ("team wrap's purpose", 1275),
    ("team wrap's key id", 1276), ("team wrap's enc", 1292),
    ("team wrap's DEK", 2412), ("sealed content", 2460), ("tag of the content", 10_667),
)  # fmt: skip


def told(report: Report) -> Json:
    """What opening a report gives."""
    return {
        "hour": report.hour,
        "mailbox_key_hash": raw(report.mailbox_key_hash),
        "auth": raw(report.auth),
        "locale": report.locale,
        "answers": [list(answer) for answer in report.answers],
    }


def said(message: Message, direction: int) -> Json:
    """What opening a message gives."""
    return {
        "direction": direction,
        "hour": message.hour,
        "number": message.number,
        "previous": raw(message.previous),
        "seen": message.seen,
        "other": raw(message.other),
        "serial": message.serial,
        "locale": message.locale,
        "text": message.text,
    }


def add_envelopes(vectors: Vectors) -> None:
    """The good envelopes that cases name: reports, then the messages that follow them."""
    name = vectors.name
    name("report", seal_report(world.REPORT, world.REPORT_ID, world.TEAM))
    name("second report", seal_report(world.REPORT, world.REPORT_ID, world.TEAM))
    name("other report", seal_report(world.EMPTY_REPORT, world.OTHER_REPORT_ID, world.OTHER_TEAM))
    tip = sha256(_bytes(vectors, "report"))
    name("follow-up", _follow_up("message 1", previous=tip))
    name("answer", _answer("message 3"))
    newest, answer = sha256(_bytes(vectors, "follow-up")), sha256(_bytes(vectors, "answer"))
    name("second follow-up", _follow_up("message 2", number=2, previous=newest, seen=1, other=answer))
    name("second answer", _answer("message 4", number=2, previous=answer, seen=1, other=newest))


def add_reports(vectors: Vectors) -> None:
    """Reports that open, and reports that must not."""
    name = vectors.name
    base: Json = {"report_id": raw(world.REPORT_ID), "seed": raw(world.TEAM_SEED)}
    for maker in ("report", "browser report"):
        vectors.accept(
            f"open a report: {maker}", "open-report", {**base, "envelope": vectors.of(maker)}, told(world.REPORT)
        )
    other: Json = {"report_id": raw(world.OTHER_REPORT_ID), "seed": raw(world.OTHER_TEAM_SEED)}
    vectors.accept(
        "open a report without answers or mailbox",
        "open-report",
        {**other, "envelope": vectors.of("other report")},
        told(world.EMPTY_REPORT),
    )
    of = vectors.of
    cases: list[tuple[str, object]] = [
        (f"a flipped bit in the {field}", of("report", flip(at))) for field, at in FIELDS_OF_A_REPORT
    ]
    cases += [
        ("another epoch than the sealed one", of("report", put(53, bytes([0, 0, 0, 1])))),
        ("epoch 0", of("report", put(53, bytes(4)))),
        ("one byte short", of("report", keep(9482))),
        ("one byte long", of("report", add(b"\0"))),
        ("the header alone", of("report", keep(90))),
        ("no byte at all", of("report", keep(0))),
        ("protocol version 2", of("report", put(2, b"\x02"))),
        ("the wrap of another report", of("report", copy("second report", 90, 1275, 90))),
        ("the ciphertext of another report", of("report", copy("second report", 1275, 9483, 1275))),
        ("the header of another report", of("report", copy("second report", 0, 90, 0))),
        ("a follow-up", of("follow-up")),
        ("an answer", of("answer")),
        ("a report of another id", of("other report")),
        ("padding that is not zero", name("bad padding", _padded(pad(encode_report(world.REPORT))[:-1] + b"\x01"))),
        ("a length beyond the padding", name("bad length", _padded(b"\x1f\xff" + pad(b"")[2:]))),
        (
            "content of another kind",
            name("message in a report", _padded(pad(b"\x02" + encode_report(world.REPORT)[1:]))),
        ),
        ("a commitment to another key", name("bad commitment", _seal(world.TEAM, committed=fixed("dek", 32)))),
        ("a DEK of 31 bytes", name("short DEK", _seal(world.TEAM, dek=fixed("dek", 31)))),
        ("danger that the header does not show", name("hidden danger", _seal(world.TEAM, urgent=0))),
        ("danger that only the header shows", name("false danger", _padded(pad(encode_report(_calm())), urgent=1))),
        ("wrapped to another team", name("for another team", _seal(world.OTHER_TEAM))),
        ("two wraps", name("two wraps", _seal(world.TEAM, purposes=(1, 1)))),
        ("the purpose of a follow-up", name("follow-up purpose", _seal(world.TEAM, purposes=(2,)))),
        ("version 2, sealed so", name("report of version 2", _seal(world.TEAM, version=2))),
        ("epoch 0, sealed so", name("report of epoch 0", _seal(world.TEAM, epoch=0))),
        ("urgent 2, sealed so", name("report of urgent 2", _seal(world.TEAM, urgent=2))),
        ("an enc whose X25519 half is zeros, sealed so", name("no point", _seal_to_no_point())),
        ("a message id", name("report with a message id", _seal(world.TEAM, message_id=fixed("message")))),
    ]
    vectors.refuse_each("open-report", base, "envelope", cases)
    whole: Json = {**base, "envelope": of("report")}
    vectors.refuse_each("open-report", whole, "report_id", [("asked for another report", raw(world.OTHER_REPORT_ID))])
    seeds = [
        ("the key of an epoch that it was not sealed to", raw(world.FIRST_SEED)),
        ("the key of another team", raw(world.OTHER_TEAM_SEED)),
        ("the key of the mailbox: a code never opens a report", raw(world.MAILBOX.seed)),
    ]
    vectors.refuse_each("open-report", whole, "seed", seeds)
    vectors.refuse(
        "open-report: report id changed in the envelope and in what is asked for",
        "open-report",
        {**base, "envelope": of("report", put(4, world.OTHER_REPORT_ID)), "report_id": raw(world.OTHER_REPORT_ID)},
        "the wrap is bound to the report id",
    )


def add_messages(vectors: Vectors) -> None:
    """Messages that open and chain, and messages that must not."""
    of = vectors.of
    first_tip = sha256(_bytes(vectors, "report"))
    team = _as(world.TEAM_SEED)
    mailbox = _as(world.MAILBOX.seed)
    browser_tip = sha256(_bytes(vectors, "browser report"))
    for maker, tip in (("follow-up", first_tip), ("browser follow-up", browser_tip)):
        gives = said(replace(world.MESSAGE, previous=tip), 1)
        vectors.accept(f"open a {maker}", "open-as-team", {**team, "envelope": of(maker)}, gives)
    for maker in ("answer", "browser answer"):
        gives = said(world.ANSWER, 2)
        vectors.accept(f"open the team's copy of the {maker}", "open-as-team", {**team, "envelope": of(maker)}, gives)
        vectors.accept(
            f"open the {maker} as the reporter", "open-as-mailbox", {**mailbox, "envelope": of(maker)}, gives
        )
    vectors.refuse_each("open-as-mailbox", mailbox, "envelope", _refused_answers(vectors))
    vectors.refuse_each("open-as-team", team, "envelope", _refused_to_the_team(vectors, first_tip))
    _add_messages_of_nobody(vectors, first_tip)
    answer: Json = {**mailbox, "envelope": of("answer")}
    other: list[tuple[str, str, bytes]] = [
        ("report_id", "asked for another report", world.OTHER_REPORT_ID),
        ("seed", "the key of another mailbox", world.OTHER_MAILBOX.seed),
        ("seed", "the key of the team", world.TEAM_SEED),
        ("auth", "another K_auth", world.OTHER_MAILBOX.auth),
        ("auth", "a report that wants no reply", bytes(32)),
        ("mailbox_key", "the key of another mailbox in the mac", world.OTHER_MAILBOX_KEY),
    ]
    for key, why, data in other:
        vectors.refuse_each("open-as-mailbox", answer, key, [(why, raw(data))])
    vectors.refuse_each(
        "open-as-team", {**team, "envelope": of("follow-up")}, "seed", [("an older epoch", raw(world.FIRST_SEED))]
    )
    _add_chains(vectors, team, mailbox, first_tip)
    _add_sealing(vectors)
    _add_acknowledgements(vectors)


def _refused_answers(vectors: Vectors) -> list[tuple[str, object]]:
    of, name = vectors.of, vectors.name
    cases: list[tuple[str, object]] = [
        (f"a flipped bit in the {field}", of("answer", flip(at))) for field, at in FIELDS_OF_AN_ANSWER
    ]
    swapped = (copy("answer", 1275, 2460, 90), copy("answer", 90, 1275, 1275))
    forged = Bond(world.REPORT_ID, world.MAILBOX_KEY, fixed("a guess", 32))
    elsewhere = Bond(world.REPORT_ID, world.OTHER_MAILBOX_KEY, world.MAILBOX.auth)
    cases += [
        ("no message id, sealed so", name("answer without an id", _answer(NO_ID))),
        ("swapped wraps", of("answer", *swapped)),
        ("swapped wraps with their purposes put right", of("answer", *swapped, put(90, b"\x03"), put(1275, b"\x04"))),
        ("the mailbox wrap of another answer", of("answer", copy("second answer", 90, 1275, 90))),
        ("one byte short", of("answer", keep(10_667))),
        ("one byte long", of("answer", add(b"\0"))),
        ("a follow-up: the other direction", of("follow-up")),
        ("a report", of("report")),
        (
            "an answer forged by who does not know K_auth",
            name("forged answer", _answer("message 5", forged)),
        ),
        ("an answer to a substituted mailbox", name("substituted mailbox", _answer("message 6", elsewhere))),
        ("the mac of a follow-up", name("cross direction", _with_mac_of(1, world.REPORT_ID, "message 7"))),
        ("the mac of another report", name("cross report", _with_mac_of(2, world.OTHER_REPORT_ID, "message 8"))),
        (
            "the mac of another message",
            name("replayed mac", _with_mac_of(2, world.REPORT_ID, "message 9", "message 3")),
        ),
        ("a number that the mac does not cover", name("renumbered", _changed_after_its_mac("message 12", number=2))),
        ("a count that the mac does not cover", name("recounted", _changed_after_its_mac("message 13", seen=1))),
        ("a serial that the mac does not cover", name("reissued", _changed_after_its_mac("message 14", serial=8))),
        (
            "an envelope of the other direction that the mac does not cover",
            name("relinked", _changed_after_its_mac("message 15", other=fixed("other", 32))),
        ),
        (
            "an answer that names nothing of the reporter's",
            name("nothing seen", _answer("message 16", other=bytes(32))),
        ),
        ("a first answer after another", name("no first", _answer("message 17", previous=fixed("other", 32)))),
        ("a second answer after none", name("no second", _answer("message 18", number=2))),
    ]
    return cases


def _refused_to_the_team(vectors: Vectors, tip: bytes) -> list[tuple[str, object]]:
    of = vectors.of
    forged = Bond(world.REPORT_ID, world.MAILBOX_KEY, fixed("a guess", 32))

    def name(name: str, message_id: str, bond: Bond = world.BOND, **links: Any) -> Json:
        return vectors.name(name, _follow_up(message_id, bond, **{"previous": tip, **links}))

    return [
        ("a follow-up forged by the server", name("forged follow-up", "message 10", forged)),
        ("a follow-up with a serial", name("follow-up with a serial", "message 19", serial=7)),
        ("a follow-up that saw an answer and names none", name("seen none", "message 20", seen=1)),
        (
            "a follow-up that names an answer and saw none",
            name("named unseen", "message 21", other=fixed("other", 32)),
        ),
        ("a first follow-up after nothing", name("after nothing", "message 24", previous=bytes(32))),
        ("a second follow-up after nothing", name("second after nothing", "message 25", number=2, previous=bytes(32))),
        ("an urgent follow-up, sealed so", vectors.name("urgent follow-up", _urgent_follow_up("message 26", tip))),
        ("a follow-up with its direction turned", of("follow-up", put(3, b"\x02"))),
        ("a follow-up without a message id", of("follow-up", put(20, bytes(16)))),
        ("a follow-up under another message id", of("follow-up", put(20, fixed("message 11")))),
        ("an urgent follow-up", of("follow-up", put(36, b"\x01"))),
        ("the report", of("report")),
        ("the wrap of another follow-up", of("follow-up", copy("second follow-up", 90, 1275, 90))),
        ("a team's copy under another DEK", of("answer", copy("second answer", 1275, 2460, 1275))),
        ("a flipped bit in the team's copy", of("answer", flip(2459))),
    ]


def _add_messages_of_nobody(vectors: Vectors, tip: bytes) -> None:
    """Of a report that wants no reply K_auth is zeros, which everybody knows: a mac that fits it says nothing."""
    everybody = replace(world.BOND, auth=bytes(32))
    follow_up = replace(world.MESSAGE, previous=tip)
    signed = replace(follow_up, mac=everybody.mac_of_anybody(1, fixed("message 27"), follow_up))
    sent = vectors.name("follow-up of anybody", _sealed_follow_up(signed, "message 27"))
    answer = replace(world.ANSWER, mac=everybody.mac_of_anybody(2, fixed("message 28"), world.ANSWER))
    got = vectors.name("answer of anybody", _sealed_answer(answer, "message 28"))
    for op, seed, envelope in (
        ("open-as-team", world.TEAM_SEED, sent),
        ("open-as-team", world.TEAM_SEED, got),
        ("open-as-mailbox", world.MAILBOX.seed, got),
    ):
        given: Json = {**_as(seed), "auth": raw(bytes(32))}
        kind = "follow-up" if envelope is sent else "answer"
        vectors.refuse_each(op, given, "envelope", [(f"a good mac of the {kind} under a K_auth of zeros", envelope)])


def _add_chains(vectors: Vectors, team: Json, mailbox: Json, tip: bytes) -> None:
    of = vectors.of
    sent: Json = {**team, "as": "team", "first": raw(tip)}
    got: Json = {**mailbox, "as": "mailbox", "first": raw(bytes(32))}
    one, two, first, second = of("follow-up"), of("second follow-up"), of("answer"), of("second answer")
    vectors.accept("read follow-ups in order", "read-chain", {**sent, "envelopes": [one, two]}, {"length": 2})
    vectors.accept("read answers in order", "read-chain", {**got, "envelopes": [first, second]}, {"length": 2})
    skipped = vectors.name(
        "third follow-up in second place", _follow_up("message 22", number=3, previous=_digest(vectors, "follow-up"))
    )
    begun = vectors.name("second follow-up in first place", _follow_up("message 23", number=2, previous=tip))
    vectors.refuse_each("read-chain", sent, "envelopes", [
        ("a number left out between two that name one another", [one, skipped]),
        ("a first message that is numbered 2", [begun]),
        ("two that name the same one", [one, two, skipped]),
        ("replayed", [one, one]), ("reordered", [two, one]), ("the first is missing", [two]),
        ("replayed at the end", [one, two, one]),
    ])  # fmt: skip
    vectors.refuse_each("read-chain", got, "envelopes", [
        ("answers reordered", [second, first]), ("the first answer is missing", [second]),
        ("an answer of another chain", [first, of("browser answer")]),
    ])  # fmt: skip


def _add_sealing(vectors: Vectors) -> None:
    base: Json = {
        "report_id": raw(world.REPORT_ID),
        "team_id": raw(world.TEAM.team_id),
        "epoch": world.TEAM.epoch,
        "team_key": raw(world.TEAM.public_key),
        "mailbox_key": raw(world.MAILBOX_KEY),
        "mailbox_key_hash": raw(sha256(world.MAILBOX_KEY)),
        "auth": raw(world.MAILBOX.auth),
    }
    vectors.accept("seal an answer to the mailbox that the report named", "seal-answer", base, {"length": 10_668})
    vectors.refuse_each(
        "seal-answer", base, "mailbox_key", [("a substituted mailbox key", raw(world.OTHER_MAILBOX_KEY))]
    )
    vectors.refuse_each("seal-answer", base, "mailbox_key_hash", [("a report that wants no reply", raw(bytes(32)))])
    vectors.refuse_each("seal-answer", base, "auth", [("a report without K_auth", raw(bytes(32)))])
    no_point = world.MAILBOX_KEY[:1184] + bytes(32)
    no_lattice = b"\xff\xff" + world.MAILBOX_KEY[2:]  # 4,095 is no number below 3,329
    for why, key in (
        ("a mailbox key whose X25519 half is zeros", no_point),
        ("a mailbox key whose ML-KEM half fails the check of FIPS 203", no_lattice),
    ):
        named: Json = {**base, "mailbox_key": raw(key), "mailbox_key_hash": raw(sha256(key))}
        vectors.refuse(f"seal-answer: {why}", "seal-answer", named, why)


def _add_acknowledgements(vectors: Vectors) -> None:
    vectors.name("acknowledgement", acknowledgement(world.BOND, 2, 498_730))
    of, known = vectors.of, _as(world.TEAM_SEED)
    base: Json = {key: known[key] for key in ("report_id", "auth", "mailbox_key")}
    for maker, gives in (("acknowledgement", [2, 498_730]), ("browser acknowledgement", [1, world.MESSAGE.hour])):
        kind, hour = gives
        given: Json = {**base, "acknowledgement": of(maker)}
        vectors.accept(f"read the {maker}", "read-acknowledgement", given, {"kind": kind, "hour": hour})
    guessed = replace(world.BOND, auth=fixed("a guess", 32))
    vectors.refuse_each("read-acknowledgement", base, "acknowledgement", [
        ("of another kind", of("acknowledgement", put(0, b"\x01"))),
        ("of no kind", raw(acknowledgement(world.BOND, 0, 498_730))),
        ("of an unknown kind", raw(acknowledgement(world.BOND, 3, 498_730))),
        ("a flipped bit in the hour", of("acknowledgement", flip(4))),
        ("a flipped bit in the mac", of("acknowledgement", flip(36))),
        ("made by who does not know K_auth", raw(acknowledgement(guessed, 2, 498_730))),
        ("a byte short", of("acknowledgement", keep(36))),
        ("a byte long", of("acknowledgement", add(b"\0"))),
    ])  # fmt: skip
    whole: Json = {**base, "acknowledgement": of("acknowledgement")}
    nobody = raw(acknowledgement(replace(world.BOND, auth=bytes(32)), 2, 498_730))
    vectors.refuse_each("read-acknowledgement", whole, "report_id", [("of another report", raw(world.OTHER_REPORT_ID))])
    other = [("of another mailbox", raw(world.OTHER_MAILBOX_KEY))]
    vectors.refuse_each("read-acknowledgement", whole, "mailbox_key", other)
    silent: Json = {**base, "auth": raw(bytes(32))}
    vectors.refuse_each("read-acknowledgement", silent, "acknowledgement", [("a report that wants no reply", nobody)])


def _bytes(vectors: Vectors, name: str) -> bytes:
    return world.untext(vectors.objects[name])


def _as(seed: bytes) -> Json:
    return {
        "report_id": raw(world.REPORT_ID),
        "seed": raw(seed),
        "auth": raw(world.MAILBOX.auth),
        "mailbox_key": raw(world.MAILBOX_KEY),
    }


def _digest(vectors: Vectors, name: str) -> bytes:
    return sha256(_bytes(vectors, name))


def _follow_up(message_id: str, bond: Bond = world.BOND, **links: Any) -> bytes:
    return seal_follow_up(replace(world.MESSAGE, **links), fixed(message_id), world.TEAM, bond)


def _urgent_follow_up(message_id: str, tip: bytes) -> bytes:
    message = replace(world.MESSAGE, previous=tip)
    signed = replace(message, mac=world.BOND.mac(1, fixed(message_id), message))
    return _sealed_follow_up(signed, message_id, urgent=1)


def _sealed_follow_up(message: Message, message_id: str, urgent: int = 0) -> bytes:
    recipients = [(2, world.TEAM.public_key)]
    padded = pad(encode_message(message))
    team, number = world.TEAM, fixed(message_id)
    return seal(1, world.REPORT_ID, number, team, recipients=recipients, padded=padded, urgent=urgent)


def _answer(message_id: str | bytes, bond: Bond = world.BOND, **links: Any) -> bytes:
    message, number = replace(world.ANSWER, **links), message_id if isinstance(message_id, bytes) else fixed(message_id)
    return seal_answer(message, number, world.TEAM, bond, sha256(bond.mailbox_key))


def _changed_after_its_mac(message_id: str, **links: Any) -> bytes:
    """An answer that is sealed well and says of its place what its mac does not."""
    mac = world.BOND.mac(2, fixed(message_id), world.ANSWER)
    return _sealed_answer(replace(world.ANSWER, mac=mac, **links), message_id)


def _with_mac_of(direction: int, report_id: bytes, message_id: str, mac_id: str = "") -> bytes:
    """An answer that is sealed well and whose mac was made for something else."""
    bond = Bond(report_id, world.MAILBOX_KEY, world.MAILBOX.auth)
    mac = bond.mac(direction, fixed(mac_id or message_id), world.ANSWER)
    return _sealed_answer(replace(world.ANSWER, mac=mac), message_id)


def _sealed_answer(message: Message, message_id: str) -> bytes:
    padded = pad(encode_message(message))
    recipients = [(3, world.MAILBOX_KEY), (4, world.TEAM.public_key)]
    return seal(2, world.REPORT_ID, fixed(message_id), world.TEAM, recipients=recipients, padded=padded)


def _calm() -> Report:
    return replace(world.REPORT, answers=world.REPORT.answers[1:])


def _padded(padded: bytes, urgent: int = 1) -> bytes:
    recipients = [(1, world.TEAM.public_key)]
    return seal(1, world.REPORT_ID, NO_ID, world.TEAM, recipients=recipients, padded=padded, urgent=urgent)


def _seal_to_no_point() -> bytes:
    recipients, padded = [(1, world.TEAM.public_key)], pad(encode_report(world.REPORT))
    report_id, wrap = world.REPORT_ID, hpke_seal_to_no_point
    return seal(1, report_id, NO_ID, world.TEAM, recipients=recipients, padded=padded, urgent=1, wrap=wrap)


def _seal(
    team: Team,
    *,
    purposes: tuple[int, ...] = (1,),
    message_id: bytes = NO_ID,
    urgent: int = 1,
    dek: bytes | None = None,
    committed: bytes | None = None,
    version: int = 1,
    epoch: int = world.TEAM.epoch,
) -> bytes:
    recipients = [(purpose, team.public_key) for purpose in purposes]
    padded = pad(encode_report(world.REPORT))
    return seal(
        1,
        world.REPORT_ID,
        message_id,
        replace(world.TEAM, epoch=epoch),
        recipients=recipients,
        padded=padded,
        urgent=urgent,
        dek=dek,
        committed=committed,
        version=version,
    )
