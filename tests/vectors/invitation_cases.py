"""Vectors of invitations and of passkeys' wraps: docs/envelope.md sections 6.3 and 6.6."""

from dataclasses import replace

from tests.changes import number_of
from tests.crypto import reference_invitation as reference
from tests.crypto.reference_keys import seal_wrap
from tests.crypto.reference_primitives import public_key_of
from tests.vectors import world
from tests.vectors.values import Vectors, add, flip, keep, put, raw
from tests.vectors.world import Json, fixed
from youthsafe.crypto.binary_layout import lp
from youthsafe.crypto.invitation import Offer, build_offer
from youthsafe.crypto.roster import Role

SECRET = fixed("invitation")
TOKEN, MAC_KEY = reference.invitation_keys(SECRET)
OFFER = Offer(world.INSTANCE, world.PIN, world.MEMBER, Role.CASEWORKER, "Sám", (world.TEAM.team_id,))
WRITTEN = build_offer(OFFER)
PUBLIC_KEY = public_key_of(world.MEMBER_SEED)
OTHER_KEY = public_key_of(world.OTHER_MEMBER_SEED)
ROLE_AT = 4 + 16 + 32 + 16
PRF, CREDENTIAL, PRF_SALT = fixed("prf", 32), fixed("credential", 32), fixed("prf salt", 32)


def add_invitations(vectors: Vectors) -> None:
    """What a link's secret stands for, the offer, the answer and the words."""
    vectors.name("offer", WRITTEN)
    vectors.accept(
        "derive an invitation's keys",
        "invitation-keys",
        {"secret": raw(SECRET)},
        {"token": raw(TOKEN), "mac_key": raw(MAC_KEY)},
    )
    _add_offers(vectors)
    _add_answers(vectors)
    _add_sealed_secrets(vectors)


def _add_offers(vectors: Vectors) -> None:
    op = "accept-offer"
    base: Json = {"mac_key": raw(MAC_KEY), "member_id": raw(world.MEMBER)}

    def offered(data: bytes) -> Json:
        return {**base, "offer": raw(data), "mac": raw(reference.mac(MAC_KEY, "offer", data))}

    for offer in (OFFER, replace(OFFER, role=Role.PLACES, teams=()), replace(OFFER, role=Role.COORDINATOR)):
        gives: Json = {
            "instance_id": raw(offer.instance_id),
            "fingerprint": raw(offer.fingerprint),
            "member_id": raw(offer.member_id),
            "role": offer.role.name.lower(),
            "name": offer.name,
            "teams": [raw(each) for each in offer.teams],
        }
        vectors.accept(f"accept an offer to a {gives['role']}", op, offered(build_offer(offer)), gives)
    good, of, mac = offered(WRITTEN), vectors.of, reference.mac(MAC_KEY, "offer", WRITTEN)
    elsewhere = replace(OFFER, fingerprint=fixed("pin", 32))
    vectors.refuse_each(op, good, "offer", [
        *((f"a flipped bit in the {field}", of("offer", flip(at))) for field, at in (
            ("instance id", 4), ("fingerprint", 20), ("member id", 52), ("role", ROLE_AT), ("name", ROLE_AT + 3),
            ("team", -1))),
        ("another root than the inviting browser knows", raw(build_offer(elsewhere))),
        ("an offer a byte short", of("offer", keep(-1))),
    ])  # fmt: skip
    vectors.refuse_each(op, good, "mac", [
        ("a flipped bit in the mac", raw(bytes([mac[0] ^ 1]) + mac[1:])),
        ("the mac of an answer", raw(reference.mac(MAC_KEY, "answer", WRITTEN))),
        ("no mac", raw(b"")),
    ])  # fmt: skip
    vectors.refuse_each(op, good, "mac_key", [("the secret of another link", raw(fixed("other invitation", 32)))])
    vectors.refuse_each(op, good, "member_id", [("the offer of another link", raw(world.OTHER_MEMBER))])
    for why, data in (
        ("an unknown role", WRITTEN[:ROLE_AT] + b"\x05" + WRITTEN[ROLE_AT + 1 :]),
        ("an auditor in a team", WRITTEN[:ROLE_AT] + b"\x04" + WRITTEN[ROLE_AT + 1 :]),
        ("no name", WRITTEN[: ROLE_AT + 1] + lp(b"") + WRITTEN[ROLE_AT + 7 :]),
        ("one team twice", WRITTEN[:-17] + b"\x02" + world.TEAM.team_id * 2),
        ("an offer a byte long", WRITTEN + b"\0"),
        ("an offer of version 2", WRITTEN[:3] + b"\x02" + WRITTEN[4:]),
        ("the magic of a roster", b"YSR" + WRITTEN[3:]),
    ):
        vectors.refuse(f"{op}: {why} under a good mac", op, offered(data), why)


