"""Vectors of case cards and outcome slips: docs/envelope.md sections 6.7 and 6.8."""

from dataclasses import replace

from tests.crypto.reference_card import (
    NAMES,
    Entry,
    Fields,
    Place,
    card_number,
    mac_of,
    seal_entry,
    seal_padded,
    seal_slip,
)
from tests.crypto.reference_content import pad
from tests.crypto.reference_primitives import sha256
from tests.vectors import world
from tests.vectors.values import Vectors, add, copy, flip, keep, put, raw
from tests.vectors.world import Json, fixed, text
from youthsafe.crypto.binary_layout import lp, u8, u32

FIRST = fixed("report envelope", 32)
OTHER_CARD = text(fixed("another report"))
PLACE = Place(world.TEAM.team_id, 1, world.REPORT_ID, world.MEMBER, 1, FIRST)
TRIAGE: Fields = (
    (1, "u2"),
    (2, "knife online"),
    (3, "Waits by the gate; shows a knife 🙁"),
    (4, "Ring the school"),
    (5, "2026-12-04"),
)
STANDING: Fields = (
    *TRIAGE,
    (6, "2026-12-07"),
    (7, text(world.OTHER_MEMBER)),
    (8, "mash MASH 22/14\nschool"),
    (9, OTHER_CARD),
    (10, "referred"),
    (11, "Jordan K.\n@kai.99 🙂\nمحطة لويشام"),
)
EVERYTHING: Fields = (*STANDING, (32, "Rang her.\nمدرسة 🙂"), (33, "1"))
ENTRY = Entry(498_730, "Sám", TRIAGE)
OF_THE_BROWSER = replace(ENTRY, fields=STANDING)
LATER = Entry(498_731, "Ada", EVERYTHING)
SLIP_ID = fixed("slip")
SLIP: Fields = ((1, "u2"), (2, "knife online"), (10, "referred"), (48, "2026-11"), (49, "14"))
SECRET: Json = {
    "team_id": raw(world.TEAM.team_id),
    "seeds": [[epoch, raw(seed)] for epoch, seed in world.TEAM_SECRET.seeds],
}
BASE: Json = {**SECRET, "report_id": raw(world.REPORT_ID)}
PARTS = (
    ("kind of object", 0),
    ("version", 3),
    ("team id", 4),
    ("epoch", 23),
    ("report id", 24),
    ("member id", 40),
    ("number", 59),
    ("previous", 60),
    ("nonce", 92),
    ("sealed content", 104),
    ("sealed padding", 8200),
    ("tag", 8311),
)


def told(fields: Fields) -> Json:
    """Fields by their names."""
    return {NAMES[number]: said for number, said in fields}


def _gives(place: Place, entry: Entry) -> Json:
    return {
        "epoch": place.epoch,
        "member_id": raw(place.member_id),
        "number": place.number,
        "previous": raw(place.previous),
        "hour": entry.hour,
        "name": entry.name,
        "fields": told(entry.fields),
    }


def _kept(vectors: Vectors, name: str, place: Place, entry: Entry = ENTRY, mac: bytes | None = None) -> bytes:
    """Keep an entry under a name, sealed with the key of its epoch."""
    sealed = seal_entry(world.FIRST_SEED if place.epoch == 1 else world.TEAM_SEED, place, entry, mac)
    vectors.name(name, sealed)
    return sealed


def add_cards(vectors: Vectors) -> None:
    """A card of three entries, the last under a newer key; and what is none."""
    first = _kept(vectors, "card entry", PLACE)
    second_place = replace(PLACE, number=2, previous=sha256(first), member_id=world.OTHER_MEMBER)
    second = _kept(vectors, "second card entry", second_place, LATER)
    third = _kept(
        vectors, "third card entry", replace(PLACE, number=3, previous=sha256(second), epoch=2), OF_THE_BROWSER
    )
    for how, name, place, entry in (
        ("a card's first entry", "card entry", PLACE, ENTRY),
        ("an entry with everything", "second card entry", second_place, LATER),
        ("an entry that the browser sealed", "browser card entry", replace(PLACE, epoch=2), OF_THE_BROWSER),
    ):
        asked: Json = {**BASE, "entry": vectors.of(name)}
        vectors.accept(f"open {how}", "open-card-entry", asked, _gives(place, entry))
    _add_refused_entries(vectors)
    _add_chains(vectors, second, third)


