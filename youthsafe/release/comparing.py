"""Comparing what a server delivers with what a release would: contents byte by byte, headers name by name."""

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from youthsafe.crypto.bundle import BundleError, parse_bundle
from youthsafe.crypto.encoding import EncodingError, b64, unb64
from youthsafe.crypto.keys import SignatureError, fingerprint, verify_signature
from youthsafe.release.hashes import WORKER
from youthsafe.release.served import ENCODINGS, Answer, Site
from youthsafe.release.skeleton import own_words, strange_tags, tags

BUNDLE: Final = "/api/v1/bundle"
_BUNDLE_LABEL: Final = "youthsafe/v1/bundle"
_ASSETS: Final = "/assets/"
MOST_HAVENS: Final = 5000
# What those who carry an answer may add.
_CARRIED: Final = frozenset(
    {
        "accept-ranges",
        "age",
        "alt-svc",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "keep-alive",
        "last-modified",
        "server",
        "transfer-encoding",
        "vary",
        "via",
    }
)
_BY_CHANCE: Final = random.SystemRandom()
_LINK: Final = re.compile(r' href="(/[^"#?]*)')


class Release(Protocol):
    """What a release delivers, for one content pack; `rendering.py` makes it."""

    @property
    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of every file under /assets/ by its name."""

    def paths(self) -> list[str]:
        """The address of every page, pack and document."""

    def get(self, path: str) -> Answer:
        """What the release answers."""

    def varies(self, path: str) -> bool:
        """Whether an address shows what lies in the instance's database: the Safe Havens."""

    def headers(self, path: str, origin: str) -> list[Mapping[str, str]]:
        """The security headers that an answer may have, by their names in small letters."""


@dataclass
class Findings:
    """How much was looked at, whose keys the site hands out, and what differs, one sentence each."""

    pages: int = 0
    files: int = 0
    root: str = ""
    differs: list[str] = field(default_factory=list)


def compare(
    site: Site, release: Release, root: str | None = None, tell: Callable[[int], None] = lambda _: None
) -> Findings:
    """Look at every address of the release in random order; `tell` hears how many were read so far.

    `root` is the fingerprint that the site's keys must have. Raises SiteError when the server cannot be asked.
    """
    found = Findings()
    paths = [each for each in release.paths() if not release.varies(each)]
    paths += [f"{_BY_CHANCE.choice(paths).rstrip('/')}/{_BY_CHANCE.randrange(10**9)}/" for _ in range(2)]  # errors, too
    rooms = [each for each in release.paths() if release.varies(each)]
    steps: list[Callable[[], None]] = [
        *(lambda path=each: _compare_page(site, release, path, found) for each in paths),
        *(lambda name=each: _compare_file(site, release, name, found) for each in release.hashes),
        lambda: _compare_havens(site, release, rooms, found, tell),
        lambda: _compare_bundle(site, release, root, found),
    ]
    _BY_CHANCE.shuffle(steps)
    for number, step in enumerate(steps):
        step()
        tell(number)
    found.differs.sort()
    return found


def _compare_page(site: Site, release: Release, path: str, found: Findings) -> None:
    found.pages += 1
    wanted, answer = release.get(path), site.get(path)
    if answer.status != wanted.status:
        found.differs.append(f"{path}: is not delivered as in the release (status {answer.status})")
    elif answer.content != wanted.content and not _differs_in_own_words(path, wanted.content, answer.content):
        found.differs.append(f"{path}: is not the release's page")
    found.differs += _other_headers(path, path, answer, release, site.address)


def _differs_in_own_words(path: str, wanted: bytes, content: bytes) -> bool:
    """Whether nothing differs but what people there wrote, where that can neither run nor load anything."""
    try:
        (page, _), (said, words) = own_words(wanted.decode()), own_words(content.decode())
        written = [str(json.loads(f'"{each}"')) for each in words] if path.endswith(".json") else words
    except ValueError:
        return False
    return said == page and not any(strange_tags(each, set(), set()) for each in written)


def _other_headers(path: str, like: str, answer: Answer, release: Release, origin: str) -> list[str]:
    """Tell which headers are not those that the release sends from this address, or from one that is like it."""
    wanted, said = (_own(each, release.headers(path, origin)[0]) for each in (release.get(like), answer))
    other = sorted(name for name in wanted.keys() | said.keys() if wanted.get(name) != said.get(name))
    return [*_other_security(path, answer, release, origin), *(_other(path, name, answer) for name in other)]


