"""No log line has anything of a request: of its address, body or headers, or of an exception that quotes them."""

import io
import logging
from collections.abc import Iterator

import pytest
from flask import Flask, request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from youthsafe.errors import InvalidInputError
from youthsafe.privacy.logs import ScrubbingFormatter
from youthsafe.routing.routes import Audience, route

LETTERS = "bcdfghjkmnpqrtvwxz0123456789"
SAID = st.text(LETTERS, min_size=12, max_size=40).map(lambda text: f"canary{text}")
ERRORS = {
    "ours": lambda said: InvalidInputError(said, fields={said: [said]}),
    "any": RuntimeError,
    "key": KeyError,
    "text": lambda said: UnicodeEncodeError("ascii", said, 0, 1, said),
    "database": lambda said: OperationalError(f"SELECT '{said}'", {said: said}, Exception(said)),
}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Every logger of the process, as a production start writes it, at its most talkative.

    pytest's own handlers are away meanwhile: they keep each record with its exception and all that hangs on it.
    """
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(ScrubbingFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    monkeypatch.setattr(root, "handlers", [handler])
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)


@pytest.fixture
def failing(app: Flask) -> Flask:
    """The application with one more route, which fails in words of the request."""

    @route(
        app,
        "/failing/<kind>/<said>",
        audience=Audience.PUBLIC,
        limit="sending",
        methods=("POST",),
    )
    def fail(kind: str, said: str) -> str:
        """Fail."""
        logging.getLogger("a.library").warning("%s sent %s", request.remote_addr, said)
        logging.getLogger("a.library").error(said, extra={"address": said})
        try:
            raise ValueError(request.get_data(as_text=True))
        except ValueError as error:
            raise ERRORS[kind](said) from error

    return app


@given(st.sampled_from(sorted(ERRORS)), st.tuples(SAID, SAID, SAID, SAID))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_of_a_request_is_in_the_log(
    failing: Flask, log: io.StringIO, kind: str, said: tuple[str, str, str, str]
) -> None:
    path, question, body, header = said
    log.seek(0)
    log.truncate()
    headers = {"User-Agent": header, "Referer": header, "Cookie": header, f"X-{header}": header, "Accept": header}
    answer = failing.test_client().post(f"/failing/{kind}/{path}?{question}={question}", data=body, headers=headers)
    failing.test_client().get(f"/en/{path}/?{question}", headers=headers)
    assert answer.status_code in {400, 500, 503}
    lines = log.getvalue()
    assert "answered" in lines
    assert not [each for each in (*said, "127.0.0.1") if each in lines]


def test_the_same_lines_in_python_s_own_form_would_have_it(failing: Flask, log: io.StringIO) -> None:
    plain = io.StringIO()
    handler = logging.StreamHandler(plain)
    logging.getLogger().addHandler(handler)
    failing.test_client().post(
        "/failing/any/canary-of-the-path", data=b"canary of the body", content_type="application/json"
    )
    logging.getLogger().removeHandler(handler)
    assert "canary-of-the-path" in plain.getvalue()
    assert "canary of the body" in plain.getvalue()
