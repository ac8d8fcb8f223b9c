"""What the rooms keep of a running application, between one request and the next: one object, under one key.

Each part is put there by its room when the application is made, and asked for by that room or those above it. This
module stands below all of them and imports none; it only names their types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from flask.sansio.app import App
    from limits.strategies import RateLimiter

    from youthsafe.clock import Clock
    from youthsafe.database.bulkhead import Bulkhead
    from youthsafe.database.following import Followed, Following
    from youthsafe.database.health import Health
    from youthsafe.database.secret_versions import SecretVersions
    from youthsafe.database.sqlite_file import SQLiteFile
    from youthsafe.drills.figures import Figures
    from youthsafe.havens.last_good import LastGood
    from youthsafe.helplines.local import Local
    from youthsafe.instance.controller import WhoRunsIt
    from youthsafe.limits.circuit_breaker import CircuitBreaker
    from youthsafe.limits.networks import DailyKeys
    from youthsafe.limits.services import Minimum
    from youthsafe.mailbox.standing import Ages
    from youthsafe.maps.basemap import Basemap
    from youthsafe.pack.pack import Pack
    from youthsafe.pack.services import Directory
    from youthsafe.retention.shown import KeptFor
    from youthsafe.web.assets import Assets
    from youthsafe.web.headers import Needs
    from youthsafe.web.page_cache import PageCache

_KEY = "youthsafe"


@dataclass
class Rooms:
    """The parts; `locales` are the pack's languages, the original first. What a room has not set yet is missing."""

    clock: Clock
    pack: Pack
    locales: tuple[str, ...]

    server_secret: SecretVersions = field(init=False)
    bulkhead: Bulkhead = field(init=False)
    database_file: SQLiteFile | None = field(init=False)
    health: Health = field(init=False)

    counts: RateLimiter = field(init=False)
    network_keys: DailyKeys = field(init=False)
    limit_store_breaker: CircuitBreaker = field(init=False)
    minimum_work: tuple[float, Minimum | None] | None = None  # when it was read, by the monotonic clock

    following: Following = field(init=False)
    helplines: Followed[dict[str, Local], Directory] = field(init=False)
    controller: Followed[WhoRunsIt, WhoRunsIt] = field(init=False)
    kept_for: Followed[Ages, KeptFor] = field(init=False)
    opening_times: Followed[tuple[int, ...], Figures | None] = field(init=False)

    named_team_keys: set[tuple[bytes, int, bytes]] = field(default_factory=set)

    needs: Needs = field(init=False)
    assets: Assets = field(init=False)
    page_cache: PageCache = field(init=False)

    basemap: Basemap | None = field(init=False)
    listed_havens: LastGood = field(init=False)


def install(app: App, *, clock: Clock, pack: Pack) -> None:
    """Give the application its rooms."""
    app.extensions[_KEY] = Rooms(clock, pack, tuple(each.tag for each in pack.site.locales))


def rooms(app: App | None = None) -> Rooms:
    """Return the rooms of an application, or of the one that runs.

    A report asks twenty times. Through Flask's proxy each would take ten times as long, because it looks for every
    name in itself first, and raises and catches an error where it does not find it.
    """
    here = current_app._get_current_object() if app is None else app  # type: ignore[attr-defined]  # noqa: SLF001
    found: Rooms = here.extensions[_KEY]
    return found
