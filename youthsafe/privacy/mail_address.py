"""Addresses of mail: read strictly, because one with a line break in it would write headers of its own."""

import re
from typing import Final

LONGEST: Final = 254  # RFC 5321, 4.5.3.1
_PLAIN = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z")
_ADDRESS = re.compile(rf"(?P<box>{_PLAIN}(?:\.{_PLAIN})*)@(?P<host>{_LABEL}(?:\.{_LABEL})*)\Z")


class MailAddressError(ValueError):
    """Text that is no address of mail; the message never quotes it."""


def parse_address(text: str) -> str:
    """Return an address as it is written: dots, letters, digits and signs of ASCII, no quotes and no comments."""
    found = _ADDRESS.match(text)
    if found is None or len(text) > LONGEST or len(found["box"]) > 64:
        raise MailAddressError("Not an address of mail such as name@council.example.")
    return text


def domain_of(address: str) -> str:
    """Return what stands behind the sign @."""
    return address.rpartition("@")[2]
