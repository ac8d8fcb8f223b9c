"""What a phone needs to install this site as an app: a manifest in the reader's language, and a page that says how."""

from collections.abc import Iterable
from typing import Final

from flask import Response, json, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from youthsafe.rooms import rooms
from youthsafe.routing.caching import DAY, WorkerRule
from youthsafe.routing.routes import Link, Place, route
from youthsafe.web import locale
from youthsafe.web.assets import Assets
from youthsafe.web.blueprint import localised, unlocalised
from youthsafe.web.layout import Layout

SCOPE: Final = "/"
# The same as --accent and --paper in src/styles/tokens.css.
THEME, PAPER = "#0b6b6f", "#fff8ee"
_SHORT_NAME = 12  # more is cut off under an icon
_ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("maskable-512.png", 512, "maskable"))
_PICTURED = "en"
_SCREENS = (("narrow", "720x1480"), ("wide", "1280x720"))


# Every page names it and browsers fetch it each time; what it says of the app may be a day old.
@route(unlocalised, "/manifest.webmanifest", caching=DAY, worker=WorkerRule.PACK)
@route(localised, "/manifest.webmanifest", caching=DAY)
def manifest() -> Response:
    """Describe the app in the language of the address; without one, in the first language of this site."""
    tag = locale.current()
    description = {
        **_names(Layout().site_name),
        "description": _("Help with staying safe, for young people."),
        "id": SCOPE,
        "start_url": url_for("localised.home", locale=tag),
        "scope": SCOPE,
        "display": "standalone",
        "lang": tag,
        "dir": locale.direction(tag),
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": list(_icons()),
        "screenshots": list(_screenshots(tag)),
        "shortcuts": list(_shortcuts()),
    }
    body = json.dumps(description, ensure_ascii=False)
    return Response(body, mimetype="application/manifest+json")


@route(localised, "/app/", links=(Link(Place.FOOTER, 30, lazy_gettext("Without signal, and as an app")),))
def install() -> str:
    """Say how to keep this site on a phone, and how to take it off again."""
    return render_template("web/install.html")


def _names(name: str) -> dict[str, str]:
    return {"name": name, "short_name": name[:_SHORT_NAME].strip()}


def _icons() -> Iterable[dict[str, str]]:
    for name, pixels, purpose in _ICONS:
        yield {"src": _assets().url(name), "sizes": f"{pixels}x{pixels}", "type": "image/png", "purpose": purpose}
    yield {"src": url_for("unlocalised.icon"), "sizes": "any", "type": "image/svg+xml"}


def _screenshots(tag: str) -> Iterable[dict[str, str]]:
    """Home as it looks in the language, or in English where nobody took a picture yet."""
    assets = _assets()
    for form, size in _SCREENS:
        name = f"{form}-{tag}.png" if f"{form}-{tag}.png" in assets.names else f"{form}-{_PICTURED}.png"
        yield {
            "src": assets.url(name),
            "sizes": size,
            "type": "image/png",
            "form_factor": form,
            "label": _("What’s going on?"),
        }


def _shortcuts() -> Iterable[dict[str, object]]:
    icon = {"src": _assets().url("icon-192.png"), "sizes": "192x192", "type": "image/png"}
    for each in Layout().links(Place.SHORTCUTS.value):
        yield {"name": str(each.link.title), "url": each.url, "icons": [icon]}


def _assets() -> Assets:
    return rooms().assets
