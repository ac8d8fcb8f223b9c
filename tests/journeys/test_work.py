"""A pupil whose network sends much: the browser does the work that the server asks for, and the report arrives."""

from contextlib import closing

import pytest

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.report_form import ReportForm
from tests.limits.crowd import Server

pytestmark = pytest.mark.journey


def _flood(demo: Demo) -> None:
    """Send from this machine's address, which is the pupil's too, until the server asks for work of step 2."""
    with closing(Server(demo.port)) as server:
        while server.send(server.seal()).step < 2:
            pass


def test_a_pupil_on_a_flooded_network_works_for_a_moment_and_the_report_arrives(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    _flood(own_demo)
    profile = new_profile()
    form = ReportForm(profile.page, own_demo.base).open().begin()
    form.fill({1: ["no"], 4: "They wait for me at the bus stop."}, reply=True)
    assert not any("solver" in each.url for each in profile.requests), "nobody fetches the solver for nothing"
    with profile.page.expect_response(lambda answer: answer.status == 428):
        form.send()
    form.wait_for("sent")
    sent = [each for each in profile.requests if each.url.endswith("/api/v1/reports")]
    assert len(sent) == 2
    assert sent[0].post_data == sent[1].post_data, "the identical body"
    assert "youthsafe-work" not in sent[0].headers
    assert "youthsafe-work" in sent[1].headers
    assert any("solver" in each.url for each in profile.requests)
    assert form.code()
    assert [each for each in profile.complaints if "428" not in each] == []
