"""Whom a request is counted for: forwarded headers are believed from as many proxies as the operator named."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthsafe.config import Config
from youthsafe.limits.policies import POLICIES

STRANGER, PUPIL = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def behind(
    config: Config, make_app: Callable[[Config], Flask], monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], FlaskClient]:
    """A client of an instance behind so many proxies, where one network may begin to sign in twice a minute."""
    monkeypatch.setitem(POLICIES, "sign-in", replace(POLICIES["sign-in"], rate="2/minute"))

    def make(proxies: int) -> FlaskClient:
        return make_app(replace(config, trusted_proxies=proxies)).test_client()

    return make


def begin(client: FlaskClient, forwarded: str, peer: str = "127.0.0.1") -> int:
    answer = client.post(
        "/api/v1/staff/sign-in/start",
        json={"name": "nobody"},
        headers={"X-Forwarded-For": forwarded, "Forwarded": f"for={forwarded}", "X-Real-IP": forwarded},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    return answer.status_code


def test_no_header_is_believed_while_no_proxy_is_trusted(behind: Callable[[int], FlaskClient]) -> None:
    client = behind(0)
    assert [begin(client, f"192.0.2.{n}", STRANGER) for n in range(4)] == [200, 200, 429, 429]
    assert begin(client, STRANGER, PUPIL) == 200


def test_what_a_stranger_writes_before_the_proxys_own_word_is_not_believed(
    behind: Callable[[int], FlaskClient],
) -> None:
    client = behind(1)
    assert [begin(client, f"192.0.2.{n}, {STRANGER}") for n in range(4)] == [200, 200, 429, 429]
    assert begin(client, f"{STRANGER}, {PUPIL}") == 200, "the pupil's own network was never counted"


def test_two_proxies_in_a_row_are_looked_through_and_no_further(behind: Callable[[int], FlaskClient]) -> None:
    client = behind(2)
    assert [begin(client, f"192.0.2.{n}, {STRANGER}, 10.0.0.1") for n in range(4)] == [200, 200, 429, 429]
    assert begin(client, f"{STRANGER}, {PUPIL}, 10.0.0.1") == 200


@pytest.mark.parametrize("forwarded", ["", "nonsense", "'; drop table", "203.0.113.9:1234, unknown", ","])
def test_a_broken_header_is_an_unknown_network_and_no_error(
    behind: Callable[[int], FlaskClient], forwarded: str
) -> None:
    assert begin(behind(1), forwarded) == 200


def test_the_whole_64_of_an_ipv6_network_counts_as_one(behind: Callable[[int], FlaskClient]) -> None:
    client = behind(1)
    assert [begin(client, f"2001:db8:1:2::{n:x}") for n in range(1, 5)] == [200, 200, 429, 429]
    assert begin(client, "2001:db8:1:3::1") == 200
