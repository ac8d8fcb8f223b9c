"""A store of counts that does not answer is left alone for a while, so that it holds up nobody twice."""

import signal
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests import servers
from tests.accounts.office import furnish
from tests.conftest import SettableClock
from tests.triage.sealed import Sealed
from youthsafe.config import Config
from youthsafe.demo.ceremony import Ceremony
from youthsafe.limits.circuit_breaker import PAUSE_SECONDS, CircuitBreaker, StoreDownError


def test_a_store_that_did_not_answer_is_asked_again_after_a_pause_and_not_before() -> None:
    now, asked = [100.0], []

    def ask() -> str:
        asked.append(now[0])
        if now[0] == 100.0:
            raise ConnectionError
        return "counted"

    breaker = CircuitBreaker(lambda: now[0])
    for now[0] in (100.0, 100.0, 100.0 + PAUSE_SECONDS - 0.1):
        with pytest.raises(StoreDownError):
            breaker.ask(ask)
    assert asked == [100.0]
    now[0] = 100.0 + PAUSE_SECONDS
    assert breaker.ask(ask) == "counted"
    now[0] += 0.1
    assert breaker.ask(ask) == "counted"


def test_a_frozen_redis_keeps_no_report_out(
    config: Config, make_app: Callable[[Config], Flask], clock: SettableClock, made: Ceremony
) -> None:
    with servers.redis() as (url, process):
        office = furnish(make_app(replace(config, redis_url=url)), clock, made)
        process.send_signal(signal.SIGSTOP)
        try:
            for _ in range(45):  # more than a network sends without work, while it is counted
                Sealed(office).send()
            assert office.ask(office.app.test_client(), "demo-caseworker").status_code == 503
        finally:
            process.send_signal(signal.SIGCONT)
