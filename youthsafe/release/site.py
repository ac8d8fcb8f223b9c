"""Asking one server, and no other: redirects are never followed, and nothing is sent but the path."""

import gzip
import http.client
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli

LARGEST = 16 * 2**20
_SECONDS = 30


class SiteError(Exception):
    """The server cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the status, where a redirect points, the kind of content, and the content as a browser reads it.

    `refreshes` tells whether a `Refresh` header, which no release sends, would lead a browser on.
    """

    status: int
    location: str
    kind: str
    content: bytes
    refreshes: bool


class Site:
    """One server by its address, such as https://youthsafe.example.org; raises SiteError for any other kind."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
            raise SiteError("Give a scheme and a host, for example https://youthsafe.example.org")
        self.address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = make(parts.hostname, parts.port, timeout=_SECONDS)

    def get(self, path: str, encoding: str = "br") -> Answer:
        """Ask for a path in one encoding (`br`, `gzip` or `identity`); raises SiteError."""
        try:
            self._connection.request("GET", path, headers={"Accept-Encoding": encoding, "Accept-Language": "en"})
            answer = self._connection.getresponse()
            raw = answer.read(LARGEST + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SiteError(f"{self.address}{path} cannot be read ({type(error).__name__})") from None
        if len(raw) > LARGEST:
            raise SiteError(f"{self.address}{path} is larger than any file of a release")
        kind = answer.headers.get_content_type()
        location, refreshes = answer.headers.get("Location", ""), "Refresh" in answer.headers
        return Answer(answer.status, location, kind, _decoded(answer, raw), refreshes)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def _decoded(answer: http.client.HTTPResponse, raw: bytes) -> bytes:
    """Undo the encoding; content that does not decode is given as it came, and so differs."""
    try:
        match answer.headers.get("Content-Encoding", "identity").lower():
            case "br":
                return bytes(brotli.decompress(raw))
            case "gzip":
                return gzip.decompress(raw)
            case _:
                return raw
    except (brotli.error, OSError, EOFError, zlib.error):
        return raw
