"""Vectors of request bodies, which only the server reads: docs/envelope.md section 7. Each is a text with a verdict."""

from tests.vectors import world
from tests.vectors.values import Vectors
from tests.vectors.world import fixed, text

TOKEN = text(fixed("token", 32))
VERIFIER = text(fixed("verifier", 32))
NOTE = text(fixed("note", 112))
ID = text(fixed("mailbox"))
LONG_ID = ID[:-1] + chr(ord(ID[-1]) + 1)  # the same bytes with an unused bit set

NOT_NUMBERS = (
    ("negative", "-1"), ("minus zero", "-0"), ("a float", "1.0"), ("an exponent", "1e3"), ("a text", '"1"'),
    ("true", "true"), ("null", "null"), ("too large", "2147483648"), ("a zero before it", "01"), ("NaN", "NaN"),
)  # fmt: skip


def add_wire(vectors: Vectors) -> None:
    """Bodies in their one form, and every other spelling of them."""
    report = _report(vectors.objects["report"])
    message = _message(vectors.objects["follow-up"])
    request = f'{{"id":"{ID}","token":"{TOKEN}","before":0}}'
    for op, good in (("report-body", report), ("message-body", message), ("mailbox-request", request)):
        _add(vectors, op, good, "")
    _add(vectors, "mailbox-request", request.replace("0}", "2147483647}"), "")
    for op, good in (("report-body", report), ("message-body", message), ("mailbox-request", request)):
        for why, body in _respelled(good):
            _add(vectors, op, body, why)
    for why, number in NOT_NUMBERS:
        _add(vectors, "mailbox-request", request.replace(":0}", f":{number}}}"), f"before is {why}")
    _add(vectors, "report-body", _report(vectors.objects["follow-up"]), "a follow-up in a report's place")
    _add(vectors, "message-body", _message(vectors.objects["report"]), "a report in a follow-up's place")
    _add(vectors, "report-body", _report(vectors.objects["answer"]), "an answer in a report's place")
    short = text(world.untext(vectors.objects["report"])[:-1])
    _add(vectors, "report-body", _report(short), "an envelope a byte short")


def _respelled(good: str) -> list[tuple[str, str]]:
    """The same values, or nearly, in forms that are refused whatever their length."""
    first = good.partition(":")[0] + ":"  # {"envelope": or {"id":
    return [
        ("nothing", ""),
        ("null", "null"),
        ("a list", f"[{good}]"),
        ("a byte short", good[:-1]),
        ("a space at the end", good + " "),
        ("a space after a colon", good.replace(":", ": ", 1)),
        ("an escape in a key", good.replace("d", "\\u0064", 1)),
        ("an escape in a value", good.replace(f'"{ID[0]}', f'"\\u{ord(ID[0]):04x}', 1)),
        ("a key twice", good.replace("{", "{" + first[1:] + '"AA",', 1)),
        ("an unknown key", good[:-1] + ',"more":1}'),
        ("an unused bit set", good.replace(ID, LONG_ID)),
        ("padding in base64", good.replace(ID, ID + "==")),
        ("an id of 15 bytes", good.replace(ID, text(fixed("mailbox", 15)))),
        ("keys in another order", _turned(good)),
        ("a number for an id", good.replace(f'"{ID}"', "1" * 24)),
        ("a byte order mark", "\ufeff" + good),
    ]


def _turned(good: str) -> str:
    for key, value in (("token", TOKEN), ("verifier", VERIFIER)):
        good = good.replace(f'"id":"{ID}","{key}":"{value}"', f'"{key}":"{value}","id":"{ID}"')
    return good


def _report(envelope: str) -> str:
    mailbox = (
        f'{{"id":"{ID}","verifier":"{VERIFIER}","key":"{text(world.MAILBOX_KEY)}","note":"{text(fixed("note", 112))}"}}'
    )
    return f'{{"envelope":"{envelope}","mailbox":{mailbox}}}'


def _message(envelope: str) -> str:
    after = text(fixed("after", 32))
    return f'{{"id":"{ID}","token":"{TOKEN}","after":"{after}","envelope":"{envelope}","note":"{NOTE}"}}'


def _add(vectors: Vectors, op: str, body: str, why: str) -> None:
    """A body as text in which the named objects stand as `<name>`, so that the file stays small."""
    for name in ("report", "follow-up", "answer"):
        body = body.replace(vectors.objects[name], f"<{name}>")
    vectors.wire.append({"name": f"{op}: {why or 'good'} {len(vectors.wire)}", "op": op, "body": body, "why": why})
