"""Ids in the addresses of routes."""

from youthsafe.crypto.encoding import EncodingError, unb64
from youthsafe.crypto.keys import ID_LENGTH
from youthsafe.errors import NotFoundError


def id_of(text: str) -> bytes:
    """Return the 16 bytes that an address names; raises NotFoundError for what is no id."""
    try:
        return unb64(text, ID_LENGTH)
    except EncodingError:
        raise NotFoundError from None
