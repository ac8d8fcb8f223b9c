"""Asking one server, and no other: redirects are never followed, and every request looks like a browser's."""

import gzip
import http.client
import random
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import brotli

ENCODINGS = ("identity", "gzip", "br")  # a server may keep a copy of each
_AGENTS = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
)
_BY_CHANCE = random.SystemRandom()
LARGEST = 16 * 2**20
_SECONDS = 30


class SiteError(Exception):
    """The server cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the status, the headers by their names in small letters, and the content as a browser reads it."""

    status: int
    headers: Mapping[str, str]
    content: bytes


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
            self._connection.request("GET", path, headers=_like_a_browser(encoding))
            answer = self._connection.getresponse()
            raw = answer.read(LARGEST + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SiteError(f"{self.address}{path} cannot be read ({type(error).__name__})") from None
        if len(raw) > LARGEST:
            raise SiteError(f"{self.address}{path} is larger than any file of a release")
        headers: dict[str, str] = {}
        for name, value in answer.headers.items():  # a header sent twice counts as one with both values
            headers[name.lower()] = ", ".join(each for each in (headers.get(name.lower()), value) if each is not None)
        return Answer(answer.status, headers, _decoded(answer, raw))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def _like_a_browser(encoding: str) -> dict[str, str]:
    """Return what a phone's or, by chance, a desktop's browser sends, so that who compares is not told by it."""
    return {
        "User-Agent": _BY_CHANCE.choice(_AGENTS),
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-GB,en;q=0.9",
        "Accept-Encoding": encoding,
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "none",
        "Sec-Fetch-User": "?1",
        "Upgrade-Insecure-Requests": "1",
    }


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
