"""Every public page that can be reached from home by links, found without a browser."""

import re
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from tests.journeys.conftest import Demo
from tests.packs import packaged

TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a (?![^>]*\bdownload=)[^>]*href="([^"#]+)')  # a file to download is no page
LOCALES = {locale.tag: locale.direction for locale in packaged().site.locales}
BOTH_WAYS = ("en", "ar")  # one language of each direction, where its words do not matter
ROOMS = ("cards", "havens", "teach", "other")
EACH_ITS_OWN = ("check",)  # rooms of pages of which no two share a template


def public_paths(demo: Demo, locale: str) -> list[str]:
    """The pages of one locale, each once; raises AssertionError for a link that leads nowhere."""
    found: set[str] = set()
    waiting = {f"/{locale}/"}
    while waiting:
        path = waiting.pop()
        found.add(path)
        status, page = demo.request("GET", path)
        assert status == 200, f"{path} answers {status}"
        links = {urlsplit(urljoin(path, link)) for link in LINK.findall(page.decode())}
        waiting |= {link.path for link in links if not link.netloc and link.path.startswith(f"/{locale}/")} - found
    return sorted(found)


def room_of(path: str) -> str:
    """Which of ROOMS a page belongs to."""
    first = path.split("/")[2]
    return first if first in ROOMS else "other"


def kind(path: str) -> str:
    """The same for pages of one template: `/en/cards/bullying/tell-an-adult/` is `cards/…/…`."""
    first, *rest = [*path.strip("/").split("/")[1:], ""]
    if first in EACH_ITS_OWN and rest:
        return "/".join([first, rest[0], *("…" for part in rest[1:] if part)])
    return "/".join([first, *("…" for part in rest if part)])


def wordiest(demo: Demo, paths: list[str], count: int) -> list[str]:
    """The pages whose longest words are longest, which are the likeliest to run over an edge."""

    def longest_word(path: str) -> int:
        return max(map(len, TAG.sub(" ", demo.request("GET", path)[1].decode()).split()))

    return sorted(paths, key=longest_word)[-count:]


def one_of_each_kind(paths: list[str]) -> list[str]:
    """One page for every template."""
    return [next(group) for _, group in groupby(sorted(paths, key=kind), key=kind)]
