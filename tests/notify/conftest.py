"""A mail server, and an office that uses it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.accounts.office import Office, made, office
from tests.notify.smtp_server import PASSWORD, USER, Script, certify, smtp_server
from tests.notify.watch import Watch
from youthsafe.accounts import services as accounts_services
from youthsafe.crypto.roster import Role
from youthsafe.database import transaction
from youthsafe.notify import services
from youthsafe.notify.mailer import Account, Security

__all__ = ["made", "office"]

SENDER = "desk@council.example"
COORDINATOR_MAIL = "coordinator@council.example"
CASEWORKER, CASEWORKER_MAIL = "demo-caseworker", "caseworker@council.example"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certify(tmp_path_factory.mktemp("certificate"), "localhost")


@pytest.fixture
def believed(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine believes the test's certificate, as it believes those of its system."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.fixture
def script() -> Script:
    return Script()


StartServer = Callable[..., Account]


@pytest.fixture
def start_server(script: Script, believed: Path) -> Iterator[StartServer]:
    """Starts mail servers; gives the account for one."""
    with ExitStack() as stack:

        def start(security: str = "starttls", *, passwords: bool = True, certificate: Path = believed) -> Account:
            port = stack.enter_context(smtp_server(script, security, certificate, passwords=passwords))
            user, password = (USER, PASSWORD) if passwords else (None, None)
            return Account("localhost", port, Security(security), user, password, SENDER)

        yield start


@pytest.fixture
def coordinator(office: Office) -> bytes:
    """The coordinator, who has an address of mail."""
    with office.app.app_context(), transaction():
        (found,) = accounts_services.members_of(Role.COORDINATOR)
        accounts_services.set_mail(found, COORDINATOR_MAIL)
    return found


@pytest.fixture
def caseworker(office: Office, coordinator: bytes) -> bytes:
    """A caseworker of the team with an address, beside the coordinator; the second caseworker has none."""
    found = office.person(CASEWORKER).id
    with office.app.app_context(), transaction():
        accounts_services.set_mail(found, CASEWORKER_MAIL)
    return found


@pytest.fixture
def desk(office: Office) -> FlaskClient:
    """A browser in which the caseworker has signed in."""
    return office.signed_in(CASEWORKER)


@pytest.fixture
def watch(office: Office, script: Script) -> Watch:
    """A Monday, half past nine; the team reads from 8 to 18."""
    return Watch(office, script)


UseMail = Callable[[Account], None]


@pytest.fixture
def use_mail(office: Office, coordinator: bytes) -> UseMail:
    """Sets a mail server up."""

    def use(account: Account) -> None:
        member = accounts_services.SignedIn(coordinator, "", Role.COORDINATOR, frozenset())
        with office.app.app_context(), transaction():
            services.save(member, account, office.clock())

    return use


@pytest.fixture
def in_use(use_mail: UseMail, start_server: StartServer) -> Account:
    """A mail server that runs and is set up."""
    account = start_server()
    use_mail(account)
    return account
