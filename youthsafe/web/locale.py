"""The locale stands in the address, so that a page can be kept by anyone and no cookie is needed."""

from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, g, request

from youthsafe.errors import NotFoundError

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
DEFAULT = "en"


def offered() -> tuple[str, ...]:
    """Return the tags of the locales that the content pack offers, the default first."""
    locales: tuple[str, ...] = current_app.extensions["youthsafe.locales"]
    return locales


def current() -> str:
    """Return the tag of the reader's locale; on an address without one, the default."""
    tag: str = g.get("locale", DEFAULT)
    return tag


def wanted() -> str:
    """Return the first offered language that the browser names, whatever country stands behind it (ar-SY is ar)."""
    for named, quality in request.accept_languages:
        for tag in offered():
            if quality > 0 and named.lower().split("-")[0] == tag.lower().split("-")[0]:
                return tag
    return DEFAULT


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if tag.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def own_name(tag: str) -> str:
    """Return a language's name in that language; the tag where nobody knows it."""
    try:
        return (Locale.parse(tag, sep="-").display_name or tag).capitalize()
    except (UnknownLocaleError, ValueError):
        return tag


def install(app: Flask) -> None:
    """Take `<locale>` out of the view arguments, and put it back into every address that is built."""
    app.url_value_preprocessor(_take)
    app.url_defaults(_give)


def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.locale = _from_path()
    if values is None or "locale" not in values:
        return
    tag = values.pop("locale")
    if tag not in offered():
        raise NotFoundError("There is no page in that language here.")
    g.locale = tag


def _from_path() -> str:
    """Find the locale of an address that leads nowhere, so that its error speaks the reader's language."""
    first = request.path.split("/", 2)[1]
    return first if first in offered() else DEFAULT


def _give(endpoint: str, values: dict[str, Any]) -> None:
    if "locale" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = current()
