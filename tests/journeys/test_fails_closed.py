"""When a page cannot be sure of its lock: nothing is sent, the words stay, numbers to call show, and it says why."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Route, expect

from tests.crypto.reference_primitives import sign
from tests.journeys.axe import violations
from tests.journeys.conftest import Demo
from tests.journeys.held import Held
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile
from youthsafe.crypto import bundle as bundles
from youthsafe.crypto.encoding import b64, unb64

pytestmark = pytest.mark.journey

TYPED = {4: "They wait for me at the gate.", 6: "Park Road", 9: "Please talk to my form tutor."}
NAME = "Sam"
BUNDLE, SEALER = "**/api/v1/bundle", "**/assets/sealer_*.js"
WITHOUT_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });"
WITHOUT_WASM = "delete globalThis.WebAssembly;"
BREAKS_WHEN_SEALING = "addEventListener('message', ({ data }) => { if (data.name === 'seal') throw new Error(); });"


@pytest.fixture(scope="module")
def signed(demo: Demo) -> dict[str, str]:
    """The demonstration's true bundle, its signature and its root."""
    status, answer = demo.request("GET", "/api/v1/bundle")
    assert status == 200
    bundle: dict[str, str] = json.loads(answer)
    return bundle


@dataclass(frozen=True)
class Cause:
    """What goes wrong: the trouble that the page names, the request it begins with, and what answers that request."""

    trouble: str
    at: str
    answer: Callable[[Route, dict[str, str]], None]
    knows_the_root: bool = False  # whether this device has seen the true root before
    pin: str | None = None
    early: bool = True  # whether it can be known before a word is typed
    late: bool = True  # whether it can become known afterwards


def _bundle(change: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[Route, dict[str, str]], None]:
    return lambda route, signed: route.fulfill(json=change(signed))


def _of_another_root(signed: dict[str, str], **changes: int) -> dict[str, str]:
    """A bundle whose signature is good, but not the true root's."""
    root = ec.generate_private_key(ec.SECP256R1())
    bundle = bundles.build_bundle(replace(bundles.parse_bundle(unb64(signed["bundle"])), **changes))
    public = root.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"bundle": b64(bundle), "signature": b64(sign(root, bundles.LABEL, bundle)), "root": b64(public)}


def _expired(signed: dict[str, str]) -> dict[str, str]:
    past = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    return _of_another_root(signed, issued_at=past - 86_400, not_after=past)


def _with_a_broken_signature(signed: dict[str, str]) -> dict[str, str]:
    signature = bytearray(unb64(signed["signature"]))
    signature[40] ^= 1
    return signed | {"signature": b64(bytes(signature))}


def _abort(route: Route, _: dict[str, str]) -> None:
    route.abort()


def _status(status: int, body: str = "{}") -> Callable[[Route, dict[str, str]], None]:
    return lambda route, _: route.fulfill(status=status, body=body)


def _worker(prelude: str) -> Callable[[Route, dict[str, str]], None]:
    """The sealer with something run before its own script."""
    headers = {"Content-Type": "text/javascript", "Cross-Origin-Embedder-Policy": "require-corp"}
    return lambda route, _: route.fulfill(headers=headers, body=prelude + _script(route.request.url))


def _script(address: str) -> str:
    """Ask the server itself, because a page that turned away takes its own answers with it."""
    with urlopen(address, timeout=20) as answer:
        return str(answer.read(), "utf-8")


CAUSES = {
    "the bundle is blocked": Cause("connection", BUNDLE, _abort),
    "the server is broken": Cause("connection", BUNDLE, _status(500)),
    "the server asks to wait": Cause("busy", BUNDLE, _status(503), late=False),
    "a Wi-Fi answers instead": Cause("forged", BUNDLE, _status(200, "<h1>Log in to our Wi-Fi</h1>")),
    "no team reads": Cause("closed", BUNDLE, _status(404)),
    "the bundle is expired": Cause("expired", BUNDLE, _bundle(_expired)),
    "the signature is broken": Cause("forged", BUNDLE, _bundle(_with_a_broken_signature)),
    "another root signs": Cause("mismatch", BUNDLE, _bundle(_of_another_root), knows_the_root=True),
    "the link names another root": Cause("mismatch", BUNDLE, _bundle(dict), pin=b64(bytes(32))),
    "link and device disagree": Cause(
        "mismatch", BUNDLE, _bundle(dict), knows_the_root=True, pin=b64(bytes(32)), late=False
    ),
    "the sealer is blocked": Cause("worker", SEALER, _abort),
    "the sealer is broken": Cause("worker", SEALER, _worker("throw new Error('broken');")),
    "the sealer breaks": Cause("worker", SEALER, _worker(BREAKS_WHEN_SEALING), early=False),
    "there is no WebCrypto": Cause("no-crypto", SEALER, _worker(WITHOUT_SUBTLE)),
    "there is no WebAssembly": Cause("no-wasm", SEALER, _worker(WITHOUT_WASM)),
}
EARLY = [name for name, cause in CAUSES.items() if cause.early]
LATE = [name for name, cause in CAUSES.items() if cause.late]