def _add_answers(vectors: Vectors) -> None:
    op, of = "check-answer", vectors.of
    answer = reference.mac(MAC_KEY, "answer", WRITTEN + PUBLIC_KEY)
    base: Json = {"mac_key": raw(MAC_KEY), "offer": of("offer"), "public_key": raw(PUBLIC_KEY), "mac": raw(answer)}
    vectors.accept("believe an answer", op, base, {})
    vectors.accept("believe the browser's answer", op, {**base, "mac": of("browser answer mac")}, {})
    vectors.refuse_each(op, base, "public_key", [("a key that was exchanged on the way", raw(OTHER_KEY))])
    vectors.refuse_each(op, base, "mac", [
        ("a flipped bit in the mac", raw(answer[:-1] + bytes([answer[-1] ^ 1]))),
        ("the mac of the offer", raw(reference.mac(MAC_KEY, "offer", WRITTEN))),
        ("the mac of a server that knows the token", raw(reference.mac(TOKEN, "answer", WRITTEN + PUBLIC_KEY))),
        ("no mac", raw(b"")),
    ])  # fmt: skip
    vectors.refuse_each(op, base, "offer", [
        *((f"another {field} than was offered", raw(build_offer(other))) for field, other in (
            ("role", replace(OFFER, role=Role.COORDINATOR)), ("name", replace(OFFER, name="Sam")),
            ("team", replace(OFFER, teams=(world.OTHER_TEAM.team_id,))),
            ("member", replace(OFFER, member_id=world.OTHER_MEMBER)),
            ("root", replace(OFFER, fingerprint=fixed("pin", 32))),
            ("instance", replace(OFFER, instance_id=fixed("other instance"))))),
    ])  # fmt: skip
    said: Json = {"mac_key": raw(MAC_KEY), "offer": of("offer"), "public_key": raw(PUBLIC_KEY)}
    words = reference.check_words(MAC_KEY, WRITTEN, PUBLIC_KEY, world.WORDS)
    vectors.accept("say the check words", "check-words", said, {"words": " ".join(words)})
    others = reference.check_words(MAC_KEY, WRITTEN, OTHER_KEY, world.WORDS)
    vectors.accept(
        "say other words of another key",
        "check-words",
        {**said, "public_key": raw(OTHER_KEY)},
        {"words": " ".join(others)},
    )


def _add_sealed_secrets(vectors: Vectors) -> None:
    op, of, number = "open-invitation", vectors.of, number_of(world.ROOT_KEY)
    vectors.name("sealed invitation", reference.seal_invitation(number, world.INSTANCE, world.MEMBER, SECRET))
    base: Json = {"scalar": raw(number), "instance_id": raw(world.INSTANCE), "member_id": raw(world.MEMBER)}
    for maker in ("sealed invitation", "browser sealed invitation"):
        vectors.accept(f"open the {maker}", op, {**base, "sealed": of(maker)}, {"secret": raw(SECRET)})
    vectors.refuse_each(op, base, "sealed", [
        ("a flipped bit in the nonce", of("sealed invitation", flip(0))),
        ("a flipped bit in the secret", of("sealed invitation", flip(12))),
        ("a flipped bit in the tag", of("sealed invitation", flip(-1))),
        ("a byte short", of("sealed invitation", keep(-1))),
        ("a byte long", of("sealed invitation", add(b"\0"))),
    ])  # fmt: skip
    whole: Json = {**base, "sealed": of("sealed invitation")}
    vectors.refuse_each(op, whole, "scalar", [("another root", raw(number_of(world.OTHER_ROOT_KEY)))])
    vectors.refuse_each(op, whole, "member_id", [("another member's invitation", raw(world.OTHER_MEMBER))])
    vectors.refuse_each(op, whole, "instance_id", [("another instance", raw(fixed("other instance")))])


def add_passkey_wraps(vectors: Vectors) -> None:
    """A member's seed and pin under a passkey."""
    op, of = "open-passkey-wrap", vectors.of
    vectors.name("passkey wrap", reference.seal_passkey_wrap(PRF, world.WRAPPED, world.MEMBER, CREDENTIAL, PRF_SALT))
    base: Json = {"member_id": raw(world.MEMBER), "credential": raw(CREDENTIAL), "prf": raw(PRF)}
    gives: Json = {"seed": raw(world.MEMBER_SEED), "instance_id": raw(world.INSTANCE), "fingerprint": raw(world.PIN)}
    for maker in ("passkey wrap", "browser passkey wrap"):
        vectors.accept(f"open the {maker}", op, {**base, "wrap": of(maker)}, gives)
    spoken = seal_wrap(world.WRAP_KEY, world.WRAPPED, member_id=world.MEMBER, memory=65_536, passes=3, salt=world.SALT)
    vectors.refuse_each(op, base, "wrap", [
        *((f"a flipped bit in the {field}", of("passkey wrap", flip(at))) for field, at in (
            ("member id", 5), ("credential", 21), ("salt", 53), ("nonce", 85), ("sealed seed", 97),
            ("sealed instance id", 129), ("sealed fingerprint", 145), ("tag", -1))),
        ("a wrap under words", raw(spoken)),
        ("a passkey's wrap that says that it is under words", of("passkey wrap", put(4, b"\x01"))),
        ("an unknown kind", of("passkey wrap", put(4, b"\x03"))),
        ("version 2", of("passkey wrap", put(3, b"\x02"))),
        ("a byte short", of("passkey wrap", keep(-1))),
        ("a byte long", of("passkey wrap", add(b"\0"))),
    ])  # fmt: skip
    whole: Json = {**base, "wrap": of("passkey wrap")}
    vectors.refuse_each(op, whole, "prf", [
        ("what another passkey gives", raw(fixed("other prf", 32))), ("sixteen bytes", raw(PRF[:16])),
    ])  # fmt: skip
    vectors.refuse_each(op, whole, "member_id", [("another member", raw(world.OTHER_MEMBER))])
    vectors.refuse_each(op, whole, "credential", [("another passkey", raw(fixed("other credential", 32)))])
    handed: Json = {
        **whole,
        "wrap": of("passkey wrap", put(5, world.OTHER_MEMBER)),
        "member_id": raw(world.OTHER_MEMBER),
    }
    vectors.refuse(f"{op}: a wrap handed to another member", op, handed, "the member is bound to the seal")
