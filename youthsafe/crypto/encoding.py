"""The strict text encodings of the protocol: base64url without padding, and JSON that means one thing only."""

import base64
import binascii
import json
import re
import string
from typing import NoReturn

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*\Z")
_LETTERS = (string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_").encode()
# By length modulo 4: two letters too many carry 4 unused bits, three carry 2, and one letter cannot be.
_LAST_LETTERS = (_LETTERS, b"", _LETTERS[::16], _LETTERS[::4])


class EncodingError(ValueError):
    """Bytes or text not exactly in the form docs/envelope.md asks for; every refusal in this room is its kin."""


def b64(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str, length: int | None = None) -> bytes:
    """Read base64url without padding, of `length` bytes if given.

    Raises EncodingError for padding, another alphabet, white space, unused bits that are not zero, or another length.
    """
    if not _ALPHABET.match(text):
        raise EncodingError("not base64url without padding")
    data = decode_letters(text.encode("ascii"))
    if length is not None and len(data) != length:
        raise EncodingError(f"{len(data)} bytes instead of {length}")
    return data


def decode_letters(letters: bytes) -> bytes:
    """Read base64url without padding; raises EncodingError for another alphabet or unused bits that are not zero."""
    if letters and letters[-1] not in _LAST_LETTERS[len(letters) % 4]:
        raise EncodingError("base64url with unused bits set")
    if b"+" in letters or b"/" in letters:  # the two letters that base64 has instead
        raise EncodingError("not base64url without padding")
    standard = letters.replace(b"-", b"+").replace(b"_", b"/")  # a third of the time of `translate`
    try:
        return binascii.a2b_base64(standard + b"=" * (-len(letters) % 4), strict_mode=True)
    except binascii.Error:
        raise EncodingError("not base64url without padding") from None


def parse_json(data: bytes, max_bytes: int) -> object:
    """Read one JSON document of at most `max_bytes` bytes.

    Raises EncodingError for malformed UTF-8 or JSON, a duplicate key, NaN or an infinity, too many bytes or levels.
    """
    if len(data) > max_bytes:
        raise EncodingError(f"more than {max_bytes} bytes")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise EncodingError("not a JSON document that can be accepted") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise EncodingError("duplicate key")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise EncodingError(f"{name} is not JSON")
