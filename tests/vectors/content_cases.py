"""Vectors of what is inside the seal, of codes and of base64url: docs/envelope.md sections 1, 3 and 4."""

from dataclasses import replace

from tests.crypto.reference_content import LIST_OF, LONGEST, ONE_OF, Report, encode_message, encode_report, pad
from tests.crypto.reference_keys import code_to_numbers, code_to_words, passphrase_to_words, seal_note
from tests.vectors import world
from tests.vectors.sealed_cases import told
from tests.vectors.values import Vectors, add, flip, keep, put, raw
from tests.vectors.world import Json
from youthsafe.crypto.binary_layout import lp, u16
from youthsafe.crypto.keys import key_id, mailbox_verifier

NO_TAGS = (
    *("en-a", "abcd", "en-x", "en-1-2-3", "de-1901-1901", "zh-min", "e", "english", "en-gb-latn", "en-u-nu-latn"),
    "sl-rozaj-biske",
)
TAGS = ("en-gb", "sr-latn", "zh-hant-tw", "es-419", "de-1901", "en-gb-oxendict", "hat")


def add_content(vectors: Vectors) -> None:
    """Contents that read and write the same, and contents that break a rule."""
    good = encode_report(world.REPORT)
    longest = _with((4, "x" * 1500), (6, "🙂" * 150), (9, "é" * 300), (10, "ش" * 300), (13, "é" * 120))
    fullest = replace(_with(*_everything()), locale="en-gb-oxendict")
    vectors.accept("decode a report", "decode-report", {"content": raw(good)}, told(world.REPORT))
    vectors.accept(
        "decode a report of the longest texts", "decode-report", {"content": raw(encode_report(longest))}, told(longest)
    )
    full = encode_report(fullest)
    vectors.accept("decode the fullest report", "decode-report", {"content": raw(full)}, told(fullest))
    vectors.accept("unpad the fullest report", "unpad", {"padded": raw(pad(full))}, {"content": raw(full)})
    vectors.refuse_each("decode-report", {}, "content", [
        ("another kind", raw(b"\x03" + good[1:])),
        ("a byte short", raw(good[:-1])),
        ("a byte long", raw(good + b"\x04")),
        ("nothing", raw(b"")),
        ("fields that descend", _raw((4, "a"), (1, "no"))),
        ("one field twice", _raw((4, "a"), (4, "b"))),
        ("field 0", _raw((0, "a"))),
        ("field 15", _raw((15, "a"))),
        ("an unknown code", _raw((1, "maybe"))),
        ("a code of another field", _raw((8, "today"))),
        ("a code in capitals", _raw((1, "YES"))),
        ("two answers to whether somebody is in danger", _raw((1, "yes no"))),
        ("two answers to when", _raw((7, "now today"))),
        ("two answers to whether it still happens", _raw((8, "yes no"))),
        ("two answers to whether somebody is safe tonight", _raw((12, "yes no"))),
        ("two wishes about their school", _raw((14, "ask listen"))),
        ("a wish that there is not", _raw((14, "yes"))),
        ("an unknown code in a list", _raw((3, "bullying gossip"))),
        ("a code of who does it for who is hurt", _raw((2, "trust"))),
        ("a code of who is hurt for who does it", _raw((11, "me"))),
        ("codes out of order", _raw((3, "online bullying"))),
        ("one code twice", _raw((5, "home home"))),
        ("two spaces between codes", _raw((5, "school  home"))),
        ("a space after the last code", _raw((5, "school "))),
        ("an empty answer", _raw((4, ""))),
        ("1,501 code units of what happened", _raw((4, "x" * 1501))),
        ("301 code units of an area", _raw((6, "x" * 301))),
        ("151 emoji, which are 302 code units", _raw((9, "🙂" * 151))),
        ("121 code units of a school", _raw((13, "x" * 121))),
        ("malformed UTF-8", raw(encode_report(_with()) + b"\x04" + lp(b"\xff"))),
        ("half a surrogate pair in UTF-8", raw(encode_report(_with()) + b"\x04" + lp(b"\xed\xa0\x80"))),
        ("a longer spelling in UTF-8", raw(encode_report(_with()) + b"\x04" + lp(b"\xc0\xaf"))),
        ("a locale in capitals", raw(encode_report(replace(world.REPORT, locale="en-GB")))),
        ("a locale of 36 bytes", raw(encode_report(replace(world.REPORT, locale="en" + "-abcdefg" * 4 + "-a")))),
        ("no locale", raw(encode_report(replace(world.REPORT, locale="")))),
        *((f"the locale {tag}", raw(encode_report(replace(world.REPORT, locale=tag)))) for tag in NO_TAGS),
        ("a mailbox without K_auth", raw(encode_report(replace(world.REPORT, auth=bytes(32))))),
        ("K_auth without a mailbox", raw(encode_report(replace(world.REPORT, mailbox_key_hash=bytes(32))))),
    ])  # fmt: skip
    for tag in TAGS:
        spoken = replace(world.REPORT, locale=tag)
        content = raw(encode_report(spoken))
        vectors.accept(f"decode a report in {tag}", "decode-report", {"content": content}, told(spoken))
    _add_message_content(vectors)
    _add_padding(vectors)


