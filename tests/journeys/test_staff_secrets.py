"""What opens reports is on no machine that keeps it: not what was shown, typed or made in a browser of the staff.

An instance is set up, somebody joins; both sign in, lock and unlock. One signs out and closes the browser, the other's
is killed with the desk open. Then everything that was kept or sent is searched: the profiles on disk, database and log
of the server, its Redis, and each request.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from playwright.sync_api import Page, Request, expect
from pyotp import TOTP

from tests import servers
from tests.crypto.reference_keys import open_grant, open_wrap, stretch_passphrase, words_to_passphrase
from tests.crypto.reference_kit import kit_keys, open_kit_wrap, read_kit
from tests.journeys.conftest import OnDisk
from tests.journeys.searching import found_in_bytes, found_in_files, keys_in_files, spellings_of_bytes
from tests.journeys.staff.instance import EmptyInstance, running_instance
from tests.journeys.staff.member import Member
from tests.journeys.staff.people import People
from tests.journeys.staff.set_up import Coordinator, SetUp
from tests.journeys.staff.sign_in import SignIn, Unlock, paste, secret_of, sign_out
from tests.journeys.visitors import DESK, Profile, kill_browser
from youthsafe.crypto.change import Change, parse_change
from youthsafe.crypto.encoding import unb64
from youthsafe.crypto.grant import KIT_ID
from youthsafe.crypto.wrap import parse_wrap
from youthsafe.demo.words import word_list

pytestmark = pytest.mark.journey
NAME = "Bilal"


@dataclass
class Office:
    """A server of the test's own with everything beside it. `folder`: its database and log."""

    instance: EmptyInstance
    folder: Path
    redis_url: str

    @property
    def database(self) -> Path:
        return self.folder / "youthsafe.db"

    def rows(self, query: str) -> list[tuple[bytes, ...]]:
        with closing(sqlite3.connect(self.database, timeout=10)) as database:
            return database.execute(query).fetchall()

    def newest(self) -> Change:
        return parse_change(self.rows("SELECT content FROM signed_change ORDER BY number DESC LIMIT 1")[0][0])

    def counted(self) -> bytes:
        """Everything in Redis."""
        with closing(redis.Redis.from_url(self.redis_url)) as store:
            return b"\n".join(key + b" " + (store.get(key) or b"") for key in store.scan_iter())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "server"
    folder.mkdir()
    with (
        servers.redis() as (redis_url, _),
        running_instance(folder, f"sqlite:///{folder / 'youthsafe.db'}", REDIS_URL=redis_url) as instance,
    ):
        yield Office(instance, folder, redis_url)


def lock_and_unlock(page: Page, words: str) -> None:
    page.locator('#desk-tools [data-part="lock"]').click()
    Unlock(page).unlock(words)


def found(office: Office, coordinator: Profile, folder: Path) -> tuple[Coordinator, str]:
    """Set up, sign in, lock and unlock; gives the link too."""
    link = office.instance.run("setup-link").strip()
    set_up = SetUp(coordinator.page).paste(link)
    made = set_up.make_keys("Ada", "Early help", folder)
    set_up.finish(made.code())
    coordinator.page.click(set_up.part("sign-in"))
    SignIn(coordinator.page, office.instance.base).sign_in(made.name, made.words, made.code())
    lock_and_unlock(coordinator.page, made.words)
    return made, link


@dataclass
class Joined:
    """What somebody who joined saw, typed or made. `app`: the secret of their app."""

    words: list[str]
    link: str
    app: str
    keys: dict[str, bytes]


def join(office: Office, invited: Profile, people: People) -> Joined:
    """Join by an app, and sign in, lock, unlock and sign out."""
    link = people.invite(NAME)
    member = Member(NAME, invited, office.instance.base)
    said = member.join(link)
    people.open()
    people.let_in(NAME, said)
    expect(people.member(NAME)).to_be_visible(timeout=30_000)
    member.sign_in()
    lock_and_unlock(invited.page, member.words)
    keys = keys_of(office, invited, NAME, member.words)
    sign_out(invited.page)
    assert member.app is not None
    return Joined([member.words, said, *member.codes], link, member.app.secret, keys)


