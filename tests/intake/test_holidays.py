"""The bank holidays that the desk proposes as closed days are those of the pack's nation."""

from dataclasses import replace

from flask.testing import FlaskClient

from tests.accounts.office import Office
from youthsafe.pack.nations import Nation
from youthsafe.rooms import rooms

HOLIDAYS = "/api/v1/staff/holidays"


def asked(client: FlaskClient) -> tuple[str, list[tuple[str, str]]]:
    answer = client.get(HOLIDAYS).json
    assert answer is not None
    return answer["nation"], [(each["day"], each["name"]) for each in answer["holidays"]]


def test_they_are_those_of_the_next_400_days_in_order(office: Office) -> None:
    nation, holidays = asked(office.signed_in("demo-coordinator"))
    assert nation == "england"
    assert holidays[:3] == [
        ("2026-12-25", "Christmas Day"),
        ("2026-12-26", "Boxing Day"),
        ("2026-12-28", "Boxing Day"),
    ]
    assert [day for day, _ in holidays] == sorted(day for day, _ in holidays)
    assert holidays[-1] == ("2027-12-28", "Boxing Day")


def test_another_nation_has_others(office: Office) -> None:
    pack = rooms(office.app).pack
    rooms(office.app).pack = replace(pack, site=replace(pack.site, nation=Nation.SCOTLAND))
    nation, holidays = asked(office.signed_in("demo-coordinator"))
    assert (nation, holidays[0]) == ("scotland", ("2026-11-30", "Saint Andrew’s Day"))


def test_the_list_begins_on_the_day_that_it_is_in_london(office: Office) -> None:
    office.clock.move(days=246, hours=13, minutes=45)  # 27 July 2027, 23:15 in UTC, so the 28th in London
    client = office.signed_in("demo-coordinator")
    answer = client.get(HOLIDAYS).json
    assert answer is not None
    assert answer["last"] == "2028-08-31"
