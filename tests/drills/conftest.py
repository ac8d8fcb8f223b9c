"""An office whose jobs run, with days that a test lives through."""

import pytest

from tests.accounts.office import Office, made, office
from tests.drills.days import Days

__all__ = ["made", "office"]


@pytest.fixture
def days(office: Office) -> Days:
    """A Monday, half past nine; the team reads from 8 to 18 on workdays."""
    return Days(office)
