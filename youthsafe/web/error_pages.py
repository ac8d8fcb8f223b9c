"""Turns every error into its answer: problem+json (RFC 9457) under /api/, one HTML page elsewhere."""

import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, make_response, render_template, request
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from youthsafe.config import ConfigError
from youthsafe.database import health
from youthsafe.database.failures import kind_of
from youthsafe.database.sqlite_file import LostFileError
from youthsafe.errors import (
    BusyError,
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    TooManyRequestsError,
    UnavailableError,
    YouthsafeError,
)

_log = logging.getLogger(__name__)
_KIN = (
    InvalidInputError,
    NotSignedInError,
    NotAllowedError,
    NotFoundError,
    ConflictError,
    TooManyRequestsError,
    UnavailableError,
)
_ELSEWHERE = range(300, 400)
_TOO_LONG = "What was sent is too long. Nothing was saved."
_BY_STATUS = {int(kind.status): kind for kind in _KIN}


def install(app: Flask) -> None:
    """Register one handler for each family of errors."""
    app.register_error_handler(YouthsafeError, answer)
    app.register_error_handler(HTTPException, _from_werkzeug)
    app.register_error_handler(DBAPIError, _database_gone)
    app.register_error_handler(PoolTimeoutError, _database_gone)
    app.register_error_handler(BusyError, _database_gone)
    app.register_error_handler(LostFileError, _database_gone)
    app.register_error_handler(ConfigError, _database_gone)  # another instance's database was put in its place
    app.register_error_handler(ParseException, _malformed)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_stay_here)


def answer(error: YouthsafeError) -> Response:
    """Build the answer to one error; works without the database."""
    response = _problem(error) if request.path.startswith("/api/") else _page(error)
    response.status_code = error.status
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(error: YouthsafeError) -> Response:
    problem: dict[str, object] = {
        "type": f"urn:youthsafe:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": int(error.status),
        "detail": error.detail,
        **error.members,
    }
    response = jsonify(problem)
    response.content_type = "application/problem+json"
    return response


def _page(error: YouthsafeError) -> Response:
    return make_response(render_template("web/error.html", status=int(error.status), error=error))


def _from_werkzeug(error: HTTPException) -> Response:
    if isinstance(error, ClientDisconnected):  # the request was cut short, so its sender is told to try again
        return answer(_other(HTTPStatus.REQUEST_TIMEOUT))
    kind = _BY_STATUS.get(error.code or 500)
    if kind is not None:
        return answer(kind())
    response = answer(_other(error.code or 500, _TOO_LONG if isinstance(error, RequestEntityTooLarge) else ""))
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return response


def _malformed(_: ParseException) -> Response:
    """Answer a body that breaks HTTP's own rules, such as a chunk without a size: gunicorn finds out as it is read."""
    return answer(InvalidInputError("The body is not well formed. Nothing was saved."))


def _stay_here(response: Response) -> Response:
    """Leave scheme and host out of a redirect: the Host header is a stranger's to choose."""
    if response.status_code in _ELSEWHERE and response.location is not None:
        path = urlsplit(response.location)._replace(scheme="", netloc="").geturl()
        response.location = "/" + path.lstrip("/")
    return response


def _other(status: int, detail: str = "") -> YouthsafeError:
    """Return an error for a status that has no class of its own, such as 405, 413 or 415."""
    error = InvalidInputError(detail) if status < 500 else YouthsafeError()
    error.status = HTTPStatus(status)  # type: ignore[misc]  # this one object only
    return error


def _database_gone(error: Exception) -> Response:
    health.forget()
    _log.error("database_unreachable", exc_info=error, extra={"kind": kind_of(error)})
    if isinstance(error, YouthsafeError):
        return answer(error)
    return answer(UnavailableError("This cannot be saved or read at this moment. Nothing was saved.", retry_after=30))


def _unexpected(error: Exception) -> Response:
    _log.error("unexpected_error", exc_info=error, extra={"endpoint": request.endpoint})
    return answer(YouthsafeError("Something went wrong on our side."))
