"""The locale stands in the address, so that a page can be kept by anyone and no cookie is needed."""

from typing import Any

from flask import Flask, current_app, g, request

from youthsafe.errors import NotFoundError
from youthsafe.rooms import rooms


def offered() -> tuple[str, ...]:
    """Return the tags of the locales that the content pack offers, its original language first."""
    return rooms().locales


def default() -> str:
    """Return the tag of the language that everything is written in first."""
    return offered()[0]


def current() -> str:
    """Return the tag of the reader's locale; on an address without one, the default."""
    tag: str = g.get("locale") or default()
    return tag


def wanted() -> str:
    """Return the first offered language that the browser names, whatever country stands behind it (ar-SY is ar)."""
    for named, quality in request.accept_languages:
        for tag in offered():
            if quality > 0 and named.lower().split("-")[0] == tag.lower().split("-")[0]:
                return tag
    return default()


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`, as the content pack says of the language."""
    return rooms().pack.site.locale(tag).direction


def install(app: Flask) -> None:
    """Take `<locale>` out of the view arguments, and put it back into every address that is built."""
    app.url_value_preprocessor(_take)
    app.url_defaults(_give)


def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is None:
        g.locale = _from_path()
    elif "locale" in values:
        g.locale = _offered(values.pop("locale"))


def _offered(tag: str) -> str:
    if tag not in offered():
        raise NotFoundError("There is no page in that language here.")
    return tag


def _from_path() -> str:
    """Find the locale of an address that leads nowhere, so that its error speaks the reader's language."""
    first = request.path.split("/", 2)[1]
    return first if first in offered() else default()


def _give(endpoint: str, values: dict[str, Any]) -> None:
    if "locale" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = current()
