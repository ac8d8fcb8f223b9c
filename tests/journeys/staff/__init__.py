"""Page objects of the staff app: what a caseworker sees and does, in their words."""

from tests.journeys.staff.inbox import Inbox
from tests.journeys.staff.one_report import OneReport
from tests.journeys.staff.sign_in import SignIn, Unlock, sign_out

__all__ = ["Inbox", "OneReport", "SignIn", "Unlock", "sign_out"]
