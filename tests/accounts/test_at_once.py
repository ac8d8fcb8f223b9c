"""Several coordinators invite somebody by one name at one moment, on both databases: one of them comes first."""

from collections.abc import Callable

from tests.accounts.office import Office
from tests.accounts.test_joining import COORDINATOR, STAFF, invitation
from tests.places.test_at_once import office, together

__all__ = ["office", "together"]


def test_a_name_that_is_offered_four_times_at_once_is_kept_once(
    office: Office, together: Callable[..., list[int]]
) -> None:
    client = office.signed_in(COORDINATOR)
    assert together(*((client, f"{STAFF}/invitations", invitation(office)) for _ in range(4))) == [201, 409, 409, 409]