def keys_of(office: Office, person: Profile, name: str, words: str) -> dict[str, bytes]:
    """What somebody's six words stand for, and what they open; asked while that person is signed in."""
    ring = person.context.request.get(f"{office.instance.base}/api/v1/staff/key-ring").json()
    [wrap] = (unb64(each) for each in ring["wraps"])
    head, secret = parse_wrap(wrap), words_to_passphrase(words, word_list())
    _, wrap_key = stretch_passphrase(secret, head.salt, head.memory, head.passes)
    seed = open_wrap(wrap, head.member_id, wrap_key).seed
    return {f"{name}'s words": secret, f"{name}'s wrap key": wrap_key, f"{name}'s seed": seed}


def keys_of_kit(office: Office, line: str) -> dict[str, bytes]:
    """What the kit's paper stands for, and what it opens: the root, and the newest key of the team."""
    secret = read_kit(line, word_list())
    kit, change = kit_keys(secret), office.newest()
    [(sealed,)] = office.rows("SELECT wrap FROM kit")
    _, root = open_kit_wrap(kit, sealed)
    [(grant,)] = office.rows(f"SELECT content FROM key_grant WHERE recipient_id = x'{KIT_ID.hex()}'")
    team = {f"team's seed of {epoch}": seed for epoch, seed in open_grant(grant, change.roster, KIT_ID, kit.seed).seeds}
    return team | {"kit": secret, "kit's seed": kit.seed, "kit's wrap key": kit.wrap_key, "root": root}


def sent(request: Request) -> bytes:
    """Everything of a request."""
    return f"{request.url} {request.headers}".encode() + b" " + (request.post_data_buffer or b"")


def test_no_secret_of_the_staff_is_kept_or_sent_however_their_browsers_ended(
    office: Office, on_disk: OnDisk, profiles: Path, tmp_path: Path
) -> None:
    coordinator, invited = (on_disk(name, viewport=DESK) for name in ("coordinator", "invited"))
    made, set_up_link = found(office, coordinator, tmp_path)
    people = People(coordinator.page).open()
    joined = join(office, invited, people)
    keys = keys_of(office, coordinator, "Ada", made.words) | joined.keys | keys_of_kit(office, made.kit_line)
    words = [made.words, " ".join(made.kit), made.kit_line.partition(":")[2], *joined.words]
    app_keys = {"Ada's app": TOTP(made.app.secret).byte_secret(), "Bilal's app": TOTP(joined.app).byte_secret()}
    apps, links = [made.app.secret, joined.app], [secret_of(each) for each in (joined.link, set_up_link)]
    link_key = {"link": unb64(links[0])[:16]}
    pinned = {"instance": office.newest().instance_id}
    requests = [(each.url, sent(each)) for person in (coordinator, invited) for each in person.requests]

    invited.context.close()
    with coordinator.context.expect_event("close"):
        kill_browser(profiles / "coordinator")

    assert keys_in_files(profiles, pinned), "what a browser does keep is found"
    assert found_in_files(profiles, [*words, *apps, *links]) == []
    assert keys_in_files(profiles, keys | app_keys | link_key) == []
    assert keys_in_files(office.folder, pinned), "and what the server keeps"
    assert found_in_files(office.folder, [*words, *apps, *links]) == []
    assert keys_in_files(office.folder, keys | app_keys | link_key) == []
    assert office.counted(), "the limits are counted"
    assert in_bytes(office.counted(), [*words, *apps, *links], keys | app_keys | link_key) == []
    for address, body in requests:
        founding = address.endswith("/staff/set-up")  # which tells the server the app's secret, once
        texts, secrets = ([], {}) if founding else (apps, app_keys)
        assert in_bytes(body, [*words, *texts, links[0]], keys | secrets | link_key) == [], address
    for link, dead in ((joined.link, "This link is not good"), (set_up_link, "This link does not set anything up")):
        later = on_disk("later").page
        paste(later, link)
        expect(later.locator("main")).to_contain_text(dead)
        later.context.close()


def in_bytes(data: bytes, words: list[str], keys: Mapping[str, bytes]) -> list[str]:
    named = [name for name, key in keys.items() if any(form in data for form in spellings_of_bytes(key))]
    return found_in_bytes(data, words) + named
