"""Whoever has just set an instance up, on a server that lies from then on, reads why; nothing was opened."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.changes import number_of
from tests.crypto.reference_kit import kit_keys, read_kit, seal_kit_wrap
from tests.journeys.malice.attack import Answers
from tests.journeys.malice.key_rings import NO_FIT as OTHER_HEAD
from tests.journeys.malice.key_rings import OTHER_KEY
from tests.journeys.malice.kits import NO_FIT
from tests.journeys.malice.lies import lying
from tests.journeys.malice.world import lists, own_root
from tests.journeys.staff.instance import EmptyInstance, running_instance
from tests.journeys.staff.set_up import SLOW, Coordinator, SetUp
from tests.journeys.staff.sign_in import SignIn, paste
from tests.journeys.visitors import DESK, Profile, visitor
from youthsafe.crypto.bundle import build_bundle, parse_bundle
from youthsafe.crypto.change import parse_change
from youthsafe.crypto.encoding import b64, unb64
from youthsafe.crypto.roster import build_roster, parse_roster
from youthsafe.demo.words import word_list

pytestmark = pytest.mark.journey
NO_LINK = "This link does not set anything up"


@dataclass
class Founded:
    """An instance that was set up a moment ago. `late`: somebody who followed the same link, and is a step behind."""

    instance: EmptyInstance
    database: Path
    link: str
    made: Coordinator
    profile: Profile
    late: SetUp
    late_made: Coordinator

    def asked(self, path: str) -> dict[str, Any]:
        """What the genuine server answers the coordinator."""
        found: dict[str, Any] = self.profile.context.request.get(f"{self.instance.base}/api/v1/staff/{path}").json()
        return found


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Founded]:
    """Two people follow one link; the first to end has the instance."""
    folder = tmp_path_factory.mktemp("founded")
    database = folder / "youthsafe.db"
    with (
        running_instance(folder, f"sqlite:///{database}") as instance,
        visitor(browser, viewport=DESK) as one,
        visitor(browser, viewport=DESK) as other,
    ):
        link = instance.run("setup-link").strip()
        late = SetUp(other.page).paste(link)
        late_made = late.make_keys("Eve", "Early help", folder)
        set_up = SetUp(one.page).paste(link)
        made = set_up.make_keys("Ada", "Early help", folder)
        set_up.finish(made.code())
        one.page.click(set_up.part("sign-in"))
        SignIn(one.page, instance.base).sign_in(made.name, made.words, made.code())
        yield Founded(instance, database, link, made, one, late, late_made)


def _another_root(founded: Founded) -> Answers:
    ring = founded.asked("key-ring")
    return {"staff/key-ring": ring | lists(own_root(), unb64(ring["roster"]), unb64(ring["bundle"]))}


def _another_instance(founded: Founded) -> Answers:
    ring = founded.asked("key-ring")
    roster, bundle = parse_roster(unb64(ring["roster"])), parse_bundle(unb64(ring["bundle"]))
    listed, teams = (
        build_roster(replace(roster, instance_id=bytes(16))),
        build_bundle(replace(bundle, instance_id=bytes(16))),
    )
    return {"staff/key-ring": ring | lists(own_root(), listed, teams)}


def _changed_change(founded: Founded) -> Answers:
    [first] = founded.asked("changes")["changes"]
    content = bytearray(unb64(first["change"]))
    content[-1] ^= 1
    return {"staff/changes**": {"changes": [first | {"change": b64(bytes(content))}]}}


def _no_change(_: Founded) -> Answers:
    return {"staff/changes**": {"changes": []}}


LIES: dict[str, tuple[Callable[[Founded], Answers], str]] = {
    "another root right after the founding": (_another_root, OTHER_KEY),
    "another instance right after the founding": (_another_instance, OTHER_KEY),
    "a changed first change": (_changed_change, OTHER_HEAD),
    "no first change": (_no_change, OTHER_HEAD),
}


@pytest.mark.parametrize("name", LIES)
@pytest.mark.parametrize("known", [True, False], ids=["here", "at another browser"])
def test_nothing_is_opened_for_another_founding(founded: Founded, browser: Browser, name: str, known: bool) -> None:
    forge, says = LIES[name]
    with visitor(browser, viewport=DESK, storage_state=founded.profile.context.storage_state()) as stranger:
        somebody = founded.profile if known else stranger
        page = somebody.page
        page.goto(f"{founded.instance.base}/staff/en/")
        expect(page.locator('[data-part="who"]')).to_be_visible()
        with lying(somebody, forge(founded)) as asked:
            page.fill("#words", founded.made.words)
            page.click('[data-part="go"]')
            expect(page.locator('[data-part="trouble"]:visible, .error:visible').first).to_contain_text(says)
            expect(page.locator("#desk-tools")).to_be_hidden()
        assert asked.sent == []


def test_a_link_that_somebody_else_was_quicker_with_sets_nothing_up(founded: Founded, browser: Browser) -> None:
    page = founded.late.page
    page.fill("#code", founded.late_made.code())
    page.click(founded.late.part("go"))
    expect(page.locator("main")).to_contain_text(NO_LINK, timeout=SLOW)
    change = parse_change(unb64(founded.asked("changes")["changes"][0]["change"]))
    assert [each.name for each in change.roster.members] == ["Ada"]
    with visitor(browser, viewport=DESK) as later:
        paste(later.page, founded.link)
        expect(later.page.locator("main")).to_contain_text(NO_LINK)
        assert "#" not in later.page.url


def test_another_ciphertext_under_the_kit_opens_nothing(founded: Founded, browser: Browser) -> None:
    ring = founded.asked("key-ring")
    keys = kit_keys(read_kit(founded.made.kit_line, word_list()))
    other = seal_kit_wrap(keys, parse_roster(unb64(ring["roster"])).instance_id, number_of(own_root()))
    with closing(sqlite3.connect(founded.database, timeout=10)) as database, database:
        [(genuine,)] = database.execute("SELECT wrap FROM kit").fetchall()
        database.execute("UPDATE kit SET wrap = ?", (other,))
    try:
        with visitor(browser, viewport=DESK) as somebody:
            page = somebody.page
            page.goto(f"{founded.instance.base}/staff/en/recover/")
            page.fill("#kit", founded.made.kit_line)
            page.click('[data-part="go"]')
            expect(page.locator("main")).to_contain_text(NO_FIT)
            expect(page.locator('[data-part="who-form"]')).to_have_count(0)
    finally:
        with closing(sqlite3.connect(founded.database, timeout=10)) as database, database:
            database.execute("UPDATE kit SET wrap = ?", (genuine,))