def _add_refused_entries(vectors: Vectors) -> None:
    of, seed = vectors.of, world.FIRST_SEED
    other_mac = mac_of(seed, replace(PLACE, member_id=world.OTHER_MEMBER), ENTRY)
    _kept(vectors, "entry of another report", replace(PLACE, report_id=world.OTHER_REPORT_ID))
    _kept(vectors, "entry of another team", replace(PLACE, team_id=world.OTHER_TEAM.team_id))
    _kept(vectors, "entry with another member's mac", PLACE, mac=other_mac)
    _kept(vectors, "entry with another hour's mac", PLACE, mac=mac_of(seed, PLACE, replace(ENTRY, hour=1)))
    _kept(vectors, "entry that signs itself", PLACE, replace(ENTRY, fields=((33, "1"),)))
    _kept(vectors, "entry without a name", PLACE, replace(ENTRY, name=""))
    vectors.name("entry under another epoch's key", seal_entry(world.TEAM_SEED, PLACE, ENTRY))
    content = u32(ENTRY.hour) + mac_of(seed, PLACE, ENTRY) + ENTRY.said[4:]
    vectors.name("entry of another kind", seal_padded(seed, PLACE, pad(b"\x04" + content)))
    vectors.name("entry padded with ones", seal_padded(seed, PLACE, pad(b"\x03" + content)[:-1] + b"\x01"))
    of_another = of("entry of another report", copy("card entry", 24, 40, 24))
    vectors.refuse_each("open-card-entry", BASE, "entry", [
        *((f"a flipped bit in the {part}", of("card entry", flip(at))) for part, at in PARTS),
        ("another kind of object", of("card entry", put(0, b"YSP"))),
        ("epoch 0", of("card entry", put(20, bytes(4)))),
        ("number 0", of("card entry", put(56, bytes(4)))),
        ("an epoch whose key is not here", of("card entry", put(20, u32(3)))),
        ("a byte too few", of("card entry", keep(-1))),
        ("a byte too many", of("card entry", add(b"\x00"))),
        ("another entry's sealed part", of("card entry", copy("second card entry", 92, 8312, 92))),
        ("another entry's head", of("second card entry", copy("card entry", 0, 92, 0))),
        ("another report", of("entry of another report")),
        ("another report's, pasted under this report's id", of_another),
        ("another team", of("entry of another team")),
        ("another team's, pasted under this team's id", of("entry of another team", copy("card entry", 4, 20, 4))),
        ("sealed under another epoch's key", of("entry under another epoch's key")),
        ("another member's, pasted under this member's id", of("second card entry", copy("card entry", 40, 56, 40))),
        ("a mac over another member", of("entry with another member's mac")),
        ("a mac over another hour", of("entry with another hour's mac")),
        ("a signature under itself", of("entry that signs itself")),
        ("no name", of("entry without a name")),
        ("another kind of content", of("entry of another kind")),
        ("padding that is not zero", of("entry padded with ones")),
    ])  # fmt: skip


def _add_chains(vectors: Vectors, second: bytes, third: bytes) -> None:
    of = vectors.of
    one, two, three = of("card entry"), of("second card entry"), of("third card entry")
    _kept(vectors, "entry under an older key than the one before", replace(PLACE, number=4, previous=sha256(third)))
    _kept(vectors, "entry with a number left out", replace(PLACE, number=3, previous=sha256(second)))
    _kept(vectors, "entry after one that is not here", replace(PLACE, number=2, previous=sha256(b"")))
    base: Json = {**BASE, "first": raw(FIRST), "seen": []}
    seen: Json = {**base, "seen": [raw(sha256(third))]}
    vectors.accept("read a card", "read-card", {**seen, "entries": [one, two, three]}, {"length": 3})
    vectors.accept("read a card of nothing", "read-card", {**base, "entries": []}, {"length": 0})
    vectors.refuse_each("read-card", base, "entries", [
        ("the first entry is left out", [two, three]),
        ("an entry between others is left out", [one, three]),
        ("two entries have changed places", [two, one, three]),
        ("an entry comes twice", [one, two, two]),
        ("an entry that does not open", [one, of("second card entry", flip(104)), three]),
        ("an entry names one that is not here", [one, of("entry after one that is not here")]),
        ("a number is left out", [one, of("entry with a number left out")]),
        ("an older key than the one before", [one, two, three, of("entry under an older key than the one before")]),
    ])  # fmt: skip
    vectors.refuse("read-card: the newest entry is left out", "read-card", {**seen, "entries": [one, two]}, "cut off")
    of_another: Json = {**base, "first": raw(fixed("another envelope", 32)), "entries": [one]}
    vectors.refuse("read-card: another report's envelope", "read-card", of_another, "the first names another envelope")


