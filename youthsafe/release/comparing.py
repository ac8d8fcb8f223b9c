"""Comparing what a server delivers with a release's hashes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from youthsafe.release.hashes import WORKER
from youthsafe.release.page import ASSETS, read_page
from youthsafe.release.site import Answer, Site

MOST_PAGES = 2000
ENCODINGS = ("identity", "gzip", "br")  # a server may keep a copy of each
_STAFF = "/staff/"
_KINDS = {"text/html"}  # of what links lead to; any other that a browser shows could run code unread


@dataclass
class Findings:
    """How much was looked at, and what differs, one sentence each."""

    pages: int = 0
    files: int = 0
    differs: list[str] = field(default_factory=list)


def compare(site: Site, hashes: Mapping[str, str], tell: Callable[[int], None] = lambda _: None) -> Findings:
    """Look at every page that links lead to from both entrances, and at every bundle in each encoding.

    `tell` hears how many pages were read so far. Raises SiteError when the server cannot be asked.
    """
    found = Findings()
    named = _read_pages(site, found, tell)
    for name in sorted(named - set(hashes)):
        found.differs.append(f"{ASSETS}{name}: named by a page, but not part of the release")
    for name, wanted in sorted(hashes.items()):
        _compare_file(site, ASSETS + name, wanted, found)
        if WORKER.fullmatch(name):
            _compare_file(site, "/sw.js", wanted, found)
    return found


def _read_pages(site: Site, found: Findings, tell: Callable[[int], None]) -> set[str]:
    waiting = [_entrance(site, path, found) for path in ("/", _STAFF)]
    seen: set[str] = set(waiting)
    named: set[str] = set()
    while waiting and found.pages < MOST_PAGES:
        path = waiting.pop()
        answer = site.get(path)
        _judge_answer(site, path, answer, found)
        page = read_page(site.address + path, answer.content.decode("utf-8", "replace"))
        found.pages += 1
        tell(found.pages)
        found.differs += [f"{path}: {each}" for each in page.strange]
        named |= page.assets
        links = page.links | _target(site, path, answer)
        waiting += sorted(links - seen)
        seen |= links
    return named


def _judge_answer(site: Site, path: str, answer: Answer, found: Findings) -> None:
    """Name an answer that is no page of a release; a browser runs what is in it whatever its status says."""
    if answer.refreshes:
        found.differs.append(f"{path}: sends its reader on by a header of its own")
    if _is_redirect(answer):
        if not _target(site, path, answer):
            found.differs.append(f"{path}: leads to another site")
    elif answer.status not in {200, 404}:
        found.differs.append(f"{path}: is not delivered (status {answer.status})")
    elif answer.kind not in _KINDS:
        found.differs.append(f"{path}: is not a page ({answer.kind})")


def _target(site: Site, path: str, answer: Answer) -> set[str]:
    """Return the one path of this site that a redirect leads to; nothing for one elsewhere, or for no redirect."""
    target = urljoin(site.address + path, answer.location)
    return {urlsplit(target).path} if _is_redirect(answer) and target.startswith(f"{site.address}/") else set()


def _entrance(site: Site, path: str, found: Findings) -> str:
    """Return where an entrance leads: itself, or the language of this site that it redirects to."""
    answer = site.get(path)
    if _is_redirect(answer):
        targets = _target(site, path, answer)
        if not targets:
            found.differs.append(f"{path}: leads to another site")
            return path
        path = targets.pop()
    if site.get(path).status != 200:
        found.differs.append(f"{path}: is not delivered")
    return path


def _is_redirect(answer: Answer) -> bool:
    return 300 <= answer.status < 400


def _compare_file(site: Site, path: str, wanted: str, found: Findings) -> None:
    found.files += 1
    for encoding in ENCODINGS:
        answer = site.get(path, encoding)
        if answer.status != 200:
            found.differs.append(f"{path}: is not delivered (status {answer.status})")
            return
        if hashlib.sha256(answer.content).hexdigest() != wanted:
            found.differs.append(f"{path}: is not the release's file (asked for as {encoding})")
            return
