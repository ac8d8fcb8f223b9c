"""Wires the rooms together: the only module that knows them all."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, g
from flask.sessions import NullSession, SessionInterface
from flask.typing import ResponseReturnValue
from flask_babel import Locale
from werkzeug.middleware.proxy_fix import ProxyFix

from youthsafe import rooms
from youthsafe.accounts import api as accounts_api
from youthsafe.accounts import authentication
from youthsafe.accounts.joining import api as joining_api
from youthsafe.accounts.own import api as own_api
from youthsafe.accounts.people import api as people_api
from youthsafe.accounts.trail import api as trail_api
from youthsafe.audit.commands import audit
from youthsafe.backups.commands import backup
from youthsafe.cards import views as cards_views
from youthsafe.cards.check import views as check_views
from youthsafe.cards.formats import views as formats_views
from youthsafe.cards.lessons import views as lessons_views
from youthsafe.clock import Clock, system_clock
from youthsafe.config import Config, settings
from youthsafe.console import Commands
from youthsafe.database import engine, following
from youthsafe.database.commands import db, secret
from youthsafe.drills import figures
from youthsafe.extensions import babel
from youthsafe.find import views as find_views
from youthsafe.havens import views as havens_views
from youthsafe.havens.commands import havens
from youthsafe.helplines import services as helplines_services
from youthsafe.instance import controller
from youthsafe.intake import api as intake_api
from youthsafe.jobs.commands import jobs
from youthsafe.limits import counting
from youthsafe.maps.commands import basemap
from youthsafe.notify import api as notify_api
from youthsafe.notify.alerts import api as alerts_api
from youthsafe.notify.devices import api as devices_api
from youthsafe.pack import pack
from youthsafe.pack.commands import content
from youthsafe.places import api as places_api
from youthsafe.places.helplines import api as helplines_api
from youthsafe.privacy import logs
from youthsafe.reports import api as reports_api
from youthsafe.reports import views as reports_views
from youthsafe.resources import translations_folder
from youthsafe.retention import api as retention_api
from youthsafe.retention import shown
from youthsafe.retention.commands import purge
from youthsafe.routing.routes import DeclaredRequest, current_request
from youthsafe.setup import api as setup_api
from youthsafe.setup.commands import setup_link
from youthsafe.support import views as support_views
from youthsafe.triage import api as triage_api
from youthsafe.triage import views as triage_views
from youthsafe.triage.case_cards import api as case_cards_api
from youthsafe.triage.floods import api as floods_api
from youthsafe.web import (
    assets,
    clear_site_data,
    error_pages,
    foreign_workers,
    headers,
    healthz,
    locale,
    manifest,
    offline_pack,
    openapi,
    page_cache,
    request_log,
    same_origin,
    views,
)
from youthsafe.web.blueprint import localised, unlocalised
from youthsafe.web.unindented import Unindented

MAX_BODY_BYTES = 32 * 1024
_MODULES_WITH_ROUTES = (healthz, manifest, offline_pack, openapi, views)

BLUEPRINTS = (
    localised,
    unlocalised,
    cards_views.blueprint,
    check_views.blueprint,
    formats_views.blueprint,
    lessons_views.blueprint,
    support_views.blueprint,
    find_views.blueprint,
    havens_views.blueprint,
    reports_views.blueprint,
    reports_api.blueprint,
    accounts_api.blueprint,
    joining_api.blueprint,
    own_api.blueprint,
    people_api.blueprint,
    trail_api.blueprint,
    triage_api.blueprint,
    floods_api.blueprint,
    case_cards_api.blueprint,
    places_api.blueprint,
    setup_api.blueprint,
    helplines_api.blueprint,
    notify_api.blueprint,
    alerts_api.blueprint,
    devices_api.blueprint,
    intake_api.blueprint,
    retention_api.blueprint,
    triage_views.blueprint,
)
COMMANDS = (audit, backup, basemap, content, db, havens, jobs, purge, secret, setup_link)


class _NoSessions(SessionInterface):
    """Gives every request the one session that nothing can be kept in: who signs in has another (`accounts/`)."""

    _nobody = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """Return it; Flask's own would be made anew for each request."""
        return self._nobody


class _Application(Flask):
    """Flask without sessions, and without looking at every request for what is not there (tests/house/test_hooks.py).

    No hook is asynchronous, and all of them are the application's: no blueprint has its own. None is for the end of a
    request; at that of its application context the database is let go of.
    """

    request_class = DeclaredRequest
    session_interface = _NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func

    def preprocess_request(self) -> ResponseReturnValue | None:
        """Run the hooks before a view."""
        asked = current_request()
        for take in self.url_value_preprocessors[None]:
            take(asked.endpoint, asked.view_args)
        for check in self.before_request_funcs[None]:
            answer: ResponseReturnValue | None = self.ensure_sync(check)()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """Run the hooks after a view, the last one first."""
        for change in reversed(self.after_request_funcs[None]):
            response = change(response)
        return response

    def do_teardown_request(self, exc: object = None) -> None:
        """Do nothing."""


def create_app(config: Config | None = None, *, clock: Clock = system_clock) -> Flask:
    """Return the application; raises ConfigError when a setting is missing or weak.

    Without a `config` the environment is read. A database that cannot be reached does not stop the start:
    reading goes on, and /healthz tells.
    """
    config = config or Config.from_environment()
    app = _Application("youthsafe", static_folder=None)
    app.config["YOUTHSAFE"] = config
    app.config["TESTING"] = config.testing
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    if not config.testing:
        logs.install()
    rooms.install(app, clock=clock, pack=pack.load(config.content))
    engine.install(app, config)
    following.install(app)
    helplines_services.install(app)
    controller.install(app)
    shown.install(app, config)
    figures.install(app)
    _install_frame(app, config)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli = Commands("youthsafe")
    for command in COMMANDS:
        app.cli.add_command(command)
    _wrap(app, config)
    return app


def _install_frame(app: Flask, config: Config) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Unindented)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_folder())
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/London"
    babel.init_app(app, locale_selector=_babel_locale)
    app.context_processor(_template_globals)
    locale.install(app)
    request_log.install(app)
    error_pages.install(app)
    same_origin.install(app)  # first, so that requests of other sites are not counted
    authentication.install(app)  # second, so that strangers use up no limit of members
    counting.install(app, config)


def _babel_locale() -> Locale:
    """Read the address's tag as Babel does; plain English is British here, dates and all."""
    tag = locale.current()
    return Locale.parse("en_GB" if tag == "en" else tag, sep="_" if tag == "en" else "-")


def _template_globals() -> dict[str, Any]:
    tag = locale.current()
    return {"config": settings(), "locale": tag, "direction": locale.direction(tag), "g": g}


def _wrap(app: Flask, config: Config) -> None:
    """Put the middleware on, innermost first; the security headers go around everything."""
    page_cache.install(app)
    assets.install(app)
    foreign_workers.install(app)
    clear_site_data.install(app, config)
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    headers.install(app, config.public_url)
