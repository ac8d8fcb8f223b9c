"""What a signed-in member may do. A staff route declares the permission that it needs; a role is a set of them."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from youthsafe.crypto.roster import Role


class Permission(StrEnum):
    """Something that not everybody may do; add one here when a route or a use case asks for it."""

    SESSION_END = "session:end"
    KEYS_READ = "keys:read"
    ACCOUNT_ENROL = "account:enrol"  # a second factor of one's own
    ACCOUNT_CHANGE = "account:change"
    MEMBER_READ = "member:read"
    MEMBER_INVITE = "member:invite"
    MEMBER_RESET = "member:reset"  # take away a second factor that was lost
    REPORT_READ = "report:read"
    REPORT_ANSWER = "report:answer"  # claiming, closing and reopening too
    REPORT_TAKE_OVER = "report:take-over"  # claim a report that another member claimed
    REPORT_HOLD = "report:hold"
    NUMBERS_READ = "numbers:read"  # outcome slips, from which a coordinator's browser counts
    FLOOD_READ = "flood:read"
    FLOOD_CLOSE = "flood:close"
    WORK_RAISE = "work:raise"
    HAVEN_READ = "haven:read"
    HAVEN_PROPOSE = "haven:propose"  # importing a file, adding and changing a place: it is a candidate then
    HAVEN_APPROVE = "haven:approve"
    HAVEN_PAUSE = "haven:pause"  # flagging and withdrawing too
    INSTANCE_SET_UP = "instance:set-up"  # what comes before the form opens
    TEAM_SIGN = "team:sign"  # who is in which team, and what the root signs of it
    HELPLINE_CHECK = "helpline:check"  # seeing all of them, an alert, and what differs from the pack
    MAIL_SET = "mail:set"
    HOURS_SET = "hours:set"  # reading hours and closed days
    FORM_STOP = "form:stop"  # taking reports again, too
    RETENTION_SET = "retention:set"
    TRAIL_READ = "trail:read"  # of the member's teams, and of what is of no team
    TRAIL_READ_ALL = "trail:read-all"  # of every team


ENROLLING = frozenset({Permission.SESSION_END, Permission.ACCOUNT_ENROL})  # all that such a session may do
_EVERYBODY = ENROLLING | {Permission.KEYS_READ, Permission.ACCOUNT_CHANGE}
_CASEWORKER = _EVERYBODY | {Permission.REPORT_READ, Permission.REPORT_ANSWER, Permission.FLOOD_READ}
_OF_PEOPLE = frozenset({Permission.MEMBER_READ, Permission.MEMBER_INVITE, Permission.MEMBER_RESET})
_OF_PLACES = frozenset(
    {
        Permission.HAVEN_READ,
        Permission.HAVEN_PROPOSE,
        Permission.HAVEN_APPROVE,
        Permission.HAVEN_PAUSE,
        Permission.HELPLINE_CHECK,
    }
)
_COORDINATOR = (
    _CASEWORKER
    | _OF_PLACES
    | _OF_PEOPLE
    | {Permission.REPORT_TAKE_OVER, Permission.REPORT_HOLD, Permission.FLOOD_CLOSE, Permission.WORK_RAISE}
    | {Permission.INSTANCE_SET_UP, Permission.TEAM_SIGN, Permission.MAIL_SET, Permission.NUMBERS_READ}
    | {Permission.HOURS_SET, Permission.FORM_STOP, Permission.RETENTION_SET, Permission.TRAIL_READ}
)
OF_ROLE: Final = MappingProxyType(
    {
        Role.CASEWORKER: _CASEWORKER,
        Role.COORDINATOR: _COORDINATOR,
        Role.PLACES: _EVERYBODY | _OF_PLACES,
        Role.AUDITOR: _EVERYBODY | {Permission.TRAIL_READ, Permission.TRAIL_READ_ALL},
    }
)
