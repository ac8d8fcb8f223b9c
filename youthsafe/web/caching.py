"""The one table that decides, for every route, what a browser, the page cache and the worker may keep.

`tests/house/` fails on an endpoint that is not in the table, and on a table row without an endpoint.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Worker(Enum):
    """What the service worker does with a page; src/cache-policy.ts has the same names, and a test compares them."""

    NEVER = "never"  # left to the network
    PACK = "pack"  # the kept copy first, renewed with the offline pack
    FRESH = "fresh"  # the network first, the kept copy without a signal
    OPENED = "opened"  # as FRESH, but kept only once somebody opened it


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """Cache-Control of good answers, seconds in the server's page cache (None: not kept there), worker rule."""

    control: str
    page_seconds: float | None
    worker: Worker


FOREVER: Final = float("inf")

# Content changes with a release: five minutes without asking, then the old copy while a new one is fetched.
PAGE: Final = CachePolicy("public, max-age=300, stale-while-revalidate=86400", FOREVER, Worker.PACK)
# A lesson is large and most readers never want one: it is kept by whoever opened it.
OPENED: Final = CachePolicy(PAGE.control, FOREVER, Worker.OPENED)
# A form that is ready without a signal. Whose key it seals to is asked for anew each time.
SHELL: Final = CachePolicy("public, max-age=300, stale-while-revalidate=86400", FOREVER, Worker.PACK)
# Havens open, close and are withdrawn: a second holds back a crowd, and is too short to mislead anybody.
FRESH: Final = CachePolicy("public, max-age=0, must-revalidate", 1.0, Worker.FRESH)
# The sign of the site changes once in years, and every page asks for it.
SIGN: Final = CachePolicy("public, max-age=604800", FOREVER, Worker.PACK)
# Every page names its manifest and browsers fetch it each time; what it says of the app may be a day old.
MANIFEST: Final = CachePolicy("public, max-age=86400", FOREVER, PAGE.worker)
STAFF_SHELL: Final = CachePolicy("private, no-cache", FOREVER, Worker.NEVER)
# The worker itself, and the packs that it asks for: always asked, rarely sent.
WORKER: Final = CachePolicy("public, no-cache", FOREVER, Worker.NEVER)
BUNDLE: Final = FRESH
NEVER: Final = CachePolicy("no-store", None, Worker.NEVER)

POLICIES: Final[dict[str, CachePolicy]] = {
    "unlocalised.choose_locale": NEVER,
    "unlocalised.healthz": NEVER,
    "unlocalised.offline": SHELL,
    "unlocalised.neutral": SHELL,
    "unlocalised.icon": SIGN,
    "unlocalised.manifest": MANIFEST,
    "unlocalised.worker": WORKER,
    "unlocalised.openapi": CachePolicy(PAGE.control, FOREVER, Worker.NEVER),
    "localised.home": PAGE,
    "localised.about": PAGE,
    "localised.accessibility": PAGE,
    "localised.install": PAGE,
    "localised.manifest": MANIFEST,
    "localised.kept_pages": CachePolicy(WORKER.control, 3600.0, Worker.NEVER),  # as old as the services in it may be
    "localised.kept_places": CachePolicy(WORKER.control, 60.0, Worker.NEVER),
    "cards.topics": PAGE,
    "cards.topic": PAGE,
    "cards.card": PAGE,
    "cards.you_said": PAGE,
    "teach.lessons": OPENED,
    "teach.lesson": OPENED,
    "teach.handout": OPENED,
    "support.services": CachePolicy(PAGE.control, 3600.0, Worker.PACK),  # what was checked grows old by the day
    "support.people": PAGE,
    "havens.haven_list": FRESH,
    "havens.of_kind": FRESH,
    "havens.area": FRESH,
    "havens.poster": CachePolicy(FRESH.control, None, Worker.NEVER),  # shows the address it was asked by
    "havens.haven": FRESH,
    "reports.form": SHELL,
    "reports.practice": OPENED,
    "reports.replies": SHELL,
    "reports_api.bundle": BUNDLE,
    "reports_api.send": NEVER,
    "reports_api.work": NEVER,
    "reports_api.mailbox": NEVER,
    "reports_api.write_back": NEVER,
    "reports_api.withdraw": NEVER,
    "accounts_api.start": NEVER,
    "accounts_api.sign_in": NEVER,
    "accounts_api.sign_out": NEVER,
    "accounts_api.key_ring": NEVER,
    "triage_api.reports": NEVER,
    "triage_api.report": NEVER,
    "triage_api.opened": NEVER,
    "triage_api.acknowledge": NEVER,
    "triage_api.claim": NEVER,
    "triage_api.release": NEVER,
    "triage_api.close": NEVER,
    "triage_api.reopen": NEVER,
    "triage_api.answer": NEVER,
    "triage_api.hold": NEVER,
    "triage_api.lift": NEVER,
    "floods_api.junk": NEVER,
    "floods_api.close": NEVER,
    "floods_api.undo": NEVER,
    "floods_api.raise_work": NEVER,
    "floods_api.lower_work": NEVER,
    "triage.entrance": NEVER,
    "triage.shell": STAFF_SHELL,
    "triage.report_shell": CachePolicy("private, no-cache", None, Worker.NEVER),  # any id would be a page to keep
}


def policy_for(endpoint: str | None) -> CachePolicy:
    """Return a route's policy; whatever is unknown is never kept."""
    return POLICIES.get(endpoint or "", NEVER)
