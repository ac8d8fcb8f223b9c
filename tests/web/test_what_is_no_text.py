"""Half a surrogate pair and NUL: no database keeps them, so every address refuses them in words, by field."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.accounts.office import Office, made, office
from tests.conftest import forget_counts
from youthsafe.crypto.encoding import b64
from youthsafe.routing.routes import Audience, declared_routes

__all__ = ["made", "office"]
READS_JSON = {Audience.STAFF, Audience.STAFF_ENTRANCE}


def bodies(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    """Every address of the staff's half that takes a body: with a method, and the names of the body's fields."""
    for rule, policy in declared_routes(app):
        body = policy.contract.body if policy.contract else None
        if policy.audience in READS_JSON and isinstance(body, type) and (names := set(body().fields)):
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            yield method, re.sub("<[^>]+>", b64(bytes(16)), rule.rule), names


@pytest.mark.parametrize("unkept", ["\ud800", "council\0", [{"deep": "\udfff"}], {"\ud83d": 1}])
def test_what_no_database_keeps_is_refused_at_every_address_by_field(office: Office, unkept: object) -> None:
    client, asked = office.signed_in("demo-coordinator"), list(bodies(office.app))
    for method, address, names in asked:
        forget_counts(office.app)
        answer = client.open(address, method=method, json=dict.fromkeys(names, unkept))
        assert (answer.status_code, set(answer.json["fields"])) == (400, names), address
    assert len(asked) > 30
