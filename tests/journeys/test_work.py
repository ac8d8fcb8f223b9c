"""A pupil whose network sends much: the browser does the work that the server asks for, and the report arrives."""

from contextlib import closing

import altcha
import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.cutting import Cut, line_to
from tests.journeys.kept import wait_for_pack
from tests.journeys.pages.outbox import arrived, until, waiting, wake_the_worker
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import visitor
from tests.limits.crowd import Server
from tests.long_runs import LongRun
from youthsafe.limits import proof_of_work

pytestmark = pytest.mark.journey

SOLVE = """async (challenge) => {
  const worker = new Worker(document.querySelector("[data-report]").dataset.proofWorker, { type: "module" });
  const began = performance.now();
  const answer = new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
  worker.postMessage({ name: "solve", number: 1, question: challenge });
  const { value } = await answer;
  worker.terminate();
  return { proof: value, took: performance.now() - began };
}"""


def _flood(demo: Demo) -> None:
    """Send from this machine's address, which is the pupil's too, until the server asks for work of step 2.

    Once more just before the pupil sends: when five minutes are over in between, a report is free again.
    """
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
    assert not any("proof_worker" in each.url for each in profile.requests), "nobody fetches the worker for nothing"
    _flood(own_demo)
    with profile.page.expect_response(lambda answer: answer.status == 428):
        form.send()
    form.wait_for("sent")
    sent = [each for each in profile.requests if each.url.endswith("/api/v1/reports")]
    assert len(sent) == 2
    assert sent[0].post_data == sent[1].post_data, "the identical body"
    assert "youthsafe-work" not in sent[0].headers
    assert "youthsafe-work" in sent[1].headers
    assert any("proof_worker" in each.url for each in profile.requests)
    assert form.code()
    assert [each for each in profile.complaints if "428" not in each] == []


def test_the_service_worker_works_for_it_too_with_no_page_of_ours_open(own_demo: Demo, browser: Browser) -> None:
    _flood(own_demo)
    with (
        line_to(own_demo.port) as line,
        visitor(browser, service_workers="allow") as phone,
    ):
        phone.page.goto(f"{line.base}/en/")
        wait_for_pack(phone.page)
        form = ReportForm(phone.page, line.base).open().begin()
        form.fill({1: ["no"], 4: "They wait for me at the bus stop."}, reply=True)
        line.cut = Cut.BEFORE_THE_REQUEST
        form.send()
        form.wait_for("unsent")
        [waits] = waiting(phone.page)
        bare = phone.context.new_page()
        bare.goto(f"{line.base}/healthz")  # no script of ours runs here
        phone.page.close()
        _flood(own_demo)
        line.cut = None
        before = len(line.sendings)
        wake_the_worker(bare, line.base)
        until(lambda: bare.wait_for_timeout(50) is None and waits in arrived(own_demo.database))
        assert len(line.sendings) - before == 2, "once without and once with the work"


def test_the_longest_work_of_a_step_is_solved_in_a_worker(
    demo: Demo, new_profile: MakeProfile, long_run: LongRun
) -> None:
    """How long it takes is said and not asserted: a test must not depend on the machine's speed."""
    page = new_profile().page
    page.goto(f"{demo.base}/en/report/")
    for step, tries in [*proof_of_work.DIFFICULTIES.items()][: long_run.times(1, soak=proof_of_work.HIGHEST)]:
        challenge = altcha.create_challenge(
            "PBKDF2/SHA-256", 1000, counter=tries - 1, hmac_secret="a", hmac_key_secret="b"
        )
        found = page.evaluate(SOLVE, challenge.to_dict())
        long_run.found(f"step {step} at its longest, unthrottled", tries=tries, milliseconds=float(found["took"]))
        assert altcha.verify_solution(found["proof"], "a", hmac_key_secret="b").verified