def _add_message_content(vectors: Vectors) -> None:
    good = encode_message(world.MESSAGE)
    gives: Json = {
        "hour": world.MESSAGE.hour,
        "number": 1,
        "seen": 0,
        "serial": 0,
        "locale": "ar",
        "text": world.MESSAGE.text,
    }
    vectors.accept("decode a message", "decode-message", {"content": raw(good)}, gives)
    late = raw(encode_message(replace(world.MESSAGE, hour=2**32 - 1)))
    vectors.accept(
        "decode a message of an hour on no calendar", "decode-message", {"content": late}, {**gives, "hour": 2**32 - 1}
    )
    vectors.refuse_each("decode-message", {}, "content", [
        ("the content of a report", raw(encode_report(world.REPORT))),
        ("a byte short", raw(good[:-1])),
        ("a byte long", raw(good + b"\0")),
        ("an empty text", _raw_message(text="")),
        ("a text of 1,501 code units", _raw_message(text="x" * 1501)),
        ("a locale with an underscore", _raw_message(locale="zh_hans")),
        ("a locale that ends in a single letter", _raw_message(locale="en-a")),
        ("number 0", raw(encode_message(replace(world.MESSAGE, number=0)))),
    ])  # fmt: skip


def _add_padding(vectors: Vectors) -> None:
    vectors.name("padded", pad(b"sealed"))
    of = vectors.of
    vectors.accept("unpad", "unpad", {"padded": of("padded")}, {"content": raw(b"sealed")})
    vectors.accept("unpad nothing", "unpad", {"padded": of("padded", put(0, bytes(8)))}, {"content": raw(b"")})
    vectors.refuse_each("unpad", {}, "padded", [
        ("a padding byte that is not zero", of("padded", flip(8))),
        ("a last byte that is not zero", of("padded", flip(-1, 128))),
        ("a length of 8,191", of("padded", put(0, u16(8191)))),
        ("a byte short", of("padded", keep(8191))),
        ("a byte long", of("padded", add(b"\0"))),
    ])  # fmt: skip


