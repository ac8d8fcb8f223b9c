"""What a pupil brings along that nobody may keep, and the ways in which software might write it down."""

import base64
import hashlib
from ipaddress import ip_address, ip_network
from urllib.parse import quote

from tests.journeys.searching import spellings

OWN_ADDRESS = "127.211.93.167"  # of the connection itself
FORWARDED = "2001:db8:7a31:c9e5:4b86:d2f7:91ac:3e58"  # of the pupil behind a trusted proxy
WORDS = {
    "agent": "CanaryBrowser/87.65 Xylocarp",
    "referrer": "https://canary-referrer-ploverwick.example/from",
    "language": "zz-Quibblet",
    "cookie": "canary-biscuit=frobnicatable",
    "path": "narrowgate-plimsolvania",
    "question": "zyxwvutsholm-vandermoor",
    "tag": '"canary-etag-wobbledown"',
    "story": "quibbletrox happened behind glimmerthwaite",
    "error": "marvelquist-thundernape",
}


def forms(name: str) -> set[bytes]:
    """Every spelling of one canary: `address`, `forwarded`, or a name of WORDS."""
    if name in WORDS:
        return _of_text(WORDS[name]) | _of_text(WORDS[name][::-1])
    address = OWN_ADDRESS if name == "address" else FORWARDED
    packed = ip_address(address).packed
    texts = {address, address[::-1], ip_address(address).exploded}
    found = {packed, packed[::-1], packed.hex().encode(), base64.b64encode(packed).rstrip(b"=")}
    if name == "forwarded":
        network = ip_network((address, 64), strict=False)
        texts |= {str(network), str(network.network_address)}
        found.add(packed[:8])
    for text in texts:
        found |= _of_text(text) | _hashes(text)
    return found


NAMES = ("address", "forwarded", *WORDS)


def found_in(data: bytes) -> list[str]:
    """The names of the canaries that are in some bytes, in any spelling."""
    lower = data.lower()
    return [name for name, each in _FORMS.items() if any(form in data or form.lower() in lower for form in each)]


def _of_text(text: str) -> set[bytes]:
    return spellings(text) | _hashes(text) | {quote(text, safe="").encode()}


def _hashes(text: str) -> set[bytes]:
    """An unkeyed hash of an address is the address: there are few enough to try them all."""
    found = set()
    for kind in (hashlib.sha256, hashlib.sha1, hashlib.md5):
        digest = kind(text.encode()).digest()
        found |= {digest, digest.hex().encode(), base64.urlsafe_b64encode(digest).rstrip(b"=")}
    return found


_FORMS = {name: frozenset(forms(name)) for name in NAMES}
