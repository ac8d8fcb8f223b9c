"""Counts in memory: the same answers as the library's own storage gives, and nothing kept that matters no more."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from youthsafe.limits import memory_storage
from youthsafe.limits.memory_storage import SweptMemory

WINDOW = 8  # seconds: a power of two, so that no share of it is rounded
RATE = parse(f"5 per {WINDOW} seconds")
BEGAN = 1_700_000_000.0


class Wall:
    """The clock on the wall, which a test moves."""

    def __init__(self) -> None:
        self.now = BEGAN

    def time(self) -> float:
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(time, "time", wall.time)
    monkeypatch.setattr(memory_storage, "time", wall)
    return wall


def test_it_counts_as_the_librarys_own_storage_does(wall: Wall) -> None:
    ours, theirs = (SlidingWindowCounterRateLimiter(each) for each in (SweptMemory(), MemoryStorage()))
    chance = random.Random(10)
    taken = []
    for _ in range(2_000):
        wall.now += chance.choice((0.0, 0.25, 0.5, 1.0, 3.0, 20.0))
        who = chance.choice("ab")
        assert ours.get_window_stats(RATE, who) == theirs.get_window_stats(RATE, who)
        assert ours.test(RATE, who) == theirs.test(RATE, who)
        taken.append(ours.hit(RATE, who))
        assert taken[-1] == theirs.hit(RATE, who)
    assert {True, False} == set(taken)


def test_of_many_who_come_at_one_moment_no_more_and_no_fewer_get_in_than_there_is_room_for(wall: Wall) -> None:
    limiter, rate = SlidingWindowCounterRateLimiter(SweptMemory()), parse("100 per minute")
    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(lambda _: limiter.hit(rate, "a"), range(400)))
    assert let_in.count(True) == 100


def test_a_count_is_swept_when_it_matters_no_more_and_not_before(wall: Wall) -> None:
    storage = SweptMemory()
    limiter = SlidingWindowCounterRateLimiter(storage)
    for _ in range(RATE.amount):
        limiter.hit(RATE, "a")
    wall.now += WINDOW
    storage.sweep()
    assert not limiter.test(RATE, "a")
    wall.now += WINDOW
    storage.sweep()
    assert not storage.windows


def test_to_ask_leaves_no_trace() -> None:
    storage = SweptMemory()
    limiter = SlidingWindowCounterRateLimiter(storage)
    assert limiter.test(RATE, "a")
    assert limiter.get_window_stats(RATE, "a").remaining == RATE.amount
    assert not storage.windows


def test_a_clock_that_is_set_back_gives_nobody_more_room(wall: Wall) -> None:
    limiter = SlidingWindowCounterRateLimiter(SweptMemory())
    for _ in range(RATE.amount):
        limiter.hit(RATE, "a")
    wall.now -= 10 * WINDOW
    assert not limiter.hit(RATE, "a")


def test_a_count_that_is_forgotten_begins_anew(wall: Wall) -> None:
    limiter = SlidingWindowCounterRateLimiter(SweptMemory())
    for _ in range(RATE.amount):
        limiter.hit(RATE, "a")
    limiter.clear(RATE, "a")
    assert limiter.get_window_stats(RATE, "a").remaining == RATE.amount