def add_codes(vectors: Vectors) -> None:
    """Receipt codes and passphrases as people type them, the mailbox, the self-note."""
    words = code_to_words(world.CODE, world.WORDS)
    typed = " ".join(words)
    vectors.accept("write a receipt code", "write-code", {"secret": raw(world.CODE)}, {"words": typed})
    more = [("a secret of more than 70 bits", raw((2**70 + int.from_bytes(world.CODE, "big")).to_bytes(9, "big")))]
    vectors.refuse_each("write-code", {}, "secret", more)
    slips = [
        words[0][:4],
        words[1][0] + words[1][2] + words[1][1] + words[1][3:],
        words[2][:5],
        words[3] + "q",
        "x" + words[4][1:],
    ]
    for why, said in (
        ("as shown", typed),
        (
            "in capitals, with hyphens and full stops",
            "  " + ".  ".join(typed.upper().split()).replace(". ", " - ", 2) + ".",
        ),
        (
            "with a dash, a no-break space, an Arabic comma and direction marks",
            "\u200f" + "\u2013".join(words[:2]) + "\u00a0" + "،".join(words[2:]) + "\u200e",
        ),
        (
            "with every kind of white space",
            "\t\n\v\f\r\u2028\u2029".join(words[:3]) + "\u1680\u2009" + "\u205f".join(words[3:]),
        ),
        ("in full-width letters", "".join(chr(ord(char) + 0xFEE0) if char != " " else "\u3000" for char in typed)),
        ("with a slip in five words", " ".join([*slips, *words[5:]])),
        ("with numbers before the words", "\n".join(f"{at}. {word}" for at, word in enumerate(words, 1))),
        ("with numbers in brackets", " ".join(f"({at}) {word}" for at, word in enumerate(words, 1))),
        ("with numbers and brackets close to the words", " ".join(f"{at}){word}" for at, word in enumerate(words, 1))),
    ):
        vectors.accept(f"read a receipt code {why}", "read-code", {"typed": said}, {"secret": raw(world.CODE)})
    other = next(word for word in world.WORDS if word != words[6])
    vectors.refuse_each("read-code", {}, "typed", [
        ("nothing", ""),
        ("six words", " ".join(words[:6])),
        ("eight words", typed + " " + words[0]),
        ("a word in no list", " ".join(["qqqqqq", *words[1:]])),
        ("two slips in a word", " ".join(["qq" + words[0][2:], *words[1:]])),
        ("three letters of a word", " ".join([words[0][:3], *words[1:]])),
        ("a slip that two words are near to", " ".join([ambiguous(), *words[1:]])),
        ("another word: the check fails", " ".join([*words[:6], other])),
        ("two words exchanged: the check fails", " ".join([words[1], words[0], *words[2:]])),
        ("numbers", "1 2 3 4 5 6 7"),
        ("a control character between two words: next line", typed.replace(" ", "\u0085", 1)),
        ("a control character between two words: unit separator", typed.replace(" ", "\u001f", 1)),
    ])  # fmt: skip
    _add_numbers(vectors)
    _add_passphrase(vectors)
    _add_mailbox(vectors)


def _add_numbers(vectors: Vectors) -> None:
    numbers = code_to_numbers(world.CODE)
    typed = " ".join(numbers)
    vectors.accept("write a receipt code in numbers", "write-numbers", {"secret": raw(world.CODE)}, {"numbers": typed})

    def in_digits(zero: int, said: str) -> str:
        return "".join(chr(zero + int(char)) if char.isdecimal() else char for char in said)

    for why, said in (
        ("as shown", typed),
        ("without a space", "".join(numbers)),
        ("with hyphens, commas and direction marks", "\u200f" + "-".join(numbers[:3]) + "، " + ", ".join(numbers[3:])),
        ("with places before the numbers", "\n".join(f"{at}. {number}" for at, number in enumerate(numbers, 1))),
        (
            "in groups of another length",
            " ".join(("".join(numbers)[:9], "".join(numbers)[9:20], "".join(numbers)[20:])),
        ),
        ("in Arabic-Indic digits", in_digits(0x660, typed)),
        ("in Persian digits", in_digits(0x6F0, typed)),
        ("in Tamil digits", in_digits(0xBE6, typed)),
        ("in full-width digits", in_digits(0xFF10, typed)),
    ):
        vectors.accept(f"read a code in numbers {why}", "read-numbers", {"typed": said}, {"secret": raw(world.CODE)})
    other = next(each for each in ("0000", "0001") if each != numbers[6])
    vectors.refuse_each("read-numbers", {}, "typed", [
        ("no number", ""),
        ("six numbers", " ".join(numbers[:6])),
        ("eight numbers", f"{typed} {numbers[0]}"),
        ("27 digits", "".join(numbers)[:27]),
        ("a number that no list has", " ".join(["2048", *numbers[1:]])),
        ("another number: the check fails", " ".join([*numbers[:6], other])),
        ("two numbers exchanged: the check fails", " ".join([numbers[1], numbers[0], *numbers[2:]])),
        ("a letter among the numbers", f"{typed} a"),
        ("fractions", "½" * 28),
    ])  # fmt: skip


def _add_passphrase(vectors: Vectors) -> None:
    words = passphrase_to_words(world.PASSPHRASE, world.WORDS)
    vectors.accept(
        "write a passphrase", "write-passphrase", {"secret": raw(world.PASSPHRASE)}, {"words": " ".join(words)}
    )
    more = (2**66 + int.from_bytes(world.PASSPHRASE, "big")).to_bytes(9, "big")
    vectors.refuse_each("write-passphrase", {}, "secret", [("a secret of more than 66 bits", raw(more))])
    gives: Json = {"secret": raw(world.PASSPHRASE)}
    vectors.accept("read a passphrase", "read-passphrase", {"typed": ", ".join(words).upper()}, gives)
    vectors.refuse_each("read-passphrase", {}, "typed", [
        ("seven words", " ".join([*words, words[0]])), ("a word in no list", " ".join([*words[:5], "qqqqqq"])),
    ])  # fmt: skip


