"""Hands one letter to a mail server, and says in words of ours what came of it. Knows no database and no member."""

import smtplib
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from threading import Thread
from typing import Final

from youthsafe.notices.kinds import Problem
from youthsafe.privacy.mail_address import domain_of

LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Security(StrEnum):
    """How the connection is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"  # from the first byte
    NONE = "none"  # only to this machine


class Reached(StrEnum):
    """How far a letter came."""

    NOTHING = "nothing"
    CONNECTED = "connected"
    ENCRYPTED = "encrypted"
    SIGNED_IN = "signed-in"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Account:
    """A mail server, how to sign in there, and the sender's address. It is never written to a log."""

    server: str
    port: int
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    sender: str

    @property
    def has_password(self) -> bool:
        """Whether there is one."""
        return self.password is not None


class DeliveryError(Exception):
    """A letter was not handed over. `code` is the server's three digits, 0 without any; its words are not kept."""

    def __init__(self, problem: Problem, reached: Reached, code: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.reached = reached
        self.code = code

    @property
    def is_final(self) -> bool:
        """Whether the server said that it will never take this letter."""
        return self.problem in {Problem.RECIPIENT_REFUSED, Problem.REFUSED}

    @property
    def is_of_one(self) -> bool:
        """Whether it may be so for this letter only; else all others would meet the same."""
        return self.is_final or self.problem is Problem.TRY_LATER


def hand_over(account: Account, letter: EmailMessage, recipient: str, seconds: float) -> Reached:
    """Give a letter to the mail server and return how far it came; raises DeliveryError.

    It takes so many seconds at most, whatever the server does: a thread of its own talks to it, because nothing else
    ends a look-up of a name. A server that took a letter on, and is cut off before it says so, is not known to have it.
    """
    conversation = _Conversation(account, letter, recipient, seconds)
    conversation.start()
    conversation.join(seconds)
    if conversation.is_alive():
        conversation.cut_off()
        raise DeliveryError(Problem.TIMED_OUT, conversation.reached)
    if conversation.error is not None:
        raise conversation.error
    return conversation.reached


class _RefusedError(Exception):
    """The server said no; `problem` is what to call it when it is for good."""

    def __init__(self, problem: Problem, code: int) -> None:
        super().__init__(problem.value)
        self.problem = Problem.TRY_LATER if 400 <= code < 500 else problem
        self.code = code


class _Conversation(Thread):
    """One connection, one letter."""

    def __init__(self, account: Account, letter: EmailMessage, recipient: str, seconds: float) -> None:
        super().__init__(name="mail", daemon=True)
        self._account = account
        self._letter = letter.as_bytes()
        self._recipient = recipient
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._server: smtplib.SMTP | None = None
        self.reached = Reached.NOTHING
        self.error: DeliveryError | None = None

    def run(self) -> None:
        """Hand the letter over, or leave what went wrong in `error`."""
        try:
            self._hand_over()
        except _RefusedError as refused:
            self.error = DeliveryError(refused.problem, self.reached, refused.code)
        except smtplib.SMTPResponseException as answered:
            self.error = self._answered(answered)
        except Exception as error:  # noqa: BLE001  # whatever a server provokes is one of our words
            self.error = DeliveryError(_problem_of(error), self.reached)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                if self._server is not None:
                    self._server.close()

    def cut_off(self) -> None:
        """End the connection under the thread, so that it waits for no answer any more."""
        with suppress(OSError, AttributeError):
            if self._server is not None and self._server.sock is not None:
                self._server.sock.shutdown(socket.SHUT_RDWR)

    def _hand_over(self) -> None:
        server = self._connect()
        self._sign_in(server)
        _require(server.mail(self._account.sender), Problem.SENDER_REFUSED)
        _require(server.rcpt(self._recipient), Problem.RECIPIENT_REFUSED)
        if time.monotonic() >= self._deadline:  # a machine that was frozen: another one may have the letter by now
            raise TimeoutError
        _require(server.data(self._letter), Problem.REFUSED)
        self.reached = Reached.ACCEPTED
        with suppress(smtplib.SMTPException, OSError):
            server.quit()

    def _connect(self) -> smtplib.SMTP:
        account, name = self._account, domain_of(self._account.sender)
        context = ssl.create_default_context()
        if account.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=name, timeout=self._seconds, context=context)
        else:
            server = smtplib.SMTP(local_hostname=name, timeout=self._seconds)
        self._server = server
        # A certificate is compared with it, and connect() does not set it.
        server._host = account.server  # type: ignore[attr-defined]  # noqa: SLF001
        code, _ = server.connect(account.server, account.port)
        if code != 220:
            raise _RefusedError(Problem.NOT_SMTP if code < 400 else Problem.CANNOT_CONNECT, code)
        self.reached = Reached.CONNECTED
        if account.security is Security.STARTTLS:
            server.ehlo_or_helo_if_needed()
            if not server.has_extn("starttls"):
                raise _RefusedError(Problem.TLS_MISSING, 0)
            _require(server.starttls(context=context), Problem.TLS_MISSING)
        server.ehlo_or_helo_if_needed()
        if account.security is not Security.NONE:
            self.reached = Reached.ENCRYPTED
        return server

    def _sign_in(self, server: smtplib.SMTP) -> None:
        account = self._account
        if account.user is None:
            return
        try:
            server.login(account.user, account.password or "")
        except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected):
            raise
        except smtplib.SMTPException:  # none at all, or none of the ways that we know
            raise _RefusedError(Problem.SIGN_IN_NOT_OFFERED, 0) from None
        self.reached = Reached.SIGNED_IN

    def _answered(self, answered: smtplib.SMTPResponseException) -> DeliveryError:
        code = int(answered.smtp_code)
        if 400 <= code < 500:
            return DeliveryError(Problem.TRY_LATER, self.reached, code)
        if isinstance(answered, smtplib.SMTPAuthenticationError):
            return DeliveryError(Problem.WRONG_PASSWORD, self.reached, code)
        problem = Problem.REFUSED if isinstance(answered, smtplib.SMTPDataError) else Problem.NOT_SMTP
        return DeliveryError(problem, self.reached, max(code, 0))


def _require(answer: tuple[int, bytes], refused: Problem) -> None:
    code, _ = answer
    if code == 530:
        raise _RefusedError(Problem.SIGN_IN_WANTED, code)
    if not 200 <= code < 300:
        raise _RefusedError(refused, code)


_PROBLEMS: Final[tuple[tuple[type[Exception], Problem], ...]] = (
    (smtplib.SMTPServerDisconnected, Problem.BROKEN_OFF),
    (smtplib.SMTPException, Problem.NOT_SMTP),
    (TimeoutError, Problem.TIMED_OUT),
    (socket.gaierror, Problem.NO_SUCH_SERVER),
    (UnicodeError, Problem.NO_SUCH_SERVER),
    (ssl.SSLCertVerificationError, Problem.CERTIFICATE),
    (ssl.SSLError, Problem.TLS_FAILED),
    (ConnectionResetError, Problem.BROKEN_OFF),
    (BrokenPipeError, Problem.BROKEN_OFF),
    (OSError, Problem.CANNOT_CONNECT),
)


def _problem_of(error: Exception) -> Problem:
    if isinstance(error.__context__, TimeoutError):  # smtplib calls that a broken connection
        return Problem.TIMED_OUT
    return next((problem for kind, problem in _PROBLEMS if isinstance(error, kind)), Problem.NOT_SMTP)
