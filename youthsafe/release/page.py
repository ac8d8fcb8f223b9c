"""What one page asks a browser to run or load."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ASSETS = "/assets/"
_RUNS_OR_LOADS = {"script": "src", "iframe": "src", "frame": "src", "embed": "src", "object": "data", "base": "href"}


@dataclass
class Page:
    """Names of assets, paths of other pages of the same site, and what no page of a release has."""

    assets: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element names; called by the parser."""
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.page.strange.append(f"<{tag}> runs what is written in its own {name}")
            if self._path(value).startswith(ASSETS):
                self.page.assets.add(self._path(value).removeprefix(ASSETS))
        if tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            self.page.strange.append("<meta> sends its reader on")
        if tag in _RUNS_OR_LOADS:
            self._must_be_an_asset(tag, values.get(_RUNS_OR_LOADS[tag]))
        elif tag == "link" and {"stylesheet", "preload", "modulepreload"} & set(values.get("rel", "").lower().split()):
            self._must_be_an_asset(tag, values.get("href"))
        elif tag in {"a", "area"} and (path := self._path(values.get("href", ""))):
            self.page.links.add(path)

    def _must_be_an_asset(self, tag: str, value: str | None) -> None:
        if value is None:
            self.page.strange.append(f"<{tag}> holds code of its own")
        elif not self._path(value).startswith(ASSETS):
            self.page.strange.append(f"<{tag}> loads something that is not an asset of this site")

    def _path(self, value: str) -> str:
        """Return the path of an address of this site; nothing for one elsewhere or none at all."""
        try:
            address, own = urlsplit(urljoin(self.address, value.strip())), urlsplit(self.address)
        except ValueError:
            return ""
        return address.path if (address.scheme, address.netloc) == (own.scheme, own.netloc) else ""


def read_page(address: str, text: str) -> Page:
    """Read a page that was delivered at an address."""
    reader = _Reader(address)
    reader.feed(text)
    reader.close()
    return reader.page
