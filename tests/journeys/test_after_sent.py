"""What a child finds after Sent: what happens now, with days, and one calm thing to do."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile

pytestmark = pytest.mark.journey

TIME = re.compile(r"\d{1,2}:\d\d")


def test_three_steps_say_when_to_look_for_an_answer(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({4: "They wait for me."}, reply=True)
    form.send()
    form.wait_for("sent")
    steps = form.step("outcome").locator("ol li:visible", has_text=TIME)
    expect(steps).to_have_count(3)
    expect(steps.nth(1)).to_contain_text("Look for an answer with your seven words")
    first, second = (steps.nth(each).locator("time").text_content() for each in (1, 2))
    assert first != second
    expect(form.step("outcome")).to_contain_text("Something calm to do now")
    assert violations(person.page) == []


def test_without_a_code_there_is_no_answer_to_look_for(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({4: "They wait for me."}, reply=False)
    form.send()
    form.wait_for("sent")
    expect(form.step("outcome").locator("ol li:visible", has_text=TIME)).to_have_count(1)


def test_an_empty_mailbox_says_when_to_look_again_and_what_is_calm(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill({4: "They wait for me."}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()
    Mailbox(person.page, demo.base).open().enter(code)
    empty = person.page.locator('[data-when="no-answers"]')
    expect(empty).to_contain_text("Look again tomorrow or after the weekend")
    expect(empty).to_contain_text("Something calm to do now")
