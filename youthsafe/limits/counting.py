"""Applies a route's policy before the route runs, and counts what only a use case can see."""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from flask import Flask, g
from flask_limiter import Limiter
from limits import RateLimitItem, parse
from limits.strategies import RateLimiter

from youthsafe import clock
from youthsafe.config import Config
from youthsafe.errors import TooManyRequestsError, UnavailableError
from youthsafe.limits import memory_storage
from youthsafe.limits.circuit_breaker import Answer, CircuitBreaker, StoreDownError
from youthsafe.limits.known_browsers import known_browser
from youthsafe.limits.networks import DailyKeys, MemoryKeys, RedisKeys, daily_hash, network_of
from youthsafe.limits.policies import POLICIES, Counts
from youthsafe.rooms import rooms
from youthsafe.routing.routes import current_request, current_route_policy

_log = logging.getLogger(__name__)
_INSTANCE = "instance"
WORKED = 3  # reports of this difficulty or more are counted by a policy of their own
_NOT_NOW = "Signing in is not possible at this moment. Please try again soon."


def install(app: Flask, config: Config) -> None:
    """Choose the store (memory, or Redis for several processes) and check each request against its policy."""
    limiter = Limiter(  # one for each application, because a shared one would share its counts
        network,
        storage_uri=config.redis_url or f"{memory_storage.SCHEME}://",
        storage_options=_options(config),
        strategy="sliding-window-counter",
    )
    # Because it is registered before init_app, it adds no hooks: routes name a policy, and `check` counts by it.
    app.extensions["limiter"] = {limiter}
    limiter.init_app(app)
    here = rooms(app)
    here.counts, here.network_keys, here.limit_store_breaker = limiter.limiter, _daily_keys(config), CircuitBreaker()
    app.before_request(check)


def check() -> None:
    """Count this request where its route's policy counts requests; raises TooManyRequestsError."""
    policy = current_route_policy()
    counted_by = None if policy is None else _COUNTED_BY.get(POLICIES[policy.limit].counts)
    if policy is None or counted_by is None:
        return
    wait = _count(policy.limit, counted_by)
    if wait is not None:
        raise TooManyRequestsError("Too many tries from this network. Nothing was lost.", retry_after=wait)


def count_accepted(difficulty: int) -> None:
    """Count a report that is new here; raises UnavailableError above what the instance can take.

    Reports that did much work have room of their own, which no flood of cheap ones takes.
    Called inside the transaction that keeps the report, which is then undone. The same report again does not count,
    so nobody can use up the ceiling with one proof of work.
    """
    policies = ("sending-worked", "sending") if difficulty >= WORKED else ("sending",)
    for name in policies:
        wait = _count(name, lambda: _INSTANCE)
        if wait is None:
            return
    raise UnavailableError("Too much is arriving at this moment. Nothing was saved.", retry_after=wait)


def used(name: str) -> float:
    """Return how much of a policy the whole instance has used up, from 0 to 1; 0 when the counts cannot be reached."""
    rate = _rate(POLICIES[name].rate)
    left = _ask(name, lambda: _counter().get_window_stats(rate, name, _INSTANCE).remaining, rate.amount)
    return 1 - left / rate.amount


def try_take(name: str) -> bool:
    """Count one event of this network if the policy has room for it, and tell whether it had."""
    return _count(name, network) is None


def network() -> str:
    """Return a pseudonym of the network of this request, which changes each day.

    Raises the store's error, StorageError or ConnectionError, when it keeps the key of the day and is gone.
    """
    return _until_tomorrow(network_of(current_request().remote_addr))


def visitor() -> str:
    """Return a pseudonym of the browser where somebody signed in before, or of the network; raises as `network`."""
    return _until_tomorrow(known_browser() or network_of(current_request().remote_addr))


def _until_tomorrow(subject: str) -> str:
    return daily_hash(rooms().network_keys.key(clock.now().date()), subject)


def visitor_for_sign_in() -> str:
    """Return the visitor; raises UnavailableError when the store is gone, because then nobody's guesses are counted."""
    return _ask("sign-in", visitor, "")


def signed_in() -> str:
    """Return the key by which the member is counted whom accounts/authentication.py let in before."""
    return f"member {g.member.id.hex()}"


_COUNTED_BY: Final = {Counts.VISITOR: visitor, Counts.SIGNED_IN: signed_in}


def is_spent(name: str, subject: str) -> bool:
    """Tell whether a subject used up a policy; raises UnavailableError when the counts cannot be reached."""
    return _ask(name, lambda: not _counter().test(_rate(POLICIES[name].rate), name, subject), otherwise=False)


def spend(name: str, subject: str) -> None:
    """Count one event of a subject; raises UnavailableError when the counts cannot be reached."""
    _count(name, lambda: subject)


def _count(name: str, subject: Callable[[], str]) -> int | None:
    """Count one event; returns how many seconds to wait when the policy is used up, else none."""
    rate, counter = _rate(POLICIES[name].rate), _counter()

    def hit() -> int | None:
        key = subject()
        if counter.hit(rate, name, key):
            return None
        return max(1, round(counter.get_window_stats(rate, name, key).reset_time - time.time()))

    return _ask(name, hit, None)


def _ask(name: str, question: Callable[[], Answer], otherwise: Answer) -> Answer:
    """Ask the store about a policy; when it is down, go on without it or refuse, as the policy says."""
    try:
        return rooms().limit_store_breaker.ask(question)
    except StoreDownError:
        _log.error("limit_store_unreachable", extra={"policy": name})
        if not POLICIES[name].store_down:
            raise UnavailableError(_NOT_NOW, retry_after=30) from None
        return otherwise


def _counter() -> RateLimiter:
    return rooms().counts


class _Rate(RateLimitItem):
    """A rate of the table under the library's own keys; the library would put each together from all its parts."""

    __slots__ = ("_key_end", "_seconds")

    def __init__(self, notation: str) -> None:
        rate = parse(notation)
        super().__init__(rate.amount, rate.multiples)
        self._seconds = rate.get_expiry()
        self._key_end = rate.key_for("").removeprefix(f"{rate.namespace}/")

    def get_expiry(self) -> int:
        """Return the seconds of its window."""
        return self._seconds

    def key_for(self, *identifiers: bytes | str | float) -> str:
        """Return where the store keeps a count."""
        name, subject = identifiers
        return f"{self.namespace}/{name!s}/{subject!s}{self._key_end}"


_rate = cache(_Rate)


def _daily_keys(config: Config) -> DailyKeys:
    if config.redis_url is None:
        return MemoryKeys()
    import redis  # noqa: PLC0415  # only instances with several processes have it

    client = redis.Redis.from_url(config.redis_url, socket_timeout=1, socket_connect_timeout=1)
    return RedisKeys(client, redis.RedisError)


def _options(config: Config) -> dict[str, Any]:
    return (
        {} if config.redis_url is None else {"wrap_exceptions": True, "socket_timeout": 1, "socket_connect_timeout": 1}
    )
