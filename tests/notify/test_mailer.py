"""One letter, handed to a real SMTP server: what is accepted, and what each refusal is called."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.notify.conftest import SENDER, StartServer
from tests.notify.smtp_server import Script, certify
from tests.servers import free_port
from youthsafe.notices.kinds import Problem
from youthsafe.notify.mailer import Account, DeliveryError, Reached, Security, hand_over

TO = "ada@council.example"
SECONDS = 20.0


def letter() -> EmailMessage:
    found = EmailMessage(policy=SMTP)
    found["From"], found["To"], found["Subject"] = SENDER, TO, "A test: zażółć"
    found.set_content("One line\n.\n.and a dot\nமொழி\n", cte="quoted-printable")
    return found


def refused(account: Account, seconds: float = SECONDS) -> DeliveryError:
    with pytest.raises(DeliveryError) as found:
        hand_over(account, letter(), TO, seconds)
    return found.value


@pytest.mark.parametrize(("security", "passwords"), [("starttls", True), ("tls", True), ("none", False)])
def test_a_letter_arrives_as_it_was_written(
    start_server: StartServer, script: Script, security: str, passwords: bool
) -> None:
    assert hand_over(start_server(security, passwords=passwords), letter(), TO, SECONDS) is Reached.ACCEPTED
    (found,) = script.accepted
    assert found["Subject"] == "A test: zażółć"
    assert found.get_content().splitlines() == letter().get_content().splitlines()
    assert script.recipients == [TO]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_signed_ends_it_before_the_password(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    account = start_server(security)
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    monkeypatch.setenv("SSL_CERT_DIR", "/dev/null")
    error = refused(account)
    assert error.problem is Problem.CERTIFICATE
    assert error.reached in {Reached.NOTHING, Reached.CONNECTED}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_name_is_none(
    start_server: StartServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, security: str
) -> None:
    other = certify(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    assert refused(start_server(security, certificate=other)).problem is Problem.CERTIFICATE


def test_a_server_without_tls_gets_no_password(start_server: StartServer, script: Script) -> None:
    account = replace(start_server("none", passwords=False), security=Security.STARTTLS, user="desk", password="words")
    error = refused(account)
    assert (error.problem, error.reached) == (Problem.TLS_MISSING, Reached.CONNECTED)
    assert script.tries == 0


def test_tls_from_the_first_byte_where_there_is_none_is_said(start_server: StartServer) -> None:
    account = replace(start_server("none", passwords=False), security=Security.TLS)
    assert refused(account).problem is Problem.TLS_FAILED


def test_a_wrong_password_is_said(start_server: StartServer, script: Script) -> None:
    error = refused(replace(start_server(), password="another"))
    assert (error.problem, error.code, error.reached) == (Problem.WRONG_PASSWORD, 535, Reached.ENCRYPTED)
    assert script.tries == 0


def test_a_server_that_wants_a_password_and_one_that_takes_none_are_told_apart(start_server: StartServer) -> None:
    without = replace(start_server(), user=None, password=None)
    assert refused(without).problem is Problem.SIGN_IN_WANTED
    for_nobody = replace(start_server("none", passwords=False), user="desk", password="words")
    assert refused(for_nobody).problem is Problem.SIGN_IN_NOT_OFFERED


ALL, NOW, FOR_GOOD = "all letters", "this letter now", "this letter for good"


@pytest.mark.parametrize(
    ("step", "answer", "problem", "holds_for"),
    [
        ("sender", "550 not yours", Problem.SENDER_REFUSED, ALL),
        ("sender", "451 come again", Problem.TRY_LATER, NOW),
        ("recipient", "550 nobody here", Problem.RECIPIENT_REFUSED, FOR_GOOD),
        ("recipient", "450 greylisted", Problem.TRY_LATER, NOW),
        ("data", "554 no", Problem.REFUSED, FOR_GOOD),
        ("data", "452 full", Problem.TRY_LATER, NOW),
    ],
)
def test_each_refusal_has_a_word_and_the_servers_three_digits(  # noqa: PLR0917  # fixtures, and a row of the table
    start_server: StartServer, script: Script, step: str, answer: str, problem: Problem, holds_for: str
) -> None:
    setattr(script, step, lambda: answer)
    error = refused(start_server())
    assert (error.problem, error.code) == (problem, int(answer[:3]))
    assert (error.is_final, error.is_of_one) == (holds_for is FOR_GOOD, holds_for is not ALL)
    assert answer[4:] not in f"{error} {vars(error)}"
    assert error.reached is Reached.SIGNED_IN
    assert script.accepted == []


def test_a_port_where_nobody_listens_and_a_name_that_leads_nowhere(believed: Path) -> None:
    gone = Account("localhost", free_port(), Security.STARTTLS, None, None, SENDER)
    assert refused(gone).problem is Problem.CANNOT_CONNECT
    assert refused(replace(gone, server="nowhere.invalid")).problem in {Problem.NO_SUCH_SERVER, Problem.TIMED_OUT}
    assert refused(replace(gone, server="a" * 70 + ".example")).problem is Problem.NO_SUCH_SERVER


def _speak(listener: socket.socket, words: bytes, drips: bool) -> None:
    with suppress(OSError):
        connection, _ = listener.accept()
        with connection:
            if not drips:
                connection.sendall(words)
                connection.recv(1000)
                return
            for _ in range(600):
                connection.sendall(b"2")
                time.sleep(0.1)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        yield found


def talker(listener: socket.socket, words: bytes = b"", *, drips: bool = False) -> Account:
    threading.Thread(target=_speak, args=(listener, words, drips), daemon=True).start()
    return Account("localhost", listener.getsockname()[1], Security.NONE, None, None, SENDER)


def test_a_server_that_says_nothing_is_given_up_in_time(listener: socket.socket) -> None:
    began = time.monotonic()
    account = Account("localhost", listener.getsockname()[1], Security.STARTTLS, None, None, SENDER)
    assert refused(account, 1.0).problem is Problem.TIMED_OUT
    assert time.monotonic() - began < 10


def test_a_server_that_says_one_letter_now_and_then_is_given_up_in_time(listener: socket.socket) -> None:
    began = time.monotonic()
    assert refused(talker(listener, drips=True), 1.0).problem is Problem.TIMED_OUT
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Problem.NOT_SMTP),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Problem.NOT_SMTP),
        (b"554 not you\r\n", Problem.CANNOT_CONNECT),
        (b"421 busy\r\n", Problem.TRY_LATER),
        (b"220 hello\r\n", Problem.BROKEN_OFF),
    ],
)
def test_whatever_answers_there_is_told_in_a_word(listener: socket.socket, words: bytes, problem: Problem) -> None:
    assert refused(talker(listener, words)).problem is problem


def test_no_text_shows_the_password(start_server: StartServer) -> None:
    account = replace(start_server(), password="a-secret-of-the-test")
    assert "a-secret-of-the-test" not in repr(account)
