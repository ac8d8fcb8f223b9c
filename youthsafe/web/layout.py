"""What the layout shows around every page. It reads the content pack and the address, never the database."""

from dataclasses import dataclass

from flask import current_app, request, url_for

from youthsafe.config import settings
from youthsafe.pack.pack import Pack
from youthsafe.pack.site import Locale
from youthsafe.rooms import rooms
from youthsafe.routing.routes import Link, declared_routes
from youthsafe.web import locale
from youthsafe.web.blueprint import unlocalised


@dataclass(frozen=True, slots=True)
class Language:
    """One entry of the language chooser: its tag, its name in itself, and this page's address in it."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


def content_pack() -> Pack:
    """Return the content pack this instance shows."""
    return rooms().pack


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link with the address that it leads to, and whether the reader is there now: "page", or "location" below it."""

    link: Link
    url: str
    current: str = ""


class Layout:
    """The values of `layout` in templates, worked out for the request being served."""

    @property
    def locale(self) -> str:
        """The tag of the page's language."""
        return locale.current()

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return locale.direction(self.locale)

    @property
    def site_name(self) -> str:
        """The name of this site in the page's language."""
        return content_pack().site.brand.in_locale(self.locale).text

    @property
    def exit_url(self) -> str:
        """The address that Leave now goes to."""
        return content_pack().site.exit_address

    @property
    def neutral_url(self) -> str:
        """The page of ours that an installed app shows while it leaves."""
        return url_for("unlocalised.neutral")

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration, which every screen says."""
        return settings().demo

    @property
    def machine_translated(self) -> bool:
        """Whether the words around the page were translated by a computer and not yet checked by a person."""
        return not content_pack().site.locale(self.locale).checked

    @property
    def original(self) -> Locale:
        """The language that everything is written in first, and falls back to."""
        return content_pack().site.original

    @property
    def root(self) -> str:
        """Where the application is mounted, without a slash at its end."""
        return request.script_root

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of this site, each with this page's address in it."""
        return tuple(
            Language(each.tag, each.name, each.direction, _same_page(each.tag), each.tag == self.locale)
            for each in content_pack().site.locales
        )

    def links(self, place: str) -> list["PlacedLink"]:
        """Return what routes offer in one place of the layout, each with its address in the page's language."""
        routes = declared_routes(current_app)
        found = [(link, rule.endpoint) for rule, policy in routes for link in policy.links if link.place.value == place]
        shown = [(link, endpoint) for link, endpoint in found if link.shown is None or link.shown()]
        ordered = sorted(shown, key=lambda each: each[0].order)
        return [PlacedLink(link, url := url_for(endpoint), _current(url)) for link, endpoint in ordered]

    def to(self, path: str) -> str:
        """Return the address of a public page in the page's language: `to('cards/')` is `/en/cards/`."""
        return f"{request.script_root}/{self.locale}/{path}"


def _current(url: str) -> str:
    here = f"{request.script_root}{request.path}"
    return "page" if here == url else "location" if here.startswith(url) else ""


def _same_page(tag: str) -> str:
    endpoint = request.endpoint
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "locale"):
        return f"{request.script_root}/{tag}/"
    return url_for(endpoint, **{**(request.view_args or {}), "locale": tag})


@unlocalised.app_context_processor
def _offer() -> dict[str, Layout]:
    """Give `layout` to every template, error pages included."""
    return {"layout": Layout()}
