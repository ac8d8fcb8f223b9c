"""A pupil takes a report back, in a real browser: before anybody opened it, and too late."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Demo, MakeProfile
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.staff import Inbox
from tests.journeys.staff.desk import Desk
from tests.journeys.visitors import DESK


@pytest.mark.journey
def test_a_report_is_taken_back_before_it_is_opened_or_its_team_is_told(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    locale = "ar"
    pupil = new_profile(locale=locale)
    codes = []
    for _ in range(2):
        form = ReportForm(pupil.page, own_demo.base, locale).open().begin()
        form.fill({4: "I want to say something."}, reply=True)
        form.send()
        form.wait_for("sent")
        codes.append(form.code())

    mailbox = Mailbox(pupil.page, own_demo.base, locale).open()
    mailbox.enter(codes[0])
    assert mailbox.take_back() == "sure-unread"
    expect(mailbox.said("taken-back")).to_be_visible()
    mailbox.type_code(codes[0])
    expect(mailbox.said("unknown")).to_be_visible(timeout=30_000)
    expect(mailbox.said("taken-back")).to_have_count(0)

    caseworker = new_profile(viewport=DESK)
    inbox: Inbox = Desk(own_demo, caseworker.page).sign_in()
    expect(inbox.rows).to_have_count(1)
    opened = inbox.open_report()

    mailbox.enter(codes[1])
    assert mailbox.take_back() == "sure-read"
    expect(mailbox.said("withdrawn-unchecked")).to_be_visible()
    expect(mailbox.page.locator("[data-withdraw]")).to_be_hidden()
    opened.back()
    expect(inbox.rows.locator(".badge", has_text=re.compile("took this report back"))).to_be_visible()
    with caseworker.page.expect_response("**/acknowledgements"):
        inbox.open_report()
    expect(opened.page.locator('[data-part="withdrawn"]')).to_be_visible()
    mailbox.look_again()
    expect(mailbox.said("withdrawn")).to_be_visible()
    for person in (pupil, caseworker):
        assert person.complaints == []


@pytest.mark.journey
def test_taking_back_without_a_connection_says_that_nobody_knows_and_can_be_tried_again(
    demo: Demo, new_profile: MakeProfile
) -> None:
    pupil = new_profile()
    form = ReportForm(pupil.page, demo.base).open().begin()
    form.fill({4: "I want to say something."}, reply=True)
    form.send()
    form.wait_for("sent")
    code = form.code()
    mailbox = Mailbox(pupil.page, demo.base).open()
    mailbox.enter(code)
    pupil.context.set_offline(True)
    mailbox.take_back()
    expect(mailbox.said("withdraw-failed")).to_be_visible()
    expect(mailbox.said("taken-back")).to_have_count(0)
    pupil.context.set_offline(False)
    pupil.page.locator("[data-withdraw-now]").click()
    expect(mailbox.said("taken-back")).to_be_visible()


@pytest.mark.journey
def test_a_report_that_is_taken_back_while_it_comes_to_the_desk_is_not_shown(
    own_demo: Demo, new_profile: MakeProfile
) -> None:
    pupil, caseworker = new_profile(), new_profile(viewport=DESK)
    form = ReportForm(pupil.page, own_demo.base).open().begin()
    form.fill({4: "Nobody is to read this."}, reply=True)
    form.send()
    form.wait_for("sent")
    inbox = Desk(own_demo, caseworker.page).sign_in()
    code = form.code()
    mailbox = Mailbox(pupil.page, own_demo.base).open()
    mailbox.enter(code)

    def take_it_back(route: Route) -> None:
        mailbox.take_back()
        expect(mailbox.said("taken-back")).to_be_visible()
        route.continue_()

    caseworker.page.route("**/opened", take_it_back)
    inbox.rows.first.locator("a").click()
    expect(caseworker.page.locator('article [data-part="trouble"]')).to_be_visible()
    expect(caseworker.page.locator('[data-part="body"]')).to_be_hidden()
    assert "Nobody is to read this" not in caseworker.page.content()
