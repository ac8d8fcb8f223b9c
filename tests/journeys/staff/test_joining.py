"""Somebody is invited, joins with an app or a passkey, reads a report, is removed; no secret of it is left over."""

import pytest
from playwright.sync_api import Page, Request, expect
from pyotp import TOTP

from tests.journeys.conftest import ByName, Demo, MakeProfile
from tests.journeys.searching import found_in_bytes, found_in_files, keys_in_files, spellings_of_bytes
from tests.journeys.staff.desk import Desk, send_report
from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.people import Join, People, with_authenticator
from tests.journeys.staff.sign_in import SignIn, secret_of
from tests.journeys.visitors import DESK
from youthsafe.crypto.encoding import unb64

pytestmark = pytest.mark.journey

NAME = "Amina Q"
WRONG = "abacus ability about"
SIGN_IN_FILE = frozenset({"demo-sign-in.txt"})


def sign_in(page: Page, by_name: Demo, join: Join, name: str, secret: str | None) -> None:
    form = SignIn(page, by_name.base).open()
    if secret is None:
        form.fill(name, " ".join(join.words), "")
        page.locator('[data-part="passkey"]').click()
        expect(page.locator("#desk-tools")).to_be_visible(timeout=30_000)
    else:
        by_name.let_codes_be_good_again()
        form.sign_in(name, " ".join(join.words), TOTP(secret).now())


@pytest.mark.parametrize("factor", ["app", "passkey"])
def test_an_invited_person_joins_reads_a_report_and_is_removed(
    by_name: ByName, new_profile: MakeProfile, factor: str
) -> None:
    name, bodies = f"{NAME} {factor}", []

    def asked(request: Request) -> None:
        bodies.append(f"{request.url} {request.headers}".encode() + (request.post_data_buffer or b""))

    coordinator, invited, pupil = (new_profile(viewport=DESK) for _ in range(3))
    for each in (coordinator, invited):
        each.context.on("request", asked)
    Desk(by_name, coordinator.page, "demo-coordinator").sign_in()
    people = People(coordinator.page).open()
    link = people.invite(name)
    expect(people.invited(name)).to_be_visible()

    join = Join(invited.page)
    with_authenticator(invited.page)
    join.begin(link)
    secret = join.secret()
    if factor == "app":
        join.by_app(TOTP(secret).now())
    else:
        join.by_passkey()
    join.finish()
    assert len(join.codes) == 10

    people.open()
    people.let_in(name, WRONG)
    expect(people.invited(name).locator(".error")).to_contain_text("not the words")
    expect(people.member(name)).to_have_count(0)
    people.let_in(name, " ".join(join.said))
    expect(people.member(name)).to_be_visible()

    sent = send_report(by_name, pupil.page)
    sign_in(invited.page, by_name, join, name, secret if factor == "app" else None)
    inbox = Inbox(invited.page, sent)
    inbox.open_report()
    expect(invited.page.locator('[data-part="answers"]')).to_contain_text("They wait")

    if factor == "passkey":  # which also opens the keys of a page that was locked
        invited.page.reload()
        invited.page.locator('[data-part="passkey"]').click()
        expect(invited.page.locator("#desk-tools")).to_be_visible(timeout=30_000)

    people.open()
    assert "no longer" in people.remove(name)
    invited.page.reload()
    expect(invited.page.locator("#code")).to_be_visible()
    form = SignIn(invited.page, by_name.base)
    by_name.let_codes_be_good_again()
    form.fill(name, " ".join(join.words), join.codes[0]).submit()
    expect(form.trouble.first).to_contain_text("not right")

    words = [" ".join(join.words), " ".join(join.said), secret_of(link)]
    keys = {"link": unb64(secret_of(link))[:16]}
    if factor == "app":
        words.append(secret)
        keys["app"] = TOTP(secret).byte_secret()
    everything = b"\n".join(bodies)
    assert found_in_bytes(everything, words) == []
    assert not any(form in everything for key in keys.values() for form in spellings_of_bytes(key))
    assert found_in_files(by_name.folder, words, but_not=SIGN_IN_FILE) == []
    assert keys_in_files(by_name.folder, keys) == []
    assert found_in_bytes(by_name.said(), words) == []
    assert [each for each in coordinator.complaints if "uncaught" in each] == []