def _add_mailbox(vectors: Vectors) -> None:
    box = world.MAILBOX
    inputs: Json = {"secret": raw(world.CODE), "instance_id": raw(world.INSTANCE)}
    gives: Json = {
        "id": raw(box.id),
        "token": raw(box.token),
        "verifier": raw(mailbox_verifier(box.token)),
        "key_id": raw(key_id(world.MAILBOX_KEY)),
        "auth": raw(box.auth),
        "note_key": raw(box.note_key),
    }
    vectors.accept("derive a mailbox", "derive-mailbox", inputs, gives)
    vectors.name("note", seal_note(box.note_key, world.TEAM.team_id, world.NOTE))
    base: Json = {"note_key": raw(box.note_key), "team_id": raw(world.TEAM.team_id)}
    of = vectors.of
    for maker in ("note", "browser note"):
        note: Json = {
            "report_id": raw(world.REPORT_ID),
            "fingerprint": raw(world.PIN),
            "sent": 3,
            "tip": raw(world.NOTE.tip),
        }
        vectors.accept(f"open the {maker}", "open-note", {**base, "note": of(maker)}, note)
    vectors.refuse_each("open-note", base, "note", [
        ("a flipped bit in the nonce", of("note", flip(0))), ("a flipped bit in the report id", of("note", flip(12))),
        ("a flipped bit in the count", of("note", flip(63))), ("a flipped bit in the tip", of("note", flip(64))),
        ("a flipped bit in the tag", of("note", flip(111))), ("a byte short", of("note", keep(111))),
        ("a byte long", of("note", add(b"\0"))),
    ])  # fmt: skip
    other = [("the note of another mailbox", raw(world.OTHER_MAILBOX.note_key))]
    vectors.refuse_each("open-note", {**base, "note": of("note")}, "note_key", other)
    another = [("another team than the report was sent to", raw(world.OTHER_TEAM.team_id))]
    vectors.refuse_each("open-note", {**base, "note": of("note")}, "team_id", another)


def add_base64(vectors: Vectors) -> None:
    """Base64url that reads, and its look-alikes."""
    for said, data in (("", b""), ("_-8", b"\xff\xef"), ("AAAA", bytes(3)), ("_w", b"\xff")):
        vectors.accept(f"read base64url {said!r}", "read-base64", {"text": said}, {"bytes": raw(data)})
    vectors.refuse_each("read-base64", {}, "text", [
        ("padding", "_w=="), ("unused bits set", "_x"), ("unused bits set in three letters", "_-9"),
        ("the other alphabet", "/w"), ("a line feed at the end", "_w\n"), ("a space", "_ w"),
        ("one letter over", "AAAAA"), ("a letter that is not ASCII", "Aé"),
    ])  # fmt: skip


def _with(*answers: tuple[int, str]) -> Report:
    return replace(world.REPORT, answers=answers)


def _everything() -> list[tuple[int, str]]:
    """Every field with all its codes, its longest one, or its longest text in letters of three bytes."""
    one = {field: max(codes.split(), key=len) for field, codes in ONE_OF.items()}
    texts = {field: "த" * units for field, units in LONGEST.items()}
    return sorted((one | LIST_OF | texts).items())


def _raw(*answers: tuple[int, str]) -> Json:
    return raw(encode_report(_with(*answers)))


def _raw_message(locale: str = "ar", text: str = "Thank you") -> Json:
    return raw(encode_message(replace(world.MESSAGE, locale=locale, text=text)))


def ambiguous() -> str:
    """A word of no list at distance 1 from two words of the list."""
    for word in world.WORDS[1:]:
        shared = [at for at in range(6) if word[at] != world.WORDS[0][at]]
        if len(shared) == 2:
            return world.WORDS[0][: shared[1]] + word[shared[1]] + world.WORDS[0][shared[1] + 1 :]
    raise LookupError("no two words are two slips apart")
