"""Applies a route's policy before the route runs."""

import logging
import time

from flask import Flask, current_app, request
from limits import parse
from limits.errors import StorageError

from youthsafe import clock
from youthsafe.config import Config
from youthsafe.errors import TooManyRequestsError, UnavailableError
from youthsafe.extensions import limiter
from youthsafe.limits import memory
from youthsafe.limits.networks import DailyKeys, MemoryKeys, RedisKeys, network_hash
from youthsafe.limits.policies import POLICIES, Counts, Policy
from youthsafe.web.doors import current_door

_log = logging.getLogger(__name__)
_KEYS = "youthsafe.network_keys"


def install(app: Flask, config: Config) -> None:
    """Choose the store (memory, or Redis for several processes) and check each request against its policy."""
    app.config["RATELIMIT_STORAGE_URI"] = config.redis_url or f"{memory.SCHEME}://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"wrap_exceptions": True, **_timeouts(config)}
    app.config["RATELIMIT_STRATEGY"] = "sliding-window-counter"
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    limiter.init_app(app)
    limiter.enabled = False  # its own hook has nothing to add: `check` asks the store by each route's named policy
    app.extensions[_KEYS] = _daily_keys(config)
    app.before_request(check)


def check() -> None:
    """Count this request; raises TooManyRequestsError, or UnavailableError for the instance's own ceiling."""
    door = current_door()
    if door is None:
        return
    policy = POLICIES[door.limit]
    item = parse(policy.rate)
    try:
        subject = _subject(policy)
        if limiter.limiter.hit(item, door.limit, subject):
            return
        wait = max(1, round(limiter.limiter.get_window_stats(item, door.limit, subject).reset_time - time.time()))
    except (StorageError, ConnectionError):
        _store_is_down(door.limit, policy)
        return
    if policy.counts is Counts.INSTANCE:
        raise UnavailableError("Too much is arriving at this moment. Nothing was saved.", retry_after=wait)
    raise TooManyRequestsError("Too many tries from this network. Nothing was lost.", retry_after=wait)


def is_spent(name: str, subject: bytes) -> bool:
    """Tell whether a member used up a policy; raises UnavailableError when the counts cannot be reached."""
    try:
        return not limiter.limiter.test(parse(POLICIES[name].rate), name, subject.hex())
    except (StorageError, ConnectionError):
        _store_is_down(name, POLICIES[name])
        return False


def spend(name: str, subject: bytes) -> None:
    """Count one event of a member; raises UnavailableError when the counts cannot be reached."""
    try:
        limiter.limiter.hit(parse(POLICIES[name].rate), name, subject.hex())
    except (StorageError, ConnectionError):
        _store_is_down(name, POLICIES[name])


def _store_is_down(name: str, policy: Policy) -> None:
    _log.error("limit_store_unreachable", extra={"policy": name})
    if not policy.store_down:
        raise UnavailableError("Signing in is not possible at this moment. Please try again soon.", retry_after=30)


def _subject(policy: Policy) -> str:
    if policy.counts is Counts.INSTANCE:
        return "instance"
    keys: DailyKeys = current_app.extensions[_KEYS]
    return network_hash(keys.key(clock.now().date()), request.remote_addr)


def _daily_keys(config: Config) -> DailyKeys:
    if config.redis_url is None:
        return MemoryKeys()
    import redis  # noqa: PLC0415  # only instances with several processes have it

    return RedisKeys(redis.Redis.from_url(config.redis_url, socket_timeout=1, socket_connect_timeout=1))


def _timeouts(config: Config) -> dict[str, int]:
    return {} if config.redis_url is None else {"socket_timeout": 1, "socket_connect_timeout": 1}
