"""Which services are shown to whom, and what is said about what nobody knows."""

from dataclasses import replace
from datetime import date

import pytest

from tests.packs import packaged
from youthsafe.pack.pack import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packaged()


def test_the_emergency_number_and_childline_come_first(pack: Pack) -> None:
    assert [service.id for service in pack.services.for_pupils()[:2]] == ["emergency", "childline"]
    assert [service.tel for service in pack.services.strip()] == ["tel:999", "tel:08001111"]


def test_a_service_for_older_children_is_left_out(pack: Pack) -> None:
    kooth = pack.services.service("kooth")
    for age, shown in ((11, True), (12, False), (None, True)):
        directory = replace(pack.services, services=(replace(kooth, age_min=age),))
        assert bool(directory.for_pupils()) is shown


def test_services_for_adults_are_kept_apart(pack: Pack) -> None:
    pupils = {service.id for service in pack.services.for_pupils()}
    adults = {service.id for service in pack.services.for_adults()}
    assert adults == {"domestic-abuse-helpline", "nspcc", "mash", "athena"}
    assert not pupils & adults


def test_a_check_is_forgotten_after_ninety_days(pack: Pack) -> None:
    service = replace(pack.services.service("shout"), verified_on=date(2026, 8, 25))
    assert not service.stale(date(2026, 11, 23))
    assert service.stale(date(2026, 11, 24))
    assert replace(service, verified_on=None).stale(date(2026, 11, 23))


def test_nothing_is_shipped_as_checked(pack: Pack) -> None:
    assert {service.verified_on for service in pack.services.services} == {None}
    assert "live" not in {service.status for service in pack.services.services}


def test_only_numbers_with_a_source_are_said_to_stay_off_the_bill(pack: Pack) -> None:
    off = {service.id for service in pack.services.services if service.shows_on_bill == "no"}
    assert off == {"emergency", "childline", "samaritans", "safecall"}
    assert pack.services.service("frank").shows_on_bill == "unknown"


def test_the_way_to_try_first_comes_first(pack: Pack) -> None:
    assert pack.services.service("fearless").ways == ("web", "phone")
    assert pack.services.service("childline").ways == ("phone", "web")


def test_a_website_is_in_no_doubt_about_money_or_hours(pack: Pack) -> None:
    for service in pack.services.services:
        if not service.called:
            assert {"cost", "bill", "hours"} & set(service.doubts) <= service.uncertain


def test_links_open_a_phone_with_the_right_number(pack: Pack) -> None:
    shout = pack.services.service("shout").text
    assert shout is not None
    assert shout.href == "sms:85258?&body=SHOUT"
    assert pack.services.service("victim-support").tel == "tel:08081689111"


def test_every_service_for_pupils_stands_in_one_layer(pack: Pack) -> None:
    layers = pack.services.layers()
    shown = [*layers.now, *layers.friends, *(each for group in layers.by_need for each in group.services)]
    assert sorted(each.id for each in shown) == sorted(each.id for each in pack.services.for_pupils())
    assert [each.id for each in layers.now] == ["emergency", "emergency-text"]
    assert [each.id for each in layers.friends] == ["childline", "shout", "kooth"]
    assert [group.need and group.need.id for group in layers.by_need] == [need.id for need in pack.services.needs]


def test_a_service_without_a_need_helps_with_something_else(pack: Pack) -> None:
    services = tuple(replace(each, need=None) if each.id == "cst" else each for each in pack.services.services)
    last = replace(pack.services, services=services).layers().by_need[-1]
    assert (last.need, [each.id for each in last.services]) == (None, ["cst"])


def test_a_pack_that_names_no_friends_and_no_needs_has_one_list(pack: Pack) -> None:
    services = tuple(replace(each, need=None) for each in pack.services.services)
    layers = replace(pack.services, services=services, friends=(), needs=()).layers()
    assert layers.friends == ()
    assert [group.need for group in layers.by_need] == [None]
    assert [each.id for each in layers.by_need[0].services[:3]] == ["childline", "shout", "kooth"]


def test_a_friend_who_does_not_answer_stands_last_of_the_friends(pack: Pack) -> None:
    services = tuple(replace(each, silent=each.id == "shout") for each in pack.services.services)
    layers = replace(pack.services, services=services).layers()
    assert [each.id for each in layers.friends] == ["childline", "kooth", "shout"]


def test_who_can_be_written_to_has_a_number_to_text_a_chat_or_a_page_to_write_on(pack: Pack) -> None:
    written = {each.id for each in pack.services.services if each.written}
    assert {"shout", "kooth", "childline", "papyrus", "safecall", "fearless"} <= written
    assert written.isdisjoint({"emergency", "samaritans", "nhs-111", "youngminds", "police"})
    assert replace(pack.services.service("samaritans"), chat="https://a.example").written
