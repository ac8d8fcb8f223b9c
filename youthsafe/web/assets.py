"""The browser half's files: names with their hash, served compressed and kept for ever."""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from youthsafe.resources import assets_folder
from youthsafe.rooms import rooms

PREFIX = "/assets/"
_LISTS = ("SHA256SUMS", "desk_pages.json", "manifest.json")  # without a hash in their names, so not to be kept for ever


class AssetsError(Exception):
    """The browser half has not been built."""


class Assets:
    """The manifest of built files."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self.integrity = cache(self._integrity)
        self.desk_files = cache(self._desk_files)
        self.desk_texts = cache(self._desk_texts)
        try:
            self.names: dict[str, str] = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
            self.desk_pages: dict[str, list[str]] = json.loads((build / "desk_pages.json").read_text(encoding="utf-8"))
        except OSError:
            raise AssetsError(f"There is no {build / 'manifest.json'}: run `make assets`.") from None

    @property
    def desk_addresses(self) -> list[str]:
        """Return the pages of the desk as their addresses have them, with dashes."""
        return [page.replace("_", "-") for page in self.desk_pages]

    def url(self, name: str) -> str:
        """Return the address of a built file, such as `app.js`; raises KeyError for one that is not built."""
        return PREFIX + self.names[name]

    def _integrity(self, name: str) -> str:
        """Return what a page says of a file, so that a browser runs no other that it was once given under its name."""
        return self._integrity_of(self.names[name])

    def _integrity_of(self, file: str) -> str:
        content = (self._build / file).read_bytes()
        return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"

    def _desk_files(self) -> dict[str, list[tuple[str, str]]]:
        """Return the addresses of the files of each page of the desk, its own last, and what each must be."""
        return {
            page: [(PREFIX + file, self._integrity_of(file)) for file in files]
            for page, files in self.desk_pages.items()
        }

    def _desk_texts(self, locale: str) -> dict[str, tuple[str, str]]:
        """Return the address of each page's own translations into a locale, and what the file must be."""
        named = {page: f"desk_{page}_{locale}.json" for page in self.desk_pages}
        return {page: (self.url(name), self.integrity(name)) for page, name in named.items() if name in self.names}

    def desk_catalogue(self, locale: str) -> str | None:
        """Return the name of the translations that all pages of the desk need; none for English and other locales."""
        name = f"desk_{locale}.json"
        return name if name in self.names else None


def install(app: Flask) -> None:
    """Offer `asset()` to templates and serve the files in front of the application."""
    folder = assets_folder()
    assets = Assets(folder)
    rooms(app).assets = assets
    app.jinja_env.globals["asset"] = assets.url
    app.jinja_env.globals["integrity"] = assets.integrity
    app.jinja_env.globals["desk_files"] = assets.desk_files
    app.jinja_env.globals["desk_texts"] = assets.desk_texts
    app.jinja_env.globals["desk_catalogue"] = assets.desk_catalogue
    files = WhiteNoise(
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, _url: True,
        max_age=None,
        allow_all_origins=False,
    )
    for name in _LISTS:
        files.files.pop(PREFIX + name, None)
    for file in files.files.values():
        file.alternatives = [(encoding, path, _undated(headers)) for encoding, path, headers in file.alternatives]
    app.wsgi_app = files  # type: ignore[method-assign]


def _undated(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the day and the mark of a file. Its name tells what is in it, so no browser asks for a newer one."""
    return [(name, value) for name, value in headers if name not in ("Last-Modified", "ETag")]
