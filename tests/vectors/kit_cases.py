"""Cases of the recovery kit: its words, its line, and the root under it."""

from tests.changes import number_of
from tests.crypto.reference_kit import LINE, checked, kit_keys, kit_to_words, seal_kit_wrap
from tests.crypto.reference_primitives import public_key_of
from tests.vectors import world
from tests.vectors.values import Vectors, add, flip, keep, put, raw
from tests.vectors.world import Json, fixed, text

KIT, OTHER_KIT = fixed("kit", 32), fixed("other kit", 32)


def add_kits(vectors: Vectors) -> None:
    """What is written on paper and read from there, and what the server keeps."""
    words, line = kit_to_words(KIT, world.WORDS), LINE + text(checked(KIT))
    typed = " ".join(words)
    gives: Json = {"secret": raw(KIT)}
    vectors.accept("write a kit", "write-kit", {"secret": raw(KIT)}, {"words": typed, "line": line})
    vectors.refuse_each("write-kit", {}, "secret", [("a secret of 31 bytes", raw(KIT[:31]))])
    for how, said in (
        ("as shown", typed),
        ("in capitals, with numbers", "\n".join(f"{at}. {word.upper()}" for at, word in enumerate(words, 1))),
        ("from its line, broken by a line feed", f" {line[:20]}\n{line[20:]} "),
    ):
        vectors.accept(f"read a kit {how}", "read-kit", {"typed": said}, gives)
    vectors.refuse_each("read-kit", {}, "typed", [
        ("23 words", " ".join(words[1:])),
        ("25 words", f"{typed} {words[0]}"),
        ("two words that changed places", " ".join([words[1], words[0], *words[2:]])),
        ("a word in no list", " ".join(["qqqqqq", *words[1:]])),
        ("a line that is cut short", line[:-1]),
        ("a line with another check", LINE + text(KIT + bytes([checked(KIT)[-1] ^ 1]))),
    ])  # fmt: skip
    _add_kit_wraps(vectors)


def _add_kit_wraps(vectors: Vectors) -> None:
    keys, number = kit_keys(KIT), number_of(world.ROOT_KEY)
    vectors.name("kit wrap", seal_kit_wrap(keys, world.INSTANCE, number))
    vectors.name("kit wrap of another kit", seal_kit_wrap(kit_keys(OTHER_KIT), world.INSTANCE, number))
    base: Json = {"secret": raw(KIT)}
    gives: Json = {
        "instance_id": raw(world.INSTANCE),
        "scalar": raw(number),
        "recovery_key": raw(public_key_of(keys.seed)),
        "token": raw(keys.token),
    }
    of = vectors.of
    vectors.accept("open a kit wrap", "open-kit", {**base, "wrap": of("kit wrap")}, gives)
    places = (("instance id", 4), ("recovery key id", 20), ("nonce", 36), ("sealed number", 48), ("tag", 95))
    vectors.refuse_each("open-kit", base, "wrap", [
        *((f"a flipped bit in the {field}", of("kit wrap", flip(at))) for field, at in places),
        ("another kit's wrap", of("kit wrap of another kit")),
        ("another kind of object", of("kit wrap", put(0, b"YSK"))),
        ("version 2", of("kit wrap", put(3, b"\x02"))),
        ("a byte too few", of("kit wrap", keep(-1))),
        ("a byte too many", of("kit wrap", add(b"\x00"))),
    ])  # fmt: skip
