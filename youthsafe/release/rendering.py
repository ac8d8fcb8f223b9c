"""What the release that a command belongs to delivers: an instance of its own, without data, for one content pack."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.database import migrating
from youthsafe.extensions import db
from youthsafe.release.hashes import read_hashes
from youthsafe.release.served import Answer
from youthsafe.resources import assets_folder
from youthsafe.rooms import rooms
from youthsafe.web.headers import needs_at, security_headers

_SECRET: Final = bytes(range(32))  # protects nothing, because this database has no data
_LINK: Final = re.compile(r'<a [^>]*?href="([^"#?]+)')
_BARE: Final = ("/", "/staff/", "/offline", "/leaving", "/icon.svg", "/manifest.webmanifest", "/api/openapi.json")
_OF_A_LOCALE: Final = ("offline/pages.json", "offline/places.json", "manifest.webmanifest")
_HAVENS: Final = re.compile(r"/[A-Za-z-]+/(?:havens/.*|offline/places\.json)")


class Rendered:
    """The release's own answers."""

    def __init__(self, app: Flask, locales: tuple[str, ...], left_out: tuple[str, ...]) -> None:
        self._app = app
        self._locales = locales
        self._desk_pages = [f"{page}/" for page in rooms(app).assets.desk_addresses]
        self._left_out = tuple(f"{room}/{tag}/" for tag in left_out for room in ("", "/staff"))
        self.hashes: Mapping[str, str] = read_hashes(assets_folder() / "SHA256SUMS")
        self.get = cache(self._get)
        self.paths = cache(self._paths)

    def varies(self, path: str) -> bool:
        """Whether an address shows what lies in the instance's database."""
        return _HAVENS.fullmatch(path) is not None

    def headers(self, path: str, origin: str) -> list[Mapping[str, str]]:
        """The security headers of an instance that knows its address, and of one that does not."""
        needs = needs_at(self._app, path)
        return [{name.lower(): value for name, value in security_headers(path, needs, each)} for each in (None, origin)]

    def _get(self, path: str) -> Answer:
        environ = EnvironBuilder(path).get_environ() | {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}
        body, status, headers = run_wsgi_app(self._app, environ, buffered=True)
        lower = {name.lower(): value for name, value in headers}
        return Answer(int(status.split()[0]), lower, b"".join(body))

    def _paths(self) -> list[str]:
        """Everything that links lead to from every entrance, and what no link leads to."""
        seen = {*_BARE, *(f"/{tag}/{path}" for tag in self._locales for path in _OF_A_LOCALE)}
        seen |= {f"/{tag}/" for tag in self._locales} | {
            f"/staff/{tag}/{page}" for tag in self._locales for page in ("", "inbox/", *self._desk_pages)
        }
        waiting = sorted(seen)
        while waiting:
            path = waiting.pop()
            answer = self.get(path)
            if answer.headers.get("content-type", "").startswith("text/html"):
                found = {urljoin(path, each) for each in _LINK.findall(answer.content.decode())}
                links = {
                    urlsplit(each).path for each in found if not urlsplit(each).netloc and not urlsplit(each).scheme
                }
                links = {each for each in links if not each.startswith(self._left_out)}
                waiting += sorted(links - seen)
                seen |= links
        return sorted(seen)


@contextmanager
def rendered(
    content: Path, *, demo: bool, public_url: str | None, languages: tuple[str, ...] = ()
) -> Iterator[Rendered]:
    """Give the release's answers for a content pack, in these languages or all; gone when it ends."""
    with TemporaryDirectory(prefix="youthsafe-release-") as folder:
        url = f"sqlite:///{folder}/youthsafe.db"
        migrating.upgrade(url)
        config = Config(database_url=url, server_secret=_SECRET, demo=demo, content=content, public_url=public_url)
        app = create_app(replace(config, testing=True))  # which leaves the log of this process alone
        app.config["YOUTHSAFE"] = config  # and answers as an instance in use does
        try:
            offered = rooms(app).locales
            wanted = tuple(each for each in offered if not languages or each in languages)
            yield Rendered(app, wanted, tuple(set(offered) - set(wanted)))
        finally:
            with app.app_context():
                db.engine.dispose()