def _begin(person: Profile, demo: Demo, cause: Cause) -> ReportForm:
    """Open the form on a device that knows the true root or not."""
    form = ReportForm(person.page, demo.base)
    if cause.knows_the_root:
        form.open()
        expect(form.hours).to_be_visible()
        person.page.goto(f"{demo.base}/en/")
    return form


def _assert_says(form: ReportForm, cause: Cause) -> None:
    """One trouble is told, in its own words and with numbers to call."""
    told = form.page.locator("[data-closed]:visible, [data-trouble]:visible")
    expect(told.locator(f'> [data-when="{cause.trouble}"]')).to_be_visible()
    expect(told.locator("> [data-when]:visible")).to_have_count(1)
    for number in ("999", "08001111"):
        expect(told.locator(f'[data-when]:visible a[href="tel:{number}"]')).to_be_visible()


def _assert_nothing_sent(person: Profile) -> None:
    assert [each.url for each in person.requests if each.method != "GET"] == []
    assert person.page.evaluate("indexedDB.databases().then((all) => all.length)") <= 1
    assert person.page.locator("[data-code-words] li").count() == 0


@pytest.mark.parametrize("name", EARLY)
def test_trouble_is_told_before_a_word_is_typed(demo: Demo, person: Profile, signed: dict[str, str], name: str) -> None:
    cause = CAUSES[name]
    form = _begin(person, demo, cause)
    person.page.route(cause.at, lambda route: cause.answer(route, signed))
    form.open(pin=cause.pin)
    _assert_says(form, cause)
    assert violations(person.page) == []
    expect(form.step("danger").locator("[data-next]")).to_be_hidden()
    _assert_nothing_sent(person)


@pytest.mark.parametrize("name", LATE)
def test_trouble_that_comes_late_sends_nothing_and_leaves_every_word(
    demo: Demo, person: Profile, signed: dict[str, str], name: str
) -> None:
    """The form is filled while the lock is still on its way."""
    cause, held = CAUSES[name], Held()
    form = _begin(person, demo, cause)
    person.page.route(cause.at, held.keep)
    form.open(pin=cause.pin).begin()
    form.fill({1: ["no"], 2: ["me"], 10: NAME} | TYPED, reply=True)
    form.send()
    held.release(lambda route: cause.answer(route, signed))
    person.page.route(cause.at, lambda route: cause.answer(route, signed))
    for _ in range(2):
        _assert_says(form, cause)
        for number, text in {**TYPED, 10: NAME}.items():
            expect(form.words(number)).to_have_value(text)
        form.send()
    _assert_says(form, cause)
    assert violations(person.page) == []
    _assert_nothing_sent(person)


def test_what_goes_is_what_was_there_when_send_was_pressed(demo: Demo, person: Profile) -> None:
    """The lock is still on its way, and somebody wants to go back to their words meanwhile."""
    held = Held()
    person.page.route(BUNDLE, held.keep)
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill(TYPED, reply=True)
    form.send()
    expect(form.trouble("sealing-now")).to_be_visible()
    person.page.go_back()
    form.step("review").locator("[data-answers] button").first.click()
    form.at("review")
    expect(form.words(4)).to_have_value(TYPED[4])
    held.release(Route.continue_)
    form.wait_for("sent")


def test_a_form_that_stood_open_for_long_asks_again_who_reads(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    form.fill(TYPED, reply=True)
    person.page.route(BUNDLE, lambda route: route.fulfill(status=404))
    person.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=11))
    form.send()
    expect(form.trouble("closed").first).to_be_visible()
    expect(form.words(4)).to_have_value(TYPED[4])
    _assert_nothing_sent(person)
    person.page.unroute(BUNDLE)
    person.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=22))
    form.send()
    form.wait_for("sent")
