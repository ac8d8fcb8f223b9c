"""The whole app of a borough that does not exist: `YOUTHSAFE_CONTENT` alone changes every page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Demo, MakeProfile, running_demo
from tests.journeys.kept import wait_for_pack
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.site_map import public_paths
from tests.packs import packaged
from youthsafe.pack.pack import load

LOCALES = {"en": "ltr", "ar": "rtl"}  # of the other borough's pack

pytestmark = pytest.mark.journey

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"
PAGES = ("about", "accessibility", "app", "cards", "check", "check/breathe", "check/hand", "check/quiz",
         "check/quiz/out-and-about", "find", "formats", "formats/out-and-about/large-print",
         "formats/out-and-about/large-print/a3", "formats/out-and-about/pocket-cards", "havens", "havens/poster",
         "people", "privacy", "report", "report/practice", "replies", "support", "teach", "teach/out-and-about",
         "teach/out-and-about/handout", "teach/out-and-about/steps", "you-said")  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration of the made-up borough."""
    with running_demo(tmp_path_factory.mktemp("madeupton") / "data", YOUTHSAFE_CONTENT=str(MADEUPTON)) as running:
        yield running


def words_of_the_shipped_pack() -> re.Pattern[str]:
    """What only the shipped pack says: its borough and areas, its brand, its way out, and who helps there."""
    shipped, own = packaged(), load(MADEUPTON)
    local = [service for service in shipped.services.services if service.id in {"mash", "athena"}]
    assert not {service.id for service in own.services.services} & {service.id for service in local}
    names = {shipped.site.borough.original.text, shipped.site.brand.original.text, shipped.site.exit_address}
    names |= {area.name.original.text for area in shipped.site.areas}
    names |= {area.name.in_locale("ar").text for area in shipped.site.areas if area.id != "lee"}  # is “for me” too
    names |= {name for service in local for name in (service.name.original.text, service.phone) if name}
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_there_every_link_leads_somewhere_and_no_word_is_the_other_boroughs(
    demo: Demo, locale: str
) -> None:
    paths = public_paths(demo, locale)
    assert {f"/{locale}/", *(f"/{locale}/{page}/" for page in PAGES)} <= set(paths)
    more = ["manifest.webmanifest", "offline/pages.json", "offline/places.json"]
    others = words_of_the_shipped_pack()
    for path in [*paths, *(f"/{locale}/{name}" for name in more), "/offline", "/manifest.webmanifest"]:
        status, page = demo.request("GET", path)
        assert status == 200, path
        assert sorted(set(others.findall(page.decode()))) == [], path


@pytest.mark.parametrize("locale", LOCALES)
def test_its_names_its_way_out_and_its_map_are_its_own(demo: Demo, locale: str) -> None:
    quay = {"en": "Pretend Quay", "ar": "رصيف التظاهر"}
    home, havens, poster, area = (
        demo.request("GET", f"/{locale}/{page}")[1].decode()
        for page in ("", "havens/", "havens/poster/", "havens/area/pretend-quay/")
    )
    manifest = json.loads(demo.request("GET", f"/{locale}/manifest.webmanifest")[1])
    assert "<span>Safe Madeup</span>" in home
    assert 'href="https://www.gov.uk/bank-holidays" rel="noreferrer" data-leave' in home
    assert (manifest["name"], manifest["short_name"], manifest["lang"]) == ("Safe Madeup", "Safe Madeup", locale)
    assert manifest["dir"] == LOCALES[locale]
    assert all(f"{quay[locale]}</text>" in page for page in (havens, poster))
    assert "Madeupton Central</text>" in area
    assert 'class="pin"' not in havens + poster


def test_an_error_says_who_helps_and_names_no_other_borough(demo: Demo) -> None:
    status, page = demo.request("GET", "/ar/cards/knife-crime/")
    assert status == 404
    assert 'href="tel:999"' in page.decode()
    assert words_of_the_shipped_pack().search(page.decode()) is None


def test_a_phone_keeps_it_and_a_report_is_sent_from_it(demo: Demo, new_profile: MakeProfile) -> None:
    profile = new_profile(service_workers="allow")
    profile.page.goto(f"{demo.base}/ar/")
    wait_for_pack(profile.page)
    form = ReportForm(profile.page, demo.base, "ar").open()
    form.begin()
    form.fill({4: "A made-up worry"}, reply=False)
    form.send()
    form.wait_for("sent")
    profile.context.set_offline(True)
    profile.page.goto(f"{demo.base}/ar/people/")
    expect(profile.page.locator("main h1")).to_have_text("أشخاص عملهم أن يساعدوا")
    assert profile.complaints == []
    assert profile.foreign_requests(demo.base) == []
