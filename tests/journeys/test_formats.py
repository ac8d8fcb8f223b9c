"""Cards as they come out of a printer: very large letters on A4 and A3, and small cards whose code opens the topic."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import prints
from tests.journeys.conftest import Demo
from tests.journeys.site_map import BOTH_WAYS
from tests.journeys.visitors import DESK, Profile, visitor
from tests.packs import packaged

pytestmark = pytest.mark.journey

OFFERED = [locale.tag for locale in packaged().site.locales]
TOPICS = [topic.slug for topic in packaged().topics("en")]
A4, A3 = (210.0, 297.0), (297.0, 420.0)  # millimetres
A_CARD = (85.0, 55.0)
POINTS = {"": 24, "a3/": 34}
MM_PER_PIXEL = 25.4 / 96
HEIGHT = re.compile(r'<word .*?yMin="([\d.]+)" .*?yMax="([\d.]+)">([^<]*)<')
BOXES = """[...document.querySelectorAll('.pocket-card')].map((each) => {
  const { width, height } = each.getBoundingClientRect();
  return [width, height];
})"""
CUT_OFF = """[...document.querySelectorAll('.pocket-card, .pocket-words')].filter((each) =>
    each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.innerText)"""


@pytest.fixture
def person(browser: Browser) -> Iterator[Profile]:
    with visitor(browser, viewport=DESK) as person:
        yield person
        assert person.complaints == []
        assert person.context.cookies() == []


def heights(pdf: Path) -> dict[str, float]:
    """Every word of a file with the height of its line in points."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {word: float(bottom) - float(top) for top, bottom, word in HEIGHT.findall(found)}


@pytest.mark.parametrize("paper", POINTS)
@pytest.mark.parametrize("locale", OFFERED)
def test_every_card_of_a_topic_prints_in_letters_of_24_points_or_more(
    demo: Demo, person: Profile, tmp_path: Path, locale: str, paper: str
) -> None:
    page = person.page
    page.emulate_media(color_scheme="dark")
    page.goto(f"{demo.base}/{locale}/formats/knife-crime/large-print/{paper}")
    pdf = prints.printed(page, tmp_path)
    assert prints.paper(pdf) == pytest.approx(A3 if paper else A4, abs=0.5)
    assert prints.facts(pdf)["Tagged"] == "yes"
    prints.assert_every_letter(pdf, page.locator(".large-print").inner_text())
    assert "999" in prints.text(pdf)
    small = {word for word, height in heights(pdf).items() if height < POINTS[paper]}
    assert small == set()


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_large_print_is_black_on_white_without_italics_also_in_the_dark(
    demo: Demo, person: Profile, locale: str
) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/formats/bullying/large-print/")
    page.emulate_media(media="print", color_scheme="dark")
    looks = """[...document.querySelectorAll('.large-print *')].map((each) => {
      const { color, fontStyle, hyphens } = getComputedStyle(each);
      return [color, fontStyle, hyphens].join();
    })"""
    assert set(page.evaluate(looks)) == {"rgb(0, 0, 0),normal,none"}
    assert page.locator(".large-text a").count() == 0, "links of a card are written for its own address"


@pytest.mark.parametrize("locale", OFFERED)
def test_ten_pocket_cards_of_85_by_55_mm_fill_a_sheet_and_lead_to_the_topic(
    demo: Demo, person: Profile, tmp_path: Path, locale: str
) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/formats/knife-crime/pocket-cards/")
    pdf = prints.printed(page, tmp_path)
    assert prints.facts(pdf)["Pages"] == "1"
    assert prints.paper(pdf) == pytest.approx(A4, abs=0.5)
    assert prints.many_codes(pdf, 10) == [f"{demo.base}/{locale}/cards/knife-crime/"] * 10
    page.emulate_media(media="print")
    words = page.locator(".pocket-sheet").inner_text().replace("-", "")  # readers of files drop one at a line's end
    prints.assert_every_letter(pdf, words)
    boxes = page.evaluate(BOXES)
    assert len(boxes) == 10
    for box in boxes:
        assert [side * MM_PER_PIXEL for side in box] == pytest.approx(A_CARD, abs=0.1)


@pytest.mark.parametrize("locale", OFFERED)
def test_nothing_on_a_pocket_card_is_cut_off(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    page.emulate_media(media="print")
    for topic in TOPICS:
        page.goto(f"{demo.base}/{locale}/formats/{topic}/pocket-cards/")
        assert page.evaluate(CUT_OFF) == [], topic


def test_half_of_the_pocket_cards_do_not_say_what_they_are_about(demo: Demo, person: Profile) -> None:
    page = person.page
    page.emulate_media(media="print")
    page.goto(f"{demo.base}/en/formats/home-and-family/pocket-cards/")
    title = packaged().topic("en", "home-and-family").title
    words = page.locator(".pocket-card").all_inner_texts()
    assert [title in each for each in words] == [True, False] * 5
    assert all("999" in each and "0800 1111" in each for each in words)
    assert not any("home-and-family" in each for each in words)


@pytest.mark.parametrize("locale", BOTH_WAYS)
def test_both_kinds_are_found_from_the_accessibility_page(demo: Demo, person: Profile, locale: str) -> None:
    page = person.page
    page.goto(f"{demo.base}/{locale}/accessibility/")
    page.locator(f'main a[href="/{locale}/formats/"]').click()
    for kind in ("large-print/", "large-print/a3/", "pocket-cards/"):
        assert page.locator(f'main a[href$="/{kind}"]').count() == len(TOPICS)
