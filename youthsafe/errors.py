"""Every error a visitor can meet: one exception family, one JSON shape (RFC 9457), one HTML page."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

Fields = dict[str, list[str]]


class YouthsafeError(Exception):
    """Base of the errors that a door turns into an answer.

    `detail` is shown to people, so it never quotes what they sent. `fields` maps a field's name to
    what is wrong with it. `retry_after` is in seconds.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    code: ClassVar[str] = "internal"

    def __init__(self, detail: str = "", *, fields: Fields | None = None, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = fields or {}
        self.retry_after = retry_after

    @property
    def members(self) -> Mapping[str, object]:
        """What the JSON shape holds besides the standard's own members."""
        return {"fields": self.fields} if self.fields else {}


class InvalidInputError(YouthsafeError):
    """What was sent cannot be accepted as it is."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid-input"


class NotSignedInError(YouthsafeError):
    """The staff door needs a session."""

    status = HTTPStatus.UNAUTHORIZED
    code = "not-signed-in"


class NotAllowedError(YouthsafeError):
    """Signed in, but not for this."""

    status = HTTPStatus.FORBIDDEN
    code = "not-allowed"


class NotFoundError(YouthsafeError):
    """There is nothing here, or nothing for this person."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"


class ConflictError(YouthsafeError):
    """Somebody or something was there first."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class WorkWantedError(YouthsafeError):
    """The sender does some work first (RFC 6585); `challenge` says which."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "work-wanted"

    def __init__(self, detail: str, *, challenge: Mapping[str, object]) -> None:
        super().__init__(detail)
        self.challenge = challenge

    @property
    def members(self) -> Mapping[str, object]:
        """The challenge, as ALTCHA's libraries write it."""
        return {"challenge": self.challenge}


class TooManyRequestsError(YouthsafeError):
    """A limit of youthsafe/limits/ was reached."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too-many-requests"


class UnavailableError(YouthsafeError):
    """Not possible right now; nothing was saved."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"


class BusyError(UnavailableError):
    """Too many requests wait for the database already; nothing was saved."""