def add_card_fields(vectors: Vectors) -> None:
    """Every rule of a field, kept and broken."""
    for name, fields in (
        ("every field", EVERYTHING),
        ("no field", ()),
        ("a receipt of some words", ((8, "other A b c"),)),
    ):
        vectors.accept(f"read {name} of a card", "read-card-fields", {"fields": raw(_written(*fields))}, told(fields))
    links = sorted(text(fixed(f"link {at}")) for at in range(17))
    broken: list[tuple[str, list[tuple[int, str]]]] = [
        ("fields that do not ascend", [(3, "Waits"), (1, "u2")]),
        ("a field twice", [(1, "u2"), (1, "u2")]),
        ("an unknown field", [(12, "u2")]),
        ("a field of slips alone", [(48, "2026-11")]),
        ("an empty text", [(3, "")]),
        ("an unknown level", [(1, "u5")]),
        ("an unknown category", [(2, "fire")]),
        ("categories in another order", [(2, "online knife")]),
        ("a category twice", [(2, "knife knife")]),
        ("two spaces between categories", [(2, "knife  online")]),
        ("a summary of 121 characters", [(3, "x" * 121)]),
        ("a summary of two lines", [(3, "Waits\nby the gate")]),
        ("a next step without a day", [(4, "Ring")]),
        ("a day without a next step", [(5, "2026-12-04")]),
        ("a day that no calendar has", [(6, "2026-02-30")]),
        ("a day in another form", [(6, "2026-2-03")]),
        ("a day of another century", [(6, "1999-12-31")]),
        ("a hand-over to no id", [(7, "Ada")]),
        ("an unknown recipient", [(8, "mosque 12")]),
        ("a referral without its receipt", [(8, "mash ")]),
        ("a receipt of 61 characters", [(8, "mash " + "1" * 61)]),
        ("nine referrals", [(8, "\n".join(["mash"] * 9))]),
        ("links that do not ascend", [(9, " ".join(reversed(links[:2])))]),
        ("a link twice", [(9, f"{links[0]} {links[0]}")]),
        ("17 links", [(9, " ".join(links))]),
        ("an unknown outcome", [(10, "solved")]),
        ("nine names", [(11, "\n".join(["Jordan"] * 9))]),
        ("a name of 61 characters", [(11, "x" * 61)]),
        ("nothing between two names", [(11, "Jordan\n\nKai")]),
        ("a note of 1,501 characters", [(32, "x" * 1501)]),
        ("a signature under nothing", [(33, "0")]),
        ("a number with a zero before it", [(33, "01")]),
    ]
    cases = [(why, raw(_written(*fields))) for why, fields in broken]
    cut = ("a field that is cut short", raw(_written((1, "u2"))[:-1]))
    malformed = ("malformed UTF-8", raw(u8(32) + lp(b"\xff")))
    vectors.refuse_each("read-card-fields", {}, "fields", [*cases, cut, malformed])


def _written(*fields: tuple[int, str]) -> bytes:
    return b"".join(u8(number) + lp(said.encode()) for number, said in fields)


def add_slips(vectors: Vectors) -> None:
    """Slips of the newest key and of an older one; and what is none."""
    of, month = vectors.of, (48, "2026-11")
    for name, fields in (
        ("slip", SLIP),
        ("slip of no month", SLIP[:3]),
        ("slip with a note", (*SLIP[:3], (32, "Sam"), month)),
        ("slip of a month that is none", ((48, "2026-13"),)),
    ):
        vectors.name(name, seal_slip(world.FIRST_SEED, world.TEAM.team_id, 1, SLIP_ID, fields))
    vectors.name("slip of another team", seal_slip(world.FIRST_SEED, world.OTHER_TEAM.team_id, 1, SLIP_ID, SLIP))
    vectors.name("slip under another key", seal_slip(world.TEAM_SEED, world.TEAM.team_id, 1, SLIP_ID, SLIP))
    gives: Json = {"id": raw(SLIP_ID), "fields": told(SLIP)}
    vectors.accept("open a slip", "open-slip", {**SECRET, "slip": of("slip")}, gives)
    of_browser: Json = {**SECRET, "slip": of("browser slip")}
    vectors.accept("open a slip that the browser sealed", "open-slip", of_browser, {"fields": told(SLIP)})
    places = (("version", 3), ("team id", 4), ("epoch", 23), ("nonce", 24), ("sealed content", 36), ("tag", 563))
    vectors.refuse_each("open-slip", SECRET, "slip", [
        *((f"a flipped bit in the {part}", of("slip", flip(at))) for part, at in places),
        ("another kind of object", of("slip", put(0, b"YSE"))),
        ("epoch 0", of("slip", put(20, bytes(4)))),
        ("an epoch whose key is not here", of("slip", put(20, u32(3)))),
        ("a byte too few", of("slip", keep(-1))),
        ("a byte too many", of("slip", add(b"\x00"))),
        ("another team", of("slip of another team")),
        ("another team's, pasted under this team's id", of("slip of another team", put(4, world.TEAM.team_id))),
        ("sealed under another epoch's key", of("slip under another key")),
        ("no month", of("slip of no month")),
        ("a month that is none", of("slip of a month that is none")),
        ("a field of cards alone", of("slip with a note")),
        ("a card's entry", of("card entry")),
    ])  # fmt: skip


def add_card_numbers(vectors: Vectors) -> None:
    """What people call a report, by the first 256 words."""
    for report_id, letters in ((world.REPORT_ID, 1), (world.OTHER_REPORT_ID, 1), (world.OTHER_REPORT_ID, 3)):
        asked: Json = {"report_id": raw(report_id), "letters": letters}
        name = f"number with {letters} of {report_id.hex()[:4]}"
        vectors.accept(name, "card-number", asked, {"number": card_number(report_id, world.WORDS, letters)})


def browser_asks() -> Json:
    """What the browser is to seal."""
    return {
        "seeds": [{"epoch": epoch, "seed": "b64:" + text(seed)} for epoch, seed in world.TEAM_SECRET.seeds],
        "first": "b64:" + text(FIRST),
        "hour": OF_THE_BROWSER.hour,
        "name": OF_THE_BROWSER.name,
        "fields": told(OF_THE_BROWSER.fields),
        "slip": told(SLIP),
    }
