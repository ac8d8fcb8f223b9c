"""The worker and what it keeps: every page of a language that its route lets it keep, as two answers.

Pages share a layout, so together they squeeze to a third of what they weigh one by one (docs/offline.md). What belongs
to a pack is not listed anywhere: it is what links lead to from home, as far as their routes allow.
"""

import re
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Final
from urllib.parse import urljoin, urlsplit

from flask import Response, current_app, json, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder, run_wsgi_app

from youthsafe.resources import assets_folder
from youthsafe.rooms import rooms
from youthsafe.routing.caching import REVALIDATED, WorkerRule
from youthsafe.routing.routes import Clearing, declared_routes, route, route_policy
from youthsafe.web import locale
from youthsafe.web.blueprint import localised, unlocalised

_HOUR, _MINUTE = 3600.0, 60.0  # seconds; a page is as old as what it says of services and havens may be
_LINK: Final = re.compile(r'<a [^>]*?href="([^"#?]+)')
_ONE_AT_A_TIME = Lock()  # so that a class that opens the site at once has the pages rendered once


@route(unlocalised, "/sw.js", caching=REVALIDATED, clearing=Clearing.STORAGE)
def worker() -> Response:
    """Give the worker at the root, because it may serve what lies below its own address."""
    assets = rooms().assets
    return Response((assets_folder() / assets.names["sw.js"]).read_bytes(), mimetype="text/javascript")


@route(localised, "/offline/pages.json", caching=REVALIDATED.on_server(_HOUR), worker=WorkerRule.NEVER)
def kept_pages() -> Response:
    """Give the pages that change with a release or a helpline: cards, support, the forms' shells, the layout's own."""
    seeds = [
        url_for("localised.home"),
        url_for("localised.manifest"),
        *(url_for(f"unlocalised.{name}") for name in ("offline", "neutral", "icon")),
    ]
    return _as_part(reachable(seeds, WorkerRule.PACK))


@route(localised, "/offline/places.json", caching=REVALIDATED.on_server(_MINUTE), worker=WorkerRule.NEVER)
def kept_places() -> Response:
    """Give the pages whose copies age by the day."""
    return _as_part(reachable(_entrances(WorkerRule.FRESH), WorkerRule.FRESH))


def reachable(seeds: Iterable[str], wanted: WorkerRule) -> dict[str, Response]:
    """Return the pages of one rule by path, found by following links; whatever cannot be had now is left out."""
    found: dict[str, Response] = {}
    waiting = list(seeds)
    with _ONE_AT_A_TIME:
        while waiting:
            path = waiting.pop()
            if path in found or _rule(path) is not wanted:
                continue
            answer = _ask(path)
            if answer.status_code == 200:
                found[path] = answer
                waiting.extend(_links(path, answer))
    return dict(sorted(found.items()))


def _rule(path: str) -> WorkerRule:
    try:
        endpoint, arguments = current_app.url_map.bind("").match(path)
    except HTTPException:
        return WorkerRule.NEVER
    if arguments.get("locale", locale.current()) != locale.current():
        return WorkerRule.NEVER
    policy = route_policy(current_app, endpoint)
    return WorkerRule.NEVER if policy is None else policy.worker


def _entrances(wanted: WorkerRule) -> list[str]:
    """Return the addresses of one rule that name nothing but the reader's language."""
    routes = declared_routes(current_app)
    ours = [rule.endpoint for rule, policy in routes if policy.worker is wanted and rule.arguments == {"locale"}]
    return [url_for(endpoint) for endpoint in ours]


def _ask(path: str) -> Response:
    """Ask this application as a browser would, so that a page is the same wherever it comes from."""
    with current_app.app_context():  # a context of its own, so that what the page leaves in `g` stays out of the pack's
        body, status, headers = run_wsgi_app(rooms().page_cache, EnvironBuilder(path).get_environ())
        return Response(b"".join(body), status, headers)


def _links(path: str, answer: Response) -> Iterator[str]:
    if answer.mimetype == "text/html":
        for link in _LINK.findall(answer.get_data(as_text=True)):
            address = urlsplit(urljoin(path, link))
            if not address.scheme and not address.netloc:
                yield address.path


def _as_part(answers: dict[str, Response]) -> Response:
    """One JSON object, path -> page, written as browsers write JSON: the worker sums up what it keeps of it.

    Headers are not in it: the worker has its own, so that nobody who changes a pack takes a page's policy away.
    """
    kept = {path: each.get_data(as_text=True) for path, each in answers.items()}
    body = json.dumps({"pages": kept}, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return Response(body, mimetype="application/json")
