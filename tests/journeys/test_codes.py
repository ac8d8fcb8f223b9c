"""A code in the reader's own words, or in numbers where their script has no list; any page of answers takes any."""

from pathlib import Path

import pytest
from playwright.sync_api import PdfMargins, expect

from tests import prints
from tests.journeys.conftest import Demo
from tests.journeys.pages.mailbox import Mailbox
from tests.journeys.pages.report_form import ReportForm
from tests.journeys.visitors import Profile
from tests.words.lists import words_of

pytestmark = pytest.mark.journey

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _sent(demo: Demo, person: Profile, locale: str) -> list[str]:
    form = ReportForm(person.page, demo.base, locale).open().begin()
    form.fill({4: "They took my bag."})
    form.send()
    form.wait_for("sent")
    return form.code()


def test_an_arabic_code_is_numbers_and_opens_in_any_digits_on_any_page(demo: Demo, person: Profile) -> None:
    code = _sent(demo, person, "ar")
    assert all(len(number) == 4 and number.isascii() and number.isdecimal() for number in code), code
    for locale, typed in (
        ("ar", " ".join(code).translate(ARABIC_DIGITS)),
        ("en", "".join(code)),
        ("ta", "-".join(code)),
    ):
        Mailbox(person.page, demo.base, locale).open().enter(typed)


def test_words_open_on_a_page_whose_own_codes_are_numbers(demo: Demo, person: Profile) -> None:
    code = _sent(demo, person, "en")
    Mailbox(person.page, demo.base, "ar").open().enter(code)


@pytest.mark.parametrize("locale", ["fr", "pl"])
def test_a_code_in_words_of_another_language_opens_on_every_page(demo: Demo, person: Profile, locale: str) -> None:
    code = _sent(demo, person, locale)
    assert set(code) <= set(words_of(locale))
    card = person.page.locator("[data-code-words]")
    assert card.get_attribute("lang") == locale
    Mailbox(person.page, demo.base, locale).open().enter([word[:4] for word in code])
    Mailbox(person.page, demo.base, "en").open().enter(code)
    Mailbox(person.page, demo.base, "ta").open().enter(code)


def test_a_slip_is_named_in_the_list_that_the_words_are_of(demo: Demo, person: Profile) -> None:
    mailbox = Mailbox(person.page, demo.base, "en").open()
    mailbox.type_code([*words_of("pl")[100:106], "qqqqqq"])
    expect(mailbox.said("code-word")).to_contain_text("Word number 7, “qqqqqq”")
    mailbox.type_code("abor piano river garden kitchen witty trowel")  # French comes further, and has fewer of them
    expect(mailbox.said("code-word")).to_contain_text("Word number 1, “abor”")


def test_a_slip_is_named_although_other_lists_cannot_be_had(demo: Demo, person: Profile) -> None:
    mailbox = Mailbox(person.page, demo.base, "en").open()
    person.page.route("**/assets/words_[fp]*", lambda route: route.abort())
    mailbox.type_code("kitchen witty qqqqqq biplane olympic vinyl session")
    expect(mailbox.said("code-word")).to_contain_text("Word number 3, “qqqqqq”")


def test_a_wrong_number_is_named_and_counted(demo: Demo, person: Profile) -> None:
    mailbox = Mailbox(person.page, demo.base, "ar").open()
    mailbox.type_code("0001 0002 0003 0004 0005 0006 9999")
    expect(mailbox.said("code-word")).to_contain_text("9999")
    mailbox.type_code("123 0456 1789 0001 0002 0003 0004")
    expect(mailbox.said("code-word")).to_contain_text("«123»")
    mailbox.type_code("0001 0002 0003")
    expect(mailbox.said("code-count")).to_contain_text("3")


@pytest.mark.parametrize("locale", ["en", "ta"])
def test_the_printed_card_holds_the_code_and_no_word_that_says_what_it_is_for(
    demo: Demo, person: Profile, tmp_path: Path, locale: str
) -> None:
    code = _sent(demo, person, locale)
    person.page.evaluate("window.print = () => { window.printed = true; }")
    person.page.locator("[data-print-code]").click()
    assert person.page.evaluate("window.printed")
    person.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = tmp_path / "print.pdf"
    room: PdfMargins = {"top": "15mm", "bottom": "15mm"}  # for address and title, unless the style leaves none
    person.page.pdf(path=sheet, prefer_css_page_size=True, display_header_footer=True, margin=room)
    assert prints.facts(sheet)["Pages"] == "1"
    assert prints.facts(sheet).get("Title", "7") == "7"
    person.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert person.page.title() == "YouthSafe"
    counters = {f"{at}." for at in range(1, 8)}
    assert [word for word in prints.text(sheet).split() if word not in counters] == code


def test_a_phone_that_lost_its_signal_still_gives_a_code(demo: Demo, person: Profile) -> None:
    form = ReportForm(person.page, demo.base).open().begin()
    expect(form.hours).to_be_attached()
    form.fill({4: "They took my bag."})
    person.context.set_offline(True)
    form.send()
    form.wait_for("unsent")
    assert all(word.isalpha() for word in form.code())
