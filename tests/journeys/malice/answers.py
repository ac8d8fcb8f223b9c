"""Attacks on whoever lets somebody in: the server between the invited browser and the page People."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.crypto.reference_invitation import invitation_keys, mac
from tests.crypto.reference_primitives import public_key_of
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.invitation import build_offer, parse_offer
from youthsafe.crypto.roster import Role

NOT_MADE = "The key that came was not made by the person who has your link. Nothing was changed."
OTHER_WORDS = "These are not the words of the browser that answered. Nothing was changed."
INVITED, SERVER = (public_key_of(bytes([number]) * 32) for number in (7, 8))
Row = dict[str, object]


@dataclass(frozen=True)
class Answered:
    """An invitation as the server lists it. `secret`: of its link."""

    row: Row
    secret: bytes

    @property
    def offer(self) -> bytes:
        return unb64(str(self.row["offer"]))

    def answer(self, key: bytes, *, proved: bytes, offer: bytes | None = None, secret: bytes | None = None) -> Row:
        """The answer with a key, and the proof for one, made with a link's secret."""
        _, mac_key = invitation_keys(secret or self.secret)
        proof = mac(mac_key, "answer", (offer or self.offer) + proved)
        offered = {} if offer is None else {"offer": b64(offer)}
        return self.row | offered | {"public_key": b64(key), "proof": b64(proof), "answered": True}

    def genuine(self) -> Row:
        return self.answer(INVITED, proved=INVITED)


@dataclass(frozen=True)
class Lie:
    """`answers`: in words; `says`: what the coordinator reads."""

    answers: str
    says: str
    forge: Callable[[Answered], Row]


def _more_rights(it: Answered) -> Row:
    offer = build_offer(replace(parse_offer(it.offer), role=Role.COORDINATOR))
    return it.answer(INVITED, proved=INVITED, offer=offer)


ANSWERS: dict[str, Lie] = {
    "another key under the invited browser's proof": Lie(
        "the server's own key with the proof for the genuine one",
        NOT_MADE,
        lambda it: it.answer(SERVER, proved=INVITED),
    ),
    "a proof by a secret of the server's own": Lie(
        "the server's own key, proved by a secret that is not the link's",
        NOT_MADE,
        lambda it: it.answer(SERVER, proved=SERVER, secret=bytes(16)),
    ),
    "an answer of whoever read the link": Lie(
        "another key, proved with the link's own secret", OTHER_WORDS, lambda it: it.answer(SERVER, proved=SERVER)
    ),
    "an answer to an offer with more rights": Lie(
        "the invited person's answer to an offer as coordinator, proved with the link's secret",
        OTHER_WORDS,
        _more_rights,
    ),
}
