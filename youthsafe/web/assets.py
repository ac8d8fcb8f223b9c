"""The browser half's files: names with their hash, served compressed and kept for ever."""

import json
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from youthsafe.resources import assets_folder

PREFIX = "/assets/"


class AssetsError(Exception):
    """The browser half has not been built."""


class Assets:
    """The manifest of built files."""

    def __init__(self, build: Path) -> None:
        try:
            self.names: dict[str, str] = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        except OSError:
            raise AssetsError(f"There is no {build / 'manifest.json'}: run `make assets`.") from None

    def url(self, name: str) -> str:
        """Return the address of a built file, such as `app.js`; raises KeyError for one that is not built."""
        return PREFIX + self.names[name]


def install(app: Flask) -> None:
    """Offer `asset()` to templates and serve the files in front of the application."""
    folder = assets_folder()
    assets = Assets(folder)
    app.extensions["youthsafe.assets"] = assets
    app.jinja_env.globals["asset"] = assets.url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, _url: True,
        max_age=None,
        allow_all_origins=False,
    )