def _other_security(path: str, answer: Answer, release: Release, origin: str) -> list[str]:
    sets = release.headers(path, origin)
    names = [each for each in sets[0] if all(answer.headers.get(each) != one[each] for one in sets)]
    return [_other(path, name, answer) for name in names]


def _other(path: str, name: str, answer: Answer) -> str:
    return f"{path}: has another {name} header ({answer.headers.get(name, 'none')})"


def _own(answer: Answer, secure: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in _CARRIED and name not in secure}


def _compare_file(site: Site, release: Release, name: str, found: Findings) -> None:
    for path in [f"{_ASSETS}{name}", *(["/sw.js"] if WORKER.fullmatch(name) else [])]:
        found.files += 1
        for encoding in _BY_CHANCE.sample(ENCODINGS, len(ENCODINGS)):
            answer = site.get(path, encoding)
            if answer.status != 200:
                found.differs.append(f"{path}: is not delivered (status {answer.status})")
                break
            if hashlib.sha256(answer.content).hexdigest() != release.hashes[name]:
                found.differs.append(f"{path}: is not the release's file (asked for as {encoding})")
                break
            found.differs += _other_headers(path, path, answer, release, site.address)


def _compare_havens(
    site: Site, release: Release, rooms: list[str], found: Findings, tell: Callable[[int], None]
) -> None:
    """Read the pages about havens, whose words nobody outside knows: their markup must be the release's."""
    known = {path: set(tags(release.get(path).content.decode())) for path in rooms if path.endswith("/")}
    everywhere = set(release.paths())
    waiting, seen = list(rooms), set(rooms)
    while waiting:
        path = waiting.pop(_BY_CHANCE.randrange(len(waiting)))
        if len(seen) - len(rooms) > MOST_HAVENS:
            found.differs.append(f"{path}: leads to more than {MOST_HAVENS} places, so not all could be read")
            return
        found.pages += 1
        answer = site.get(path)
        if answer.status != 200:
            found.differs.append(f"{path}: is not delivered as in the release (status {answer.status})")
            continue
        found.differs += _other_headers(path, _like(path, rooms), answer, release, site.address)
        for address, text in _pages_in(path, answer.content):
            links = {each for each in _LINK.findall(text) if release.varies(each)}
            markup = known.get(_like(address, rooms), set())
            for tag in strange_tags(text, markup, everywhere | links):
                found.differs.append(f"{path}: has markup that is not the release's: {tag[:200]}")
            new = {each for each in links if _like(each, rooms) in known} - seen
            waiting += sorted(new)
            seen |= new
        tell(found.pages)


def _like(path: str, rooms: Iterable[str]) -> str:
    """Return the page of the release that a page about havens must be like."""
    if path in rooms:
        return path
    return "/".join(path.split("/")[:3]) + "/"


def _pages_in(path: str, content: bytes) -> list[tuple[str, str]]:
    """Give the pages that an answer holds by address: itself, or those of a pack."""
    text = content.decode("utf-8", "replace")
    if not path.endswith(".json"):
        return [(path, text)]
    try:
        pages = json.loads(text)["pages"]
        return [(str(address), str(page)) for address, page in pages.items()]
    except (ValueError, TypeError, KeyError, AttributeError):
        return [(f"/{path.split('/')[1]}/havens/", text + "<!-- no pack")]


def _compare_bundle(site: Site, release: Release, root: str | None, found: Findings) -> None:
    """See that the team's keys are signed, and by whom."""
    answer, closed = site.get(BUNDLE), release.get(BUNDLE)
    if (answer.status, answer.content) == (closed.status, closed.content):  # as where the form is closed or stopped
        found.differs += _other_headers(BUNDLE, BUNDLE, answer, release, site.address)
        return
    try:
        signed = json.loads(answer.content)
        content, signature, key = (unb64(signed[name]) for name in ("bundle", "signature", "root"))
        verify_signature(key, _BUNDLE_LABEL, content, signature)
        parse_bundle(content)
    except (ValueError, TypeError, KeyError, EncodingError, SignatureError, BundleError):
        found.differs.append(f"{BUNDLE}: is no signed list of teams (status {answer.status})")
        return
    found.root = b64(fingerprint(key))
    if root not in {None, found.root}:
        found.differs.append(f"{BUNDLE}: is signed by another root ({found.root})")
    found.differs += _other_security(BUNDLE, answer, release, site.address)
    if answer.headers.get("content-type") != "application/json":
        found.differs.append(_other(BUNDLE, "content-type", answer))
