"""How long a refused sign-in takes tells nothing of whether somebody has the name, whatever second factor is tried.

Nor does it tell what the account has: an app, recovery codes, a passkey, or a code that a colleague says.
"""

import random
from time import perf_counter_ns

import pytest

from tests.accounts.authenticator import Authenticator
from tests.accounts.office import Office
from tests.accounts.test_lost_second_factor import reset
from tests.accounts.test_own_account import codes, with_passkey
from tests.anonymity.test_mailboxes import chance_of_being_slower
from tests.conftest import forget_counts
from tests.long_runs import LongRun
from youthsafe.crypto.encoding import b64

NAMES = ("demo-caseworker", "demo-castworker")
TELLING = 0.05  # away from one half, which tells nothing
SPOKEN = {"code": "ABCDEFGHJK"}


def as_it_came(_office: Office) -> None:
    """The account has an app and nothing else."""


def with_ten_codes(office: Office) -> None:
    codes(office.signed_in(NAMES[0]))


def with_a_passkey_too(office: Office) -> None:
    with_passkey(office, office.signed_in(NAMES[0]))


def with_a_colleagues_code_only(office: Office) -> None:
    reset(office, office.signed_in("demo-coordinator"), NAMES[0])


FACTORS = {
    "a code of an app": ({"code": "123456"}, as_it_came),
    "a code of an app where there is none": ({"code": "123456"}, with_a_colleagues_code_only),
    "a recovery code": (SPOKEN, with_ten_codes),
    "a colleague's code": (SPOKEN, with_a_colleagues_code_only),
    "a passkey": ({"passkey": Authenticator().signed(b64(bytes(56)))}, with_a_passkey_too),
}


@pytest.mark.parametrize("factor", FACTORS)
def test_a_refusal_for_a_name_that_somebody_has_takes_no_longer(office: Office, long_run: LongRun, factor: str) -> None:
    tried, prepare = FACTORS[factor]
    prepare(office)
    client = office.app.test_client()
    samples: dict[str, list[int]] = {name: [] for name in NAMES}
    body = {"proof": b64(bytes(32))} | tried
    for _ in range(long_run.times(12, soak=1_600)):
        forget_counts(office.app)
        office.clock.move(minutes=6)  # longer than any name waits
        for name in random.sample(NAMES, len(NAMES)):  # in turn by chance, so that a busy moment hits both alike
            started = perf_counter_ns()
            answer = client.post("/api/v1/staff/sign-in", json={"name": name, **body})
            samples[name].append(perf_counter_ns() - started)
            assert answer.status_code == 401
    known, unknown = (list(map(float, samples[name])) for name in NAMES)
    chance = chance_of_being_slower(known, unknown)
    long_run.found(f"refused sign-in by {factor}", samples=len(known), chance_of_being_slower=chance)
    assert not long_run.full or abs(chance - 0.5) < TELLING
