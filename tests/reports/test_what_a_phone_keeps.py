"""What lies in a phone's outbox opens no mailbox and takes nothing back, whoever digs it out."""

import re
from itertools import product

import pytest
from flask.testing import FlaskClient

from tests.sealing import SealedInstance, SealedReport

FIELD = re.compile(rb'"([\w-]{22,43})"')  # a number or a secret as base64url


def _asked(client: FlaskClient, address: str, body: bytes) -> dict[str, object]:
    answer: dict[str, object] = client.post(f"/api/v1/{address}", data=body, content_type="application/json").get_json()
    return answer


def _report(instance: SealedInstance, client: FlaskClient, report: SealedReport) -> object:
    return _asked(client, "mailbox", instance.mailbox_request(report))["report"]


@pytest.fixture
def sent(instance: SealedInstance, client: FlaskClient) -> SealedReport:
    report = instance.report()
    assert "id" in _asked(client, "reports", report.body)
    return report


def test_nothing_in_the_body_of_a_report_reads_its_mailbox_or_takes_it_back(
    instance: SealedInstance, client: FlaskClient, sent: SealedReport
) -> None:
    found = {each for each in FIELD.findall(sent.body) if len(each) in {22, 43}}
    pairs = [(one, other) for one, other in product(found, found) if (len(one), len(other)) == (22, 43)]
    assert pairs
    for box, secret in pairs:
        body = b'{"id":"%b","token":"%b","before":0}' % (box, secret)
        assert _asked(client, "mailbox", body)["report"] is None
        assert _asked(client, "mailbox/withdraw", body)["report"] is None
    assert _report(instance, client, sent) is not None


def test_the_token_itself_which_only_the_code_gives_reads_and_takes_back(
    instance: SealedInstance, client: FlaskClient, sent: SealedReport
) -> None:
    assert _report(instance, client, sent) is not None
    _asked(client, "mailbox/withdraw", instance.mailbox_request(sent))
    assert _report(instance, client, sent) is None
