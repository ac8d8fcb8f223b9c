"""A real SMTP server of the tests' own, with TLS and passwords, that answers each step as a test says."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WITH_HEADERS
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import free_port

USER, PASSWORD = "desk", "a-password-of-the-tests"
OK = "250 OK"


def certify(folder: Path, name: str) -> Path:
    """Write a certificate for a name, signed by itself, with its key; returns the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


@dataclass
class Script:
    """What the server answers at each step, what it took on, and whether it stops there until it is let go."""

    sender: Callable[[], str] = lambda: OK
    recipient: Callable[[], str] = lambda: OK
    data: Callable[[], str] = lambda: OK
    stops_at: str = ""
    stopped: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    accepted: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)  # the same as they came over the wire
    recipients: list[str] = field(default_factory=list)
    wants_password: bool = False
    tries: int = 0

    async def _stop(self, step: str) -> None:
        if self.stops_at == step:
            self.stopped.set()
            await asyncio.get_running_loop().run_in_executor(None, self.go_on.wait, 60)

    async def handle_MAIL(  # noqa: N802  # as aiosmtpd calls it
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or not."""
        if self.wants_password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        self.tries += 1
        await self._stop("sender")
        answer = self.sender()
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802  # as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        await self._stop("recipient")
        answer = self.recipient()
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """Take a letter on, or not; what is taken on is there before the answer."""
        answer = self.data()
        if answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
            found = message_from_bytes(envelope.content, policy=WITH_HEADERS)
            assert isinstance(found, EmailMessage)
            self.accepted.append(found)
            self.recipients += [str(each) for each in envelope.rcpt_tos]
        await self._stop("data")
        return answer


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def smtp_server(
    script: Script, security: str, certificate: Path | None = None, *, passwords: bool = True, port: int = 0
) -> Iterator[int]:
    """Run a server with `starttls`, `tls` from the first byte or `none`; gives its port, which may be a given one."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if certificate is not None:
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if passwords:
        script.wants_password = True
        options |= {"authenticator": _knows, "auth_require_tls": security == "starttls"}
    port = port or free_port()
    controller = Controller(
        script, hostname="127.0.0.1", port=port, ssl_context=context if security == "tls" else None, **options
    )
    controller.start()
    try:
        yield port
    finally:
        script.go_on.set()
        controller.stop()
