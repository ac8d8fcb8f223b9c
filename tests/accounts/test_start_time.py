"""How long the first step of a sign-in takes tells nothing of whether somebody has the name."""

import random
from time import perf_counter_ns

from tests.accounts.office import Office
from tests.anonymity.test_mailboxes import chance_of_being_slower
from tests.conftest import forget_counts
from tests.long_runs import LongRun

NAMES = ("demo-caseworker", "demo-castworker")
TELLING = 0.03  # away from one half, which tells nothing; it was 0.09 while every column was read


def test_a_name_that_somebody_has_takes_no_longer(office: Office, long_run: LongRun) -> None:
    client = office.app.test_client()
    samples: dict[str, list[int]] = {name: [] for name in NAMES}
    for number in range(long_run.times(20, soak=3_500)):
        if number % 10 == 0:
            forget_counts(office.app)
        for name in random.sample(NAMES, len(NAMES)):  # in turn by chance, so that a busy moment hits both alike
            started = perf_counter_ns()
            answer = client.post("/api/v1/staff/sign-in/start", json={"name": name})
            samples[name].append(perf_counter_ns() - started)
            assert answer.status_code == 200
    known, unknown = (list(map(float, samples[name])) for name in NAMES)
    chance = chance_of_being_slower(known, unknown)
    long_run.found("first step of a sign-in, known against unknown", samples=len(known), chance_of_being_slower=chance)
    assert not long_run.full or abs(chance - 0.5) < TELLING
