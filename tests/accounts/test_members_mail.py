"""Members' addresses of mail: who has one, and that the database gives none away."""

import pytest
from sqlalchemy import text, update

from tests.accounts.office import Office
from youthsafe.accounts import services
from youthsafe.accounts.models import Member
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.privacy.mail_address import MailAddressError

ADDRESS = "dana@council.example"


@pytest.fixture
def dana(office: Office) -> bytes:
    """The coordinator, with an address of mail."""
    with office.app.app_context(), transaction():
        (found,) = services.members_of(Role.COORDINATOR)
        services.set_mail(found, ADDRESS)
    return found


def test_an_address_is_found_by_its_member_and_taken_away_again(office: Office, dana: bytes) -> None:
    others = [each.id for each in office.made.people]
    with office.app.app_context():
        assert services.mail_addresses(others) == {dana: ADDRESS}
        with transaction():
            services.set_mail(dana, None)
        assert services.mail_addresses(others) == {}


def test_whoever_left_the_roster_gets_no_mail(office: Office, dana: bytes) -> None:
    with office.app.app_context():
        with transaction():
            db.session.execute(update(Member).where(Member.id == dana).values(disabled=True))
        assert services.mail_addresses([dana]) == {}
        assert services.members_of(Role.COORDINATOR) == []


def test_the_database_holds_no_address_in_plain(office: Office, dana: bytes) -> None:
    with office.app.app_context():
        stored = db.session.scalars(text("SELECT mail FROM member WHERE mail IS NOT NULL")).all()
    assert len(stored) == 1
    assert ADDRESS.encode() not in stored[0]


def test_an_address_that_was_damaged_keeps_no_other_from_its_mail(office: Office, dana: bytes) -> None:
    with office.app.app_context():
        with transaction():
            db.session.execute(text("UPDATE member SET mail = :damaged"), {"damaged": b"damaged"})
            services.set_mail(dana, ADDRESS)
        assert services.mail_addresses(each.id for each in office.made.people) == {dana: ADDRESS}


def test_what_is_no_address_is_refused(office: Office, dana: bytes) -> None:
    with office.app.app_context(), pytest.raises(MailAddressError):
        services.set_mail(dana, "dana@council.example\r\nBcc: x@example.org")
