"""The services that the shipped pack must name, each with its contact, and with a mark on what nobody could confirm."""

import re
from dataclasses import fields

import pytest

from tests.packs import packaged
from youthsafe.pack.services import Service

DIRECTORY = packaged().services
# id: phone, number to text, website; then whose list it is on, and the fields that are marked as not checked yet.
WANTED = {
    "emergency": ("999", None, None, "pupil", set()),
    "emergency-text": (None, "999", "999bsl.co.uk", "pupil", set()),
    "police": ("101", None, None, "pupil", set()),
    "childline": ("0800 1111", None, "childline.org.uk", "pupil", set()),
    "shout": (None, "85258", None, "pupil", set()),
    "kooth": (None, None, "kooth.com", "pupil", set()),
    "nhs-111": ("111", None, None, "pupil", set()),
    "transport-police": (None, "61016", None, "pupil", set()),
    "fearless": ("0800 555 111", None, "crimestoppers-uk.org/fearless", "pupil", set()),
    "samaritans": ("116 123", None, None, "pupil", set()),
    "papyrus": ("0800 068 4141", "88247", None, "pupil", {"text"}),
    "report-remove": (None, None, "childline.org.uk/remove", "pupil", set()),
    "ceop": (None, None, "ceop.police.uk", "pupil", set()),
    "frank": ("0300 123 6600", "82111", "talktofrank.com", "pupil", {"text"}),
    "safecall": ("116 000", None, "missingpeople.org.uk", "pupil", {"how"}),
    "youth-justice": (None, None, "yjlc.uk", "pupil", set()),
    "victim-support": ("0808 16 89 111", None, None, "pupil", set()),
    "winstons-wish": ("08088 020 021", None, "winstonswish.org", "pupil", set()),
    "child-bereavement": ("0800 02 888 40", None, "childbereavementuk.org", "pupil", set()),
    "fgm-helpline": ("0800 028 3550", None, None, "pupil", {"phone"}),
    "forced-marriage-unit": ("020 7008 0151", None, None, "pupil", {"phone"}),
    "british-muslim-trust": (None, None, "britishmuslimtrust.co.uk", "pupil", {"web"}),
    "cst": (None, None, "cst.org.uk", "pupil", set()),
    "true-vision": (None, None, "report-it.org.uk", "pupil", set()),
    "galop": ("0800 999 5428", None, None, "pupil", {"phone"}),
    "youngminds": (None, None, "youngminds.org.uk", "pupil", set()),
    "beat": ("0808 801 0677", None, None, "pupil", set()),
    "domestic-abuse-helpline": ("0808 2000 247", None, None, "adult", set()),
    "mash": ("020 8314 6660", None, None, "adult", {"how"}),
    "athena": ("0800 112 4052", None, None, "adult", {"phone"}),
    "nspcc": ("0808 800 5000", None, None, "adult", set()),
}


def test_the_list_is_whole_and_has_nothing_that_nobody_asked_for() -> None:
    assert {service.id for service in DIRECTORY.services} == set(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_a_service_can_be_reached_and_says_what_is_not_known_of_it(name: str) -> None:
    service = DIRECTORY.service(name)
    phone, text, web, audience, uncertain = WANTED[name]
    assert (service.phone, service.text and service.text.to, service.audience) == (phone, text, audience)
    assert web is None or service.web_name == web
    assert uncertain <= service.uncertain <= {field.name for field in fields(Service)}
    assert (service.verified_on, service.status) == (None, "unknown")
    assert service.source_url


SPEAKS_OF = {
    "hours": re.compile("every day|day and night|any time|weekday|weekend", re.IGNORECASE),
    "cost": re.compile(r"\b(free|costs?|money|credit)\b", re.IGNORECASE),
    "bill": re.compile(r"\bbills?\b", re.IGNORECASE),
}


@pytest.mark.parametrize("name", WANTED)
def test_no_doubt_names_what_the_entry_itself_says(name: str) -> None:
    service = DIRECTORY.service(name)
    known = {"hours": service.hours, "cost": service.cost, "bill": service.shows_on_bill}
    shown = " ".join(phrase.original.text for phrase in service.phrases)
    said = {doubt for doubt, words in SPEAKS_OF.items() if words.search(shown)}
    assert not set(service.doubts) & (said | {doubt for doubt, fact in known.items() if fact != "unknown"})


def test_who_can_be_reached_now_comes_first_and_what_needs_signing_up_has_its_own_place() -> None:
    assert [service.id for service in DIRECTORY.at_once()[:4]] == ["emergency", "childline", "shout", "kooth"]
    assert [service.id for service in DIRECTORY.to_sign_up()] == ["emergency-text"]


def test_an_eleven_year_old_is_shown_nothing_for_older_people_and_childline_right_after_999() -> None:
    shown = DIRECTORY.for_pupils()
    assert [service.id for service in shown[:2]] == ["emergency", "childline"]
    assert all((service.age_min or 0) <= 11 for service in shown)
    assert {"athena", "mash"}.isdisjoint(service.id for service in shown)
